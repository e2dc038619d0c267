"""Mends a defect of WeasyPrint 70: paragraphs, quotations and tables in an item stand beside its body in the tags.

PDF/UA-1 (ISO 14289-1, 7.2) lets an LI hold a label and a body and nothing else. WeasyPrint makes a body of an
item's own lines and puts whatever blocks it holds straight under the LI; here they go into the body.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import wraps
from typing import Any


def mend() -> None:
    """Put the mended function in the engine's place, once in a process."""
    import pydyf
    from weasyprint.pdf import tags

    build = tags._build_box_tree
    if hasattr(build, "mended"):
        return

    def gather(item: Any, pdf: Any) -> None:
        kids = [(reference, pdf.objects[int(reference.split()[0])]) for reference in item["K"]]
        loose = [kid for kid in kids if kid[1].get("S") not in (None, "/Lbl", "/LBody")]
        if not loose:
            return
        body = next((kid for _, kid in kids if kid.get("S") == "/LBody"), None)
        if body is None:
            body = pydyf.Dictionary(
                {
                    "Type": "/StructElem",
                    "S": "/LBody",
                    "K": pydyf.Array([]),
                    "Pg": item["Pg"],
                    "P": item.reference,
                }
            )
            pdf.add_object(body)
            item["K"].insert(item["K"].index(loose[0][0]), body.reference)
        for reference, kid in loose:
            item["K"].remove(reference)
            body["K"].append(reference)
            kid["P"] = body.reference

    @wraps(build)
    def mended(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:
        for element in build(box, parent, pdf, *rest):
            if element["S"] == "/LI":
                gather(element, pdf)
            yield element

    mended.mended = True  # type: ignore[attr-defined]
    tags._build_box_tree = mended
