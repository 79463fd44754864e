"""Measurements, run on demand: how long things take here."""
