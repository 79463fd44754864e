"""The Collaborative."""
