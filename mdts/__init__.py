"""Stages 6 and 7 of 8: multidisciplinary teams, and the practice that grows in them."""
