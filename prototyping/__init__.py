"""Stage 5 of 8, prototype: small real tests, to learn from."""
