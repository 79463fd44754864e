"""The vision."""
