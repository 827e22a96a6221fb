"""Find the parts of a package by their relations (ECMA-376 Part 2, 6.5); what lies outside it is never followed."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from hyoka_desktop.exchange.package_guard import Package

Relations = Mapping[str, tuple[str, str]]
"""Kind and name of the parts that a part points to, by the id of the relation."""


def relations_of(package: Package, source: str) -> Relations:
    """Tell kind and place of what a part points to inside the package; the package itself is the empty name."""
    place = PurePosixPath(source)
    name = str(place.parent / "_rels" / f"{place.name}.rels") if source else "_rels/.rels"
    if not package.has(name):
        return {}
    return {
        relation.get("Id", ""): (
            relation.get("Type", "").rpartition("/")[2],
            _resolved(place.parent, relation.get("Target", "")),
        )
        for relation in package.xml(name).iterfind("{*}Relationship")
        if relation.get("TargetMode") != "External"
    }


def parts_of_kind(package: Package, relations: Relations, kind: str) -> Iterator[str]:
    """Yield the names of the related parts of a kind that are there."""
    for found, target in relations.values():
        if found == kind and package.has(target):
            yield target


def main_part(package: Package) -> str | None:
    """Tell the name of the part that is the document or the workbook; None where there is none."""
    return next(parts_of_kind(package, relations_of(package, ""), "officeDocument"), None)


def _resolved(folder: PurePosixPath, target: str) -> str:
    steps: list[str] = [] if target.startswith("/") else [step for step in folder.parts if step != "."]
    for step in target.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)
