"""The tables of a report file, made by migrations that are never edited once released.

`application_id` marks the file as ours, `user_version` counts the migrations. All tables are STRICT; sqlite-utils' own
`_sqlite_migrations` is not.
"""

import hashlib
from typing import Final

from sqlite_utils import Database, Migrations

from hyoka_desktop.domain.report import Address
from hyoka_desktop.store.hashing import draft_hash

APPLICATION_ID: Final = 0x48594F4B
"""「HYOK」 in ASCII."""
SCHEMA_VERSION: Final = 4

migrations = Migrations("hyoka")


@migrations(name="m001_first")
def _m001_first(db: Database) -> None:
    for statement in _M001:
        db.execute(statement)


_M001: Final = (
    """CREATE TABLE form (
        id INTEGER PRIMARY KEY CHECK (id = 1), form_id TEXT NOT NULL, text TEXT NOT NULL, sha256 TEXT NOT NULL
    ) STRICT""",
    "CREATE TABLE report_year (year INTEGER PRIMARY KEY) STRICT",
    """CREATE TABLE node (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN (
            'report', 'minister', 'section', 'item', 'row', 'indicator', 'achievement', 'output'
        )),
        parent INTEGER REFERENCES node (id), position INTEGER NOT NULL, first_year INTEGER, last_year INTEGER
    ) STRICT""",
    "CREATE INDEX node_by_parent ON node (parent)",
    """CREATE TABLE value (
        node INTEGER NOT NULL REFERENCES node (id), field TEXT NOT NULL, year INTEGER NOT NULL, text TEXT NOT NULL,
        hash BLOB NOT NULL, PRIMARY KEY (node, field, year)
    ) STRICT""",
    """CREATE TABLE draft (
        node INTEGER NOT NULL REFERENCES node (id), field TEXT NOT NULL, year INTEGER NOT NULL, text TEXT NOT NULL,
        at TEXT NOT NULL, PRIMARY KEY (node, field, year)
    ) STRICT""",
    """CREATE TABLE command (
        sequence INTEGER PRIMARY KEY, action TEXT NOT NULL, subject TEXT NOT NULL, origin TEXT NOT NULL,
        reverts INTEGER REFERENCES command (sequence), person TEXT NOT NULL, computer TEXT NOT NULL, at TEXT NOT NULL,
        reason TEXT NOT NULL, facts TEXT NOT NULL, chain BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE change (
        command INTEGER NOT NULL REFERENCES command (sequence), ordinal INTEGER NOT NULL, kind TEXT NOT NULL,
        node INTEGER, field TEXT, year INTEGER, before TEXT, after TEXT, PRIMARY KEY (command, ordinal)
    ) STRICT""",
    "CREATE INDEX change_by_field ON change (node, field, year)",
    """CREATE TABLE head (
        id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL, chain BLOB NOT NULL, facts TEXT NOT NULL
    ) STRICT""",
)


@migrations(name="m002_work_nodes")
def _m002_work_nodes(db: Database) -> None:
    """Let comments, replies and named versions be nodes. Foreign keys are off meanwhile."""
    for statement in _M002:
        db.execute(statement)


_M002: Final = (
    """CREATE TABLE node_new (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN (
            'report', 'minister', 'section', 'item', 'row', 'indicator', 'achievement', 'output',
            'comment', 'reply', 'version'
        )),
        parent INTEGER REFERENCES node (id), position INTEGER NOT NULL, first_year INTEGER, last_year INTEGER
    ) STRICT""",
    "INSERT INTO node_new SELECT id, kind, parent, position, first_year, last_year FROM node",
    "DROP TABLE node",
    "ALTER TABLE node_new RENAME TO node",
    "CREATE INDEX node_by_parent ON node (parent)",
)


@migrations(name="m003_handouts")
def _m003_handouts(db: Database) -> None:
    """Let what was handed out be nodes. Foreign keys are off meanwhile."""
    for statement in _M003:
        db.execute(statement)


_M003: Final = (
    """CREATE TABLE node_new (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN (
            'report', 'minister', 'section', 'item', 'row', 'indicator', 'achievement', 'output',
            'comment', 'reply', 'version', 'handout'
        )),
        parent INTEGER REFERENCES node (id), position INTEGER NOT NULL, first_year INTEGER, last_year INTEGER
    ) STRICT""",
    "INSERT INTO node_new SELECT id, kind, parent, position, first_year, last_year FROM node",
    "DROP TABLE node",
    "ALTER TABLE node_new RENAME TO node",
    "CREATE INDEX node_by_parent ON node (parent)",
)


@migrations(name="m004_draft_hashes")
def _m004_draft_hashes(db: Database) -> None:
    """Give each draft a hash, worked out from what stands there; foreign keys are off meanwhile.

    What is no proper text any more gets a hash that fits nothing, since it is certainly not what was written.
    """
    db.execute(_M004_NEW)
    for rowid, node, year, *parts in db.execute(_M004_OLD).fetchall():
        db.execute(_M004_COPY, [_hash_of_old(node, year, *parts), rowid])
    db.execute("DROP TABLE draft")
    db.execute("ALTER TABLE draft_new RENAME TO draft")


_M004_NEW: Final = """CREATE TABLE draft_new (
        node INTEGER NOT NULL REFERENCES node (id), field TEXT NOT NULL, year INTEGER NOT NULL, text TEXT NOT NULL,
        at TEXT NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (node, field, year)
    ) STRICT"""
_M004_OLD: Final = (
    "SELECT rowid, node, year, CAST(field AS BLOB), CAST(text AS BLOB), CAST(at AS BLOB) FROM draft ORDER BY rowid"
)
_M004_COPY: Final = (
    "INSERT INTO draft_new (node, field, year, text, at, hash) "
    "SELECT node, field, year, text, at, ? FROM draft WHERE rowid = ?"
)


def _hash_of_old(node: int, year: int, field: bytes, text: bytes, at: bytes) -> bytes:
    try:
        return draft_hash(Address(node, field.decode(), year), text.decode(), at.decode())
    except UnicodeDecodeError:
        return b""


def migrate(db: Database) -> None:
    """Bring a file to the newest schema. Foreign keys must be off; the caller checks them afterwards."""
    migrations.apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def fingerprint(db: Database) -> str:
    """Tell the SHA-256 of the schema, so that an altered table is noticed."""
    rows = db.query(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    text = "\n".join(
        f"{row['type']} {row['name']} {' '.join((row['sql'] or '').split())}"
        for row in rows
        if row["name"] != Migrations.migrations_table and Migrations.migrations_table not in row["name"]
    )
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
