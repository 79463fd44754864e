"""What WeasyPrint leaves undone in a file, put right before it is written."""

from collections.abc import Iterable
from typing import Any

DECLARATION = b"""\
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"> <pdfaSchema:schema>PDF/UA
identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix> <pdfaSchema:property><rdf:Seq><rdf:li
rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category> <pdfaProperty:description>The part of ISO 14289 that
the file keeps to</pdfaProperty:description> </rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def finish(document: Any, pdf: Any) -> None:
    """Put right what WeasyPrint leaves: headings' ways, a second standard, doubled lists, running heads."""
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/TH":
            element["A"]["Scope"] = "/Column" if _is_in_the_head(element, pdf) else "/Row"
    metadata = pdf.objects[_number(pdf.catalog["Metadata"])]
    metadata.stream = [part.replace(b"</rdf:RDF>", DECLARATION) for part in metadata.stream]
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    _set_furniture_apart(pdf)


def _set_furniture_apart(pdf: Any) -> None:
    """Mark running heads and page numbers as what they are, so that nobody has to hear them on every page.

    WeasyPrint numbers the texts of a page, those in its margins last, and leaves these out of the tree of
    tags.
    """
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    numbers = pdf.objects[_number(root["ParentTree"])]["Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    in_the_tree = _in_the_tree(pdf, root["K"])
    for page in (each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/Page"):
        owned = owners[page["StructParents"]]
        owned[:] = [owner for owner in owned if _number(owner) in in_the_tree]
        _mark_from(len(owned), pdf.objects[_number(page["Contents"])].stream)


def _in_the_tree(pdf: Any, kids: Iterable[Any]) -> set[int]:
    """Give the numbers of all elements that a reader meets who walks down from the root."""
    found: set[int] = set()
    waiting = list(kids)
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, bytes) and _number(kid) not in found:
            found.add(_number(kid))
            waiting.extend(pdf.objects[_number(kid)].get("K", ()))
    return found


def _mark_from(first: int, content: list[Any]) -> None:
    """Mark the texts of a page from number `first` on as furniture."""
    for place, mark in enumerate(content):
        if isinstance(mark, dict) and mark.get("MCID", -1) >= first:
            content[place - 1] = "/Artifact"
            mark.clear()
            mark["Type"] = "/Pagination"


def _is_in_the_head(cell: Any, pdf: Any) -> bool:
    row = pdf.objects[_number(cell["P"])]
    return bool(pdf.objects[_number(row["P"])]["S"] == "/THead")


def _number(reference: Any) -> int:
    """Read the number of an object from a reference to it, such as b"12 0 R"."""
    return int(reference.split()[0])
