"""The one SQLite library of the program: the one that sqlite-utils uses, pysqlite3 where it is installed.

Two SQLite libraries on one file in one process would break its locks (How To Corrupt An SQLite Database File, 2.2.1).
"""

from typing import Any, Final

from sqlite_utils import utils

sqlite3: Final[Any] = utils.sqlite3  # type: ignore[attr-defined]  # chosen there, not exported there
