"""CSV, Parquet and XLSX in pandas, pyarrow and openpyxl: the rows of the JSON answer, with types. FOLDER NAME..."""

from datetime import datetime
from pathlib import Path
from typing import Iterable

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from common import DATES, NUMBERS, PERHAPS_DATES, Row, answer, asked, german, same, versions

KEPT = {"query", "position", "permalink", "licence"}


def csv(folder: Path, name: str) -> int:
    """Reads the CSV as someone would who has pandas; only empty cells are missing."""
    path = folder / f"{name}.csv"
    table = pd.read_csv(path, keep_default_na=False, na_values=[""], parse_dates=["date"])
    assert pd.api.types.is_datetime64_any_dtype(table["date"]), table.dtypes
    for column in NUMBERS:
        assert pd.api.types.is_numeric_dtype(table[column]), f"{path.name}: {column} is {table[column].dtype}"
    return same(path.name, answer(folder, name)["rows"], table.to_dict("records"))


def parquet(folder: Path, name: str) -> int:
    """Reads the Parquet file: types by pyarrow, rows by pandas."""
    path, truth = folder / f"{name}.parquet", answer(folder, name)
    schema = pq.read_schema(path)
    for field in schema:
        wanted = pa.date32() if field.name in DATES else pa.float64() if field.name in NUMBERS else pa.string()
        assert field.type == wanted, f"{path.name}: {field.name} is {field.type}, not {wanted}"
    metadata = {key.decode(): value.decode() for key, value in (schema.metadata or {}).items()}
    missing = KEPT - set(metadata)
    assert not missing, f"{path.name}: no metadata {missing}, only {sorted(metadata)}"
    assert metadata["position"] == str(truth["position"]), metadata
    assert schema.names == list(truth["rows"][0]), schema.names
    table = pd.read_parquet(path)
    return same(path.name, truth["rows"], table.to_dict("records"))


def xlsx(path: Path, folder: Path, name: str) -> int:
    """Reads a workbook: cells have types, there is a filter, pandas sees the same table."""
    book = openpyxl.load_workbook(path)
    sheet, rows = book.worksheets[0], german(folder, name)
    assert len(book.worksheets) == 2, book.sheetnames
    assert sheet.auto_filter.ref, f"{path.name}: no filter"
    found = typed(path.name, sheet.iter_rows(min_row=2, values_only=True), list(rows[0]))
    frame = pd.read_excel(path)
    assert frame.shape == (len(rows), len(rows[0])), f"{path.name}: {frame.shape}"
    assert pd.api.types.is_datetime64_any_dtype(frame.iloc[:, 0]), f"{path.name}: {frame.dtypes}"
    return same(path.name, rows, found)


def typed(what: str, rows: Iterable[tuple], columns: list[str]) -> list[Row]:
    """Gives cells the names of columns and checks that days are days, numbers numbers and all else text."""
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    for number, row in enumerate(found, 2):
        for column, cell in row.items():
            wanted = datetime if column in DATES else (int, float) if column in NUMBERS else str
            wanted = (str, datetime) if column in PERHAPS_DATES else wanted
            fits = cell is None or (isinstance(cell, wanted) and not isinstance(cell, bool))
            assert fits, f"{what}: line {number}, {column} is {cell!r}"
        assert row["date"] is not None, f"{what}: line {number} has no day"
    return found


def main() -> None:
    folder, names = asked()
    rows = {"csv": 0, "parquet": 0, "xlsx": 0}
    for name in names:
        rows["csv"] += csv(folder, name)
        first = openpyxl.load_workbook(folder / f"{name}.xlsx").worksheets[0]
        assert first.freeze_panes == "A2", f"{name}.xlsx: the first row does not stay in view"
        rows["xlsx"] += xlsx(folder / f"{name}.xlsx", folder, name)
        # A build without it is told by who calls.
        if (folder / f"{name}.parquet").exists():
            rows["parquet"] += parquet(folder, name)
    print(f"{versions('pandas', 'pyarrow', 'openpyxl')}: {rows}")


if __name__ == "__main__":
    main()
