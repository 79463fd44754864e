"""People at work in a real browser, with the processes that the demo starts."""
