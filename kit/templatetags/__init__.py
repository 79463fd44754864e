"""Tags that templates can load."""
