"""The whole: home, frame, error pages, settings, the demo and what it says about itself."""
