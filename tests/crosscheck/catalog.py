"""The catalogue in rdflib: JSON-LD and Turtle are one graph, DCAT-AP and DCAT-AP.de hold (by pyshacl), every download answers. ADDRESS FOLDER"""

import sys
from pathlib import Path
from urllib.request import Request, urlopen

from common import versions
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, Namespace
from rdflib.compare import graph_diff, to_isomorphic

DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def read(folder: Path, base: str, ending: str, kind: str) -> Graph:
    """Parses one form of the catalogue."""
    text = (folder / f"catalog.{ending}").read_text(encoding="utf-8")
    return Graph().parse(data=text, format=kind, publicID=base)


def check_downloads(graph: Graph) -> int:
    """Asks for the head of every download: it is there and of the type that the catalogue says."""
    count = 0
    for distribution in graph.subjects(RDF.type, DCAT.Distribution):
        address = str(graph.value(distribution, DCAT.downloadURL))
        wanted = str(graph.value(distribution, DCAT.mediaType)).removeprefix(MEDIA_TYPES)
        with urlopen(Request(address, method="HEAD"), timeout=60) as response:
            found = response.headers.get_content_type()
        assert found == wanted, f"{address} is {found}, the catalogue says {wanted}"
        count += 1
    return count


def told_apart(graph: Graph, shapes: Graph) -> None:
    """Makes sure that a data set or a distribution that lacks anything is refused: a check that cannot fail is none."""
    for kind in (DCAT.Dataset, DCAT.Distribution):
        one = next(iter(graph.subjects(RDF.type, kind)))
        for predicate in (DCATDE.contributorID, DCAT.contactPoint, DCATDE.licenseAttributionByText, DCTERMS.format):
            lacking = Graph() + graph
            lacking.remove((one, predicate, None))
            if len(lacking) < len(graph):
                assert not validate(lacking, shacl_graph=shapes)[0], f"{one} without {predicate} conforms"


def main() -> None:
    base, folder = sys.argv[1], Path(sys.argv[2])
    turtle, json_ld = read(folder, base, "ttl", "turtle"), read(folder, base, "jsonld", "json-ld")
    if to_isomorphic(turtle) != to_isomorphic(json_ld):
        _, left, right = graph_diff(turtle, json_ld)
        raise AssertionError(f"only Turtle: {left.serialize()}\nonly JSON-LD: {right.serialize()}")
    here = Path(__file__)
    shapes = Graph().parse(here.with_name("dcat-ap.ttl")).parse(here.with_name("dcat-ap-de.ttl"))
    conforms, _, text = validate(turtle, shacl_graph=shapes)
    assert conforms, text
    told_apart(turtle, shapes)
    sets = len(set(turtle.subjects(RDF.type, DCAT.Dataset)))
    print(f"{versions('rdflib', 'pyshacl')}: {len(turtle)} triples, {sets} data sets, {check_downloads(turtle)} downloads")


if __name__ == "__main__":
    main()
