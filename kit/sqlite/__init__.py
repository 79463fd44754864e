"""Django's SQLite back end with fair waiting for the one writer that SQLite allows."""
