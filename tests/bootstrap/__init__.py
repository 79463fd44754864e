"""The way from a bare clone to a running command."""
