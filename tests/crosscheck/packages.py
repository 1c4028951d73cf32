"""Data packages in frictionless, and against the profiles of version 2 of the specification. ADDRESS FOLDER NAME...

frictionless reads every cell, but knows the rules of version 1 only; dplib-py brings the profiles of version 2 with it. Its own
`check_package` fetches them from their addresses all the same (1.1.0 looks for them under a name that never matches), so they
are read from where it keeps them.
"""

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

from common import versions
from dplib.settings import PROFILE_BASEDIR, PROFILE_CURRENT, PROFILE_CURRENT_PACKAGE
from frictionless import Package, system
from jsonschema.validators import validator_for


def mistakes(one: dict[str, Any], profile: str) -> list[str]:
    """Lists what a profile of version 2 does not allow in a descriptor."""
    assert PROFILE_CURRENT == "2.0", PROFILE_CURRENT
    rules = json.loads((Path(PROFILE_BASEDIR) / PROFILE_CURRENT / profile).read_text(encoding="utf-8"))
    return [f"{fault.json_path}: {fault.message[:300]}" for fault in validator_for(rules)(rules).iter_errors(one)]


def holds(what: str, one: dict[str, Any], profile: str) -> None:
    """Checks a descriptor against a profile of version 2."""
    found = mistakes(one, profile)
    assert not found, f"{what}: {found[:10]}"


def described(what: str, one: dict[str, Any]) -> None:
    """Checks a package, its resources and their schemas against version 2, and what profiles cannot say."""
    assert one.get("$schema") == PROFILE_CURRENT_PACKAGE, f"{what}: {one.get('$schema')} is not version 2"
    holds(what, one, "datapackage.json")
    names = [resource["name"] for resource in one["resources"]]
    assert len(set(names)) == len(names), f"{what}: a name stands for two resources: {names}"
    for resource in one["resources"]:
        where = f"{what}, {resource['name']}"
        holds(where, resource, "dataresource.json")
        if "dialect" in resource:
            holds(where, resource["dialect"], "tabledialect.json")
        if "schema" in resource:
            holds(where, resource["schema"], "tableschema.json")
            fields = [field["name"] for field in resource["schema"]["fields"]]
            assert len(set(fields)) == len(fields), f"{where}: a name stands for two fields: {fields}"


def told_apart() -> None:
    """Makes sure that the profiles refuse what version 2 does not know: a check that cannot fail is none."""
    for wrong in [{}, {"resources": []}, {"resources": [{"name": "x", "path": "../x.csv"}]}]:
        assert mistakes(wrong, "datapackage.json"), wrong


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
    described(path.name, one)
    return valid(path.name, Package(str(path)))


def main() -> None:
    address, folder, names = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    told_apart()
    tables = {"zip": sum(packed(folder / f"{name}.zip", folder / f"{name}.csv") for name in names)}
    tables["archive"] = packed(folder / "archive.zip")
    described("datapackage.json", json.loads((folder / "datapackage.json").read_text(encoding="utf-8")))
    with system.use_context(trusted=True):
        tables["served"] = valid(address, Package(address))
    print(f"{versions('frictionless', 'dplib-py')}: tables {tables}; the profiles of version 2 hold")


if __name__ == "__main__":
    main()
