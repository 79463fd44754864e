"""Reports: what is frozen, who may read it, and that small numbers are in none of it."""
