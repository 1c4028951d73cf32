"""Data packages in frictionless, and what version 2 of the specification demands. ADDRESS FOLDER NAME...

The profile of version 2 is in no package that can be installed for Python 3.11 (frictionless knows version 1), so its demands
are written down here.
"""

import json
import re
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from common import versions
from frictionless import Package, system

PROFILE = "https://datapackage.org/profiles/2.0/"
# A whole address, or a relative one that stays within the package.
PATH = re.compile(r"^(https?://.*|(?![/~.])(?!file:)(?!.*(/\.\./|\\|://)).+)$")
TYPES = "string number integer boolean object array list datetime date time year yearmonth duration geopoint geojson any"
CONSTRAINTS = {"required", "unique", "minLength", "maxLength", "minimum", "maximum", "pattern", "enum"}


def demand(holds: bool, what: str, where: Any) -> None:
    """Says what the specification demands where it does not hold."""
    assert holds, f"{what}: {json.dumps(where, ensure_ascii=False)[:300]}"


def package(one: dict[str, Any]) -> None:
    """Checks a descriptor against version 2 of the specification."""
    demand(one.get("$schema") == f"{PROFILE}datapackage.json", "$schema says which version", one.get("$schema"))
    demand(bool(re.fullmatch(r"[-a-z0-9._/]+", one["name"])), "name fits an address", one["name"])
    for name in ("title", "description", "version"):
        demand(isinstance(one.get(name), str), f"{name} is a text", one.get(name))
    if "homepage" in one:
        demand(bool(re.match(r"https?://", one["homepage"])), "homepage is an address", one["homepage"])
    demand(datetime.fromisoformat(one["created"]).tzinfo is not None, "created is RFC 3339", one["created"])
    demand(len(one["licenses"]) > 0, "licenses are not empty", one["licenses"])
    for licence in one["licenses"]:
        demand("name" in licence or "path" in licence, "a licence has a name or an address", licence)
        demand(bool(re.fullmatch(r"[-a-zA-Z0-9._]+", licence.get("name", "x"))), "its name is an id", licence)
        demand(bool(PATH.match(licence.get("path", "x"))), "its path is an address", licence)
    for contributor in one["contributors"]:
        roles = contributor.get("roles", ["x"])
        demand("role" not in contributor and isinstance(roles, list) and bool(roles), "roles is a list", contributor)
    for source in one.get("sources", []):
        demand(bool(source) and bool(PATH.match(source.get("path", "x"))), "a source is a title or an address", source)
        demand(source.get("title", "x") != "", "a title is no empty text", source)
    names = [resource["name"] for resource in one["resources"]]
    demand(bool(names) and len(set(names)) == len(names), "there are resources, each with its own name", names)
    for resource in one["resources"]:
        table(resource)


def table(resource: dict[str, Any]) -> None:
    """Checks a resource, its dialect and its schema."""
    demand(("path" in resource) != ("data" in resource), "a resource has either path or data", resource)
    demand(bool(PATH.match(resource["path"])), "its path is an address", resource["path"])
    demand(resource.get("type", "table") == "table", "its type is table", resource)
    demand("profile" not in resource, "$schema stands for profile", resource)
    dialect = resource.get("dialect", {})
    demand(len(dialect.get("delimiter", ",")) == 1 and isinstance(dialect.get("header", True), bool), "dialect", dialect)
    if resource.get("type") != "table":
        return
    schema = resource["schema"]
    names = [field["name"] for field in schema["fields"]]
    demand(len(set(names)) == len(names), "fields have different names", names)
    demand(all(isinstance(text, str) for text in schema["missingValues"]), "missingValues are texts", schema)
    for field in schema["fields"]:
        demand(field.get("type", "any") in TYPES.split(), "a type of the specification", field)
        demand(set(field.get("constraints", {})) <= CONSTRAINTS, "constraints of the specification", field)


def valid(what: str, descriptor: Package) -> int:
    """Has frictionless read every cell; returns how many tables there are."""
    report = descriptor.validate()
    assert report.valid, f"{what}: {report.flatten(['title', 'rowNumber', 'fieldName', 'message'])[:10]}"
    return len(report.tasks)


def packed(path: Path, csv: Path | None = None) -> int:
    """Checks a package in an archive; the CSV of a series is the one that is served."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None, path
        one = json.loads(archive.read("datapackage.json"))
        assert "README.md" in archive.namelist(), archive.namelist()
        missing = {resource["path"] for resource in one["resources"]} - set(archive.namelist())
        assert not missing, f"{path.name} has no {missing}"
        if csv is not None:
            assert archive.read(one["resources"][0]["path"]) == csv.read_bytes(), f"{path.name}: another CSV"
    package(one)
    return valid(path.name, Package(str(path)))


def main() -> None:
    address, folder, names = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    tables = {"zip": sum(packed(folder / f"{name}.zip", folder / f"{name}.csv") for name in names)}
    tables["archive"] = packed(folder / "archive.zip")
    package(json.loads((folder / "datapackage.json").read_text(encoding="utf-8")))
    with system.use_context(trusted=True):
        tables["served"] = valid(address, Package(address))
    print(f"{versions('frictionless')}: tables {tables}; demands of version 2 hold")


if __name__ == "__main__":
    main()
