"""Walks over the whole project: what holds for every model, page, file and word."""
