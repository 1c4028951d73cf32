"""CSV on the Web: a validator reads a description from its address, fetches the CSV it leads to and checks every cell. ADDRESS..."""

import sys
from urllib.parse import urljoin

from common import versions
from csvw import CSVW


def check(address: str) -> int:
    """Validates a table and returns how many rows it has."""
    table = CSVW(address, validate=True)
    said = [str(warning.message) for warning in table.warnings]
    assert table.is_valid, f"{address}: {said or [str(warning.message) for warning in table.warnings]}"
    (one,) = table.tables
    assert urljoin(address, one.url.string).split("?")[0].endswith(".csv"), one.url
    return sum(1 for _ in one.iterdicts(strict=True))


def main() -> None:
    rows = sum(check(address) for address in sys.argv[1:])
    print(f"{versions('csvw')}: {rows} rows of {len(sys.argv) - 1} tables, each found by its description")


if __name__ == "__main__":
    main()
