"""Stage 1 of 8, come together: the Collaborative meets, side by side, and keeps what it agreed."""
