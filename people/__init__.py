"""Who: a person, how they sign in, and how pages should look for them."""
