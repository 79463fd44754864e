#!/usr/bin/env python3
"""The only door: demo, test, begin, and Django's own commands. Needs nothing installed but Python."""

import importlib
import sys

OLDEST = (3, 11)


def main() -> None:
    """Hand the command line to the bootstrap, once Python is known to understand the bootstrap."""
    if sys.version_info[:2] < OLDEST:
        found = "{}.{}".format(*sys.version_info)
        sys.exit(f"Living Well needs Python 3.11 or newer. This is Python {found}.")
    if sys.platform == "win32":
        sys.exit("Living Well runs on Linux and macOS. On Windows, run it inside WSL.")
    importlib.import_module("livingwell.bootstrap").main(sys.argv[1:])


if __name__ == "__main__":
    main()
