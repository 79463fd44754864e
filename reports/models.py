"""Reports of a place."""
