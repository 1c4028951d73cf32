"""LibreOffice, as a German has it, on `.de.csv` and `.xlsx`: days are days, numbers numbers, rows those of JSON. FOLDER NAME...

A CSV is opened as the import dialog does with the semicolon and with special numbers detected, since LibreOffice takes
days for text otherwise. Both are saved anew as XLSX, which openpyxl reads.
"""

import subprocess
from pathlib import Path

import openpyxl
from common import asked, german, same
from tables import typed, xlsx

# Semicolon, quotation mark, UTF-8, from line 1, columns as they are, German (1031), quoted cells as the others, special numbers.
GERMAN_CSV = "CSV:59,34,76,1,,1031,false,true"
GERMAN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>de-DE</value></prop></item>
</oor:items>
"""


def office(folder: Path, *arguments: str) -> str:
    """Runs LibreOffice with a profile of its own whose region is Germany."""
    profile = folder / "office" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    settings = profile / "registrymodifications.xcu"
    if not settings.exists():
        settings.write_text(GERMAN, encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=folder, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    return done.stdout.strip()


def german_csv(folder: Path, name: str) -> int:
    """Checks what LibreOffice made of a CSV for a German Excel."""
    path = folder / "from-csv" / f"{name}.de.xlsx"
    sheet, rows = openpyxl.load_workbook(path).worksheets[0], german(folder, name)
    cells = sheet.iter_rows(min_row=2, values_only=True)
    return same(path.name, rows, typed(path.name, cells, list(rows[0])))


def main() -> None:
    folder, names = asked()
    files = [f"{name}.de.csv" for name in names]
    office(folder, f"--infilter={GERMAN_CSV}", "--convert-to", "xlsx", "--outdir", "from-csv", *files)
    books = [f"{name}.xlsx" for name in names]
    office(folder, "--convert-to", "xlsx", "--outdir", "from-xlsx", *books)
    rows = {"de.csv": 0, "xlsx": 0}
    for name in names:
        rows["de.csv"] += german_csv(folder, name)
        rows["xlsx"] += xlsx(folder / "from-xlsx" / f"{name}.xlsx", folder, name)
    print(f"{office(folder, '--version')}: {rows}")


if __name__ == "__main__":
    main()
