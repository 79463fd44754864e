"""Starts real workers and servers, kills them, and looks at what is left."""
