"""The demo's two invented programmes: places, people and words that nobody lives in, is, or said."""
