"""What all checks share: the JSON answer, which is the truth here, and how rows are compared with it."""

import csv
import json
import math
import sys
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Iterable

Row = dict[str, Any]
NUMBERS = {"value", "denominator", "share", "upper", "denominator_upper", "share_upper", "entry"}
DATES = {"date"}
# `observed` is a day where the source told one, else a text such as 2022-07.
PERHAPS_DATES = {"observed", "since", "published"}


def answer(folder: Path, name: str) -> dict[str, Any]:
    """Reads the JSON answer to a question."""
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def german(folder: Path, name: str) -> list[Row]:
    """Returns the rows of the JSON answer with the German names that a CSV with `lang=de` has."""
    rows = answer(folder, name)["rows"]
    with (folder / f"{name}.names.csv").open(encoding="utf-8", newline="") as file:
        names = list(csv.reader(file))[1:]
    assert len(names) == len(rows), f"{name}: {len(names)} rows with names, JSON has {len(rows)}"
    kept = NUMBERS | DATES
    return [
        {column: row[column] if column in kept else word for column, word in zip(row, words, strict=True)}
        for row, words in zip(rows, names)
    ]


def plain(column: str, cell: Any) -> Any:
    """Brings a cell into the form that JSON has, whatever a library made of it; types are checked elsewhere."""
    if cell is None or cell == "" or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if column in NUMBERS:
        return float(cell)
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()[:10]
    return str(cell)


def same(what: str, expected: Iterable[Row], found: Iterable[Row], columns: list[str] | None = None) -> int:
    """Compares rows cell by cell, in order, and returns how many there are."""
    expected, found = list(expected), list(found)
    assert len(found) == len(expected), f"{what}: {len(found)} rows, JSON has {len(expected)}"
    for number, (truth, row) in enumerate(zip(expected, found), 1):
        for column in columns or list(truth):
            there, here = plain(column, truth[column]), plain(column, row.get(column))
            assert there == here, f"{what}: row {number}, {column}: {here!r}, JSON has {there!r}"
    return len(expected)


def same_set(what: str, expected: Iterable[Row], found: Iterable[Row], columns: list[str]) -> int:
    """Compares rows where a reader has an order of its own."""

    def key(row: Row) -> list[str]:
        return [repr(plain(column, row.get(column))) for column in columns]

    return same(what, sorted(expected, key=key), sorted(found, key=key), columns)


def versions(*packages: str) -> str:
    """Names packages with their versions."""
    return ", ".join(f"{package} {version(package)}" for package in packages)


def asked() -> tuple[Path, list[str]]:
    """Returns the folder with the files and the names of the questions, from the command line."""
    return Path(sys.argv[1]), sys.argv[2:]
