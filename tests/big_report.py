"""Make a report of 500 項目 and five years out of the sample: the same each time, with texts of usual length."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from hyoka_desktop.domain import era
from hyoka_desktop.paths import resource
from hyoka_desktop.services.reports import import_reports

ITEMS: Final = 500
YEARS: Final = (2022, 2023, 2024, 2025, 2026)
_SAMPLE: Final = "sample-2024.json"
Json = dict[str, Any]


def make_big_report(path: Path, items: int = ITEMS) -> Path:
    """Make the report by the import that a person would use."""
    sources = interchange_files(path.parent, items)
    import_reports(path, sources)
    for source in sources:
        source.unlink()
    return path


def interchange_files(folder: Path, items: int = ITEMS) -> list[Path]:
    """Write the report as interchange files, one a year."""
    sources = [folder / f"big-{year}.json" for year in YEARS]
    for source, year in zip(sources, YEARS, strict=True):
        source.write_text(json.dumps(_document(year, items), ensure_ascii=False), encoding="utf-8")
    return sources


def _document(year: int, items: int) -> Json:
    """Tell one year: the sections of the sample, each with its share of the items."""
    document: Json = json.loads((resource("sample") / _SAMPLE).read_text(encoding="utf-8"))
    document["fiscal_year"] = year
    document["overall"]["history"] = {str(known): "B" for known in YEARS if known < year}
    originals = [len(section["items"]) for section in document["sections"]]
    shares = [items * count // sum(originals) for count in originals]
    shares[0] += items - sum(shares)
    for section, share in zip(document["sections"], shares, strict=True):
        section["items"] = list(_multiplied(section, share, year))
    return document


def _multiplied(section: Json, share: int, year: int) -> Iterator[Json]:
    """Yield as many items as wanted, each a copy of one of the section with number, title and results of its own."""
    for place in range(share):
        item = _in_year(copy.deepcopy(section["items"][place % len(section["items"])]), year)
        item["number"] = f"{section['number']}-{place + 1}"
        item["title"] = f"{item['title']}（第{place + 1}群）"
        for row in item["sheet"]["rows"]:
            row["results"] = (
                f"{era.format_fiscal_year(year)}は、第{place + 1}群について次のとおりである。\n{row['results']}"
            )
        yield item


def _in_year(item: Json, year: int) -> Json:
    """Tell an item of the sample as it would stand in another year, its values the same in all years."""
    item["years"] = {str(year): item["years"][max(item["years"])]}
    for output in item.get("outputs", []):
        output["years"] = _repeated(output["years"], year)
    if "inputs" in item:
        item["inputs"] = {name: _repeated(values, year) for name, values in item["inputs"].items()}
    for row in item["sheet"]["rows"]:
        for entry in (entry for indicator in row["indicators"] for entry in indicator["achievements"]):
            entry.pop("years", None)
    return item


def _repeated(values: Json, year: int) -> Json:
    """Tell a row of values by years in which each year has what the last one has."""
    return {str(known): values[max(values)] for known in YEARS if known <= year}
