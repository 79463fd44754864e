"""Stage 4 of 8, design: 12 to 15 people turn what was heard into ideas."""
