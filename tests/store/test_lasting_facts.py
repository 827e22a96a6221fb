"""Hashes and names of migrations stand in files: those of today must be those that tomorrow's program works out."""

from hyoka_desktop.domain.report import Address, Node, NodeKind, Snapshot, Tree
from hyoka_desktop.store.hashing import EMPTY_CHAIN, FactSum, draft_hash, link, node_hash, value_hash, year_hash
from hyoka_desktop.store.repository import Repository


def test_the_hashes_of_facts_never_change() -> None:
    assert value_hash(Address(5, "results", 2024), "実績").hex() == "6df6359452cb2c6a5bf8f3b18712f457"
    assert node_hash(Node(5, NodeKind.ITEM, 2, 3, 2023, None)).hex() == "8e4e5a1e186ccbbc0c51c0f8f323752e"
    assert year_hash(2024).hex() == "06e3cd3e1834069a45d2bb6716660664"


def test_the_hash_of_a_draft_never_changes() -> None:
    hashed = draft_hash(Address(5, "results", 2024), "実績", "2024-06-28T00:00:00+09:00")
    assert hashed.hex() == "31745a681f94e81e57a13c3402aaef4a"


def test_the_sum_of_facts_never_changes() -> None:
    tree = Tree({1: Node(1, NodeKind.REPORT, None, 0)})
    snapshot = Snapshot(tree, {(1, "procedures"): {2024: "文"}}, (2024,), 2)
    assert str(FactSum.of(snapshot, "ab" * 32)) == "652719e2c688662700451ad5923f8c98"


def test_the_links_of_the_chain_never_change() -> None:
    changes = [["value", 1, "procedures", 2024, None, "文"]]
    assert EMPTY_CHAIN.hex() == "00" * 32
    assert link(EMPTY_CHAIN, [1, "set_text", None], changes, "00").hex() == (
        "1d50f6ef8805cbdef38d36b76ea78fdd868681a902b3630a2b16a19e65d51245"
    )


def test_a_file_knows_its_migrations_by_names_that_never_change(repository: Repository) -> None:
    known = repository._db.execute("SELECT migration_set, name FROM _sqlite_migrations ORDER BY id").fetchall()
    names = ["m001_first", "m002_work_nodes", "m003_handouts", "m004_draft_hashes"]
    assert known == [("hyoka", name) for name in names]
