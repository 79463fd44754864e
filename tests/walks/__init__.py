"""Walks over every address of the project: who gets in, who does not, and whose rows are shown."""
