"""The whole: settings, addresses, servers and start-up. Imports nothing: bootstrap runs on bare Python."""
