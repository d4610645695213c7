"""What WeasyPrint leaves undone before the file is closed: signature fields in the base revision, tagged, where the template drew them.

Fields made in a later revision break PDF/UA and are refused by a certified seal; so they are born with the page (ISO 32000-1 12.7.4.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pydyf

PX_TO_PT = 0.75
FORM_ELEMENT = "/Form"


@dataclass(frozen=True, slots=True)
class SignatureField:
    """``anchor``: id of the empty rectangle in the page; ``tooltip``: who signs here, read aloud by screen readers."""

    name: str
    anchor: str
    tooltip: str
    final: bool = False
    """The last signature locks the document (P 1)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a field landed: page from 0, rectangle in points from the page's lower left."""

    name: str
    page: int
    box: tuple[float, float, float, float]


def place(document: Any, fields: tuple[SignatureField, ...]) -> tuple[Placed, ...]:
    """Rectangles of the anchors. An anchor that the template did not draw is a programming error (KeyError names it)."""
    placed = []
    for field in fields:
        for number, page in enumerate(document.pages):
            if field.anchor in page.anchors:
                x1, y1, x2, y2 = (value * PX_TO_PT for value in page.anchors[field.anchor])
                height = page.height * PX_TO_PT
                placed.append(Placed(field.name, number, (round(x1, 2), round(height - y2, 2), round(x2, 2), round(height - y1, 2))))
                break
        else:
            raise KeyError(f"templat tidak menggambar kotak {field.anchor}")
    return tuple(placed)


def finish(pdf: Any, placed: tuple[Placed, ...], fields: tuple[SignatureField, ...], seal: bool) -> None:
    """Adds the AcroForm with the given fields (and an invisible one for the seal), and repairs the attachment list."""
    if "AF" in pdf.catalog:
        # WeasyPrint 70.0 lists every attachment twice (its issue 2917).
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    references = []
    parents = _parent_tree(pdf)
    by_name = {field.name: field for field in fields}
    if seal:
        references.append(_widget(pdf, Placed("Segel", 0, (0, 0, 0, 0)), SignatureField("Segel", "", "Segel elektronik pemerintah kota"), parents))
    references.extend(_widget(pdf, spot, by_name[spot.name], parents) for spot in placed)
    if references:
        # SigFlags 3 = signatures exist and the file is append-only.
        form = pydyf.Dictionary({"Fields": pydyf.Array(references), "SigFlags": 3})
        pdf.add_object(form)
        pdf.catalog["AcroForm"] = form.reference


def _parent_tree(pdf: Any) -> Any:
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    return _object(pdf, root["ParentTree"])


def _object(pdf: Any, reference: Any) -> Any:
    return pdf.objects[int(str(reference, "ascii").split()[0] if isinstance(reference, bytes) else str(reference).split()[0])]


def _widget(pdf: Any, placed: Placed, field: SignatureField, parents: Any) -> Any:
    page_reference = pdf.page_references[placed.page]
    page = _object(pdf, page_reference)
    appearance = pydyf.Stream(
        [], {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, placed.box[2] - placed.box[0], placed.box[3] - placed.box[1]])}
    )
    pdf.add_object(appearance)
    widget = pydyf.Dictionary({
        "Type": "/Annot", "Subtype": "/Widget", "FT": "/Sig", "T": pydyf.String(field.name), "TU": pydyf.String(field.tooltip), "F": 132,
        "Rect": pydyf.Array(placed.box), "P": page_reference, "AP": pydyf.Dictionary({"N": appearance.reference}),
    })  # fmt: skip
    if field.final:
        widget["Lock"] = pydyf.Dictionary({"Type": "/SigFieldLock", "Action": "/All", "P": 1})
    pdf.add_object(widget)
    _tag(pdf, widget, field, page_reference, parents)
    page.setdefault("Annots", pydyf.Array()).append(widget.reference)
    page["Tabs"] = "/S"
    return widget.reference


def _tag(pdf: Any, widget: Any, field: SignatureField, page_reference: Any, parents: Any) -> None:
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    document = _object(pdf, root["K"][0])
    # /K must be the OBJR itself: with an array pyHanko's difference analysis rejects every later signature.
    element = pydyf.Dictionary({
        "Type": "/StructElem", "S": FORM_ELEMENT, "P": document.reference, "Pg": page_reference, "Alt": pydyf.String(field.tooltip),
        "K": pydyf.Dictionary({"Type": "/OBJR", "Obj": widget.reference, "Pg": page_reference}),
    })  # fmt: skip
    pdf.add_object(element)
    document["K"].append(element.reference)
    number = max(parents["Nums"][::2], default=-1) + 1
    parents["Nums"].extend([number, element.reference])
    widget["StructParent"] = number
