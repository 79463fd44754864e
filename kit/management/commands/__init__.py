"""One command a file, called as `manage.py <file name>`."""
