"""Stage 3 of 8, our why: the vision and values that a place writes together and keeps alive."""
