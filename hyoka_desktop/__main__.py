"""Run the command line: `python -m hyoka_desktop`."""

import sys

from hyoka_desktop.cli import main

sys.exit(main())
