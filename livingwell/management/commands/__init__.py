"""`manage.py demo` and what it is made of."""
