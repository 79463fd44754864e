"""The tests: one folder per app, one for walks over the whole project, one for journeys in a browser."""
