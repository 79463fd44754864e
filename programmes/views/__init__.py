"""Pages of programmes and places: people, groups, settings, the path, the programme, and the installation."""
