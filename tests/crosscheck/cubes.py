"""JSON-stat in pyjstat, checked by jsonstat-validator, and SDMX-CSV in pysdmx: the rows of the JSON answer. FOLDER NAME..."""

import json
from pathlib import Path

import jsonstat_validator
from common import Row, answer, asked, same, same_set, versions
from pyjstat import pyjstat
from pysdmx.io import read_sdmx
from pysdmx.io.input_processor import process_string_to_read

METRICS = ["value", "denominator", "share"]
NAMES = {"date": "TIME_PERIOD", "area": "REF_AREA", "value": "OBS_VALUE"}
# What does not apply, in both formats.
NONE = "_Z"


def jsonstat(folder: Path, name: str) -> int:
    """Reads the cube and turns it back into rows: a cell for each value, denominator and share."""
    path, truth = folder / f"{name}.jsonstat.json", answer(folder, name)["rows"]
    text = path.read_text(encoding="utf-8")
    raw = json.loads(text)
    assert jsonstat_validator.validate_jsonstat(raw)
    cells = pyjstat.Dataset.read(text).write("dataframe", naming="id").to_dict("records")
    dimensions = [name for name in raw["id"] if name != "metric"]
    rows: dict[tuple, Row] = {}
    for index, cell in enumerate(cells):
        key = tuple(cell[dimension] for dimension in dimensions)
        status = raw.get("status", {}).get(str(index))
        # Of a row without a value the status stands at the value that is missing.
        if cell["value"] == cell["value"] or status is not None:
            words = {name: None if word == NONE else word for name, word in zip(dimensions, key)}
            row = rows.setdefault(key, words)
            row[cell["metric"]] = cell["value"] if cell["value"] == cell["value"] else None
            row["status"] = status or row.get("status")
    columns = [column for column in truth[0] if column in dimensions] + METRICS + ["status"]
    left_out = {column for row in truth for column, cell in row.items() if cell is not None}
    left_out -= set(columns) | set(raw["extension"]["attributes"]) | {"definition"}
    assert {row["definition"] for row in truth} == {raw["extension"]["definition"]["id"]}, path.name
    assert not left_out, f"{path.name} knows nothing of {left_out}"
    return same_set(path.name, truth, rows.values(), columns)


def sdmx(folder: Path, name: str) -> int:
    """Reads SDMX-CSV: one data set of one dataflow, observations in order."""
    path, whole = folder / f"{name}.sdmx.csv", answer(folder, name)
    assert str(process_string_to_read(path)[1].value).endswith("version=2.1.0"), path.name
    (dataset,) = read_sdmx(path).data
    measure = whole["measure"].upper()
    assert dataset.structure == f"Dataflow=OZG_TRACKER:{measure}({whole['definition']['version']}.0.0)"
    keys = [column for column in dataset.data.columns if column not in METRICS + ["OBS_VALUE"]]
    assert not dataset.data.duplicated(keys[: keys.index("STATEMENT") + 1]).any(), f"{path.name}: a key twice"
    found = []
    for row in dataset.data.to_dict("records"):
        cells = {column: row[NAMES.get(column, column.upper())] for column in whole["rows"][0]}
        words = {NONE: None, "_T": "all"}
        found.append({column: words.get(cell, cell) for column, cell in cells.items()})
    return same(path.name, whole["rows"], found)


def main() -> None:
    folder, names = asked()
    rows = {"jsonstat.json": 0, "sdmx.csv": 0}
    for name in names:
        rows["jsonstat.json"] += jsonstat(folder, name)
        rows["sdmx.csv"] += sdmx(folder, name)
    print(f"{versions('pyjstat', 'jsonstat-validator', 'pysdmx')}: {rows}")


if __name__ == "__main__":
    main()
