"""Commands of programmes and places."""
