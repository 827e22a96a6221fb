"""Write, check and print the yearly 評価書 of an agency, offline.

The version is a constant: `importlib.metadata` would pull in `email`, which imports `socket`.
"""

from typing import Final

__version__: Final = "0.1.0"
