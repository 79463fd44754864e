"""Says what the kit promises."""
