"""Tags for the templates of places."""
