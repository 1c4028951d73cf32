"""Wide tables in pandas, csvw and frictionless: every column has a name of its own, numbers are numbers. ADDRESS FOLDER"""

import csv
import json
import sys
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pandas as pd
from common import versions
from described import check
from packages import packed

QUESTIONS = Path(__file__).with_name("wide.txt")


def fetched(address: str, path: Path) -> Path:
    """Saves what an address answers."""
    with urlopen(address, timeout=60) as answer:
        path.write_bytes(answer.read())
    return path


def read(path: Path, package: Path) -> int:
    """Reads the table as someone would who has pandas; the package beside it says which columns are numbers."""
    with path.open(encoding="utf-8", newline="") as file:
        headings = next(csv.reader(file))
    assert all(heading.strip() for heading in headings), f"{path.name}: a column without a name: {headings}"
    table = pd.read_csv(path, keep_default_na=False, na_values=[""])
    assert list(table.columns) == headings, f"{path.name}: pandas reads {list(table.columns)}, it says {headings}"
    with zipfile.ZipFile(package) as archive:
        (resource,) = json.loads(archive.read("datapackage.json"))["resources"]
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == headings, f"{path.name}: described as {fields}"
    for field in fields:
        if field["type"] == "number":
            kind = table[field["name"]].dtype
            assert pd.api.types.is_numeric_dtype(kind), f"{path.name}: {field['name']} is {kind}"
    return len(headings)


def main() -> None:
    address, folder, pinned = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    columns = rows = 0
    questions = QUESTIONS.read_text(encoding="utf-8").splitlines()
    for number, question in enumerate(questions, 1):
        measure, parameters = question.split(" ")
        at = f"{address}v1/series/{measure}.%s?{parameters}&shape=wide&{pinned}"
        table, package = (fetched(at % ending, folder / f"wide{number}.{ending}") for ending in ("csv", "zip"))
        packed(package, table)
        columns += read(table, package)
        rows += check(at % "csv-metadata.json")
    print(f"{versions('pandas', 'csvw', 'frictionless')}: {len(questions)} wide tables, {columns} columns, {rows} rows")


if __name__ == "__main__":
    main()
