"""Stage 2 of 8, listen: stories and the insights that grow from them."""
