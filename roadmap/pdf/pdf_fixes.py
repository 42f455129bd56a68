"""Repairs what WeasyPrint leaves to us in a PDF: its fields, the edges of its pages, its identity.
Lays nothing out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf


def repaired(data: bytes) -> bytes:
    """The PDF with fields that every viewer shows, and an identity that depends on its content
    only.
    """
    with pikepdf.open(BytesIO(data)) as pdf:
        _mend_edges(pdf)
        if "/AcroForm" in pdf.Root:
            _mend_form(pdf)
        out = BytesIO()
        packed = pikepdf.ObjectStreamMode.generate
        pdf.save(out, deterministic_id=True, object_stream_mode=packed, recompress_flate=True)
    return out.getvalue()


def _mend_edges(pdf: pikepdf.Pdf) -> None:
    """What stands on the edges of a page is decoration to those who listen: they hear it not on
    every page.
    """
    tree = pdf.Root.StructTreeRoot
    numbers = list(tree.ParentTree.Nums)
    marked, told = dict(zip(numbers[::2], numbers[1::2], strict=True)), set(_told(tree.K))
    for page in pdf.pages:
        elements, content = marked[page.obj.StructParents], page.obj.Contents.read_bytes()
        for number, element in enumerate(elements):
            if element.objgen not in told:
                mark = re.compile(rb"/\w+\s*<</MCID %d>>\s*BDC" % number)
                content = mark.sub(b"/Artifact <</Type /Pagination>> BDC", content)
                elements[number] = None
        page.obj.Contents.write(content)


def _told(element: pikepdf.Object) -> Iterator[tuple[int, int]]:
    """Every element of the structure that is read out, by its number in the file."""
    for child in element if isinstance(element, pikepdf.Array) else [element]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child.objgen
            yield from _told(child.get("/K", pikepdf.Array()))


def _mend_form(pdf: pikepdf.Pdf) -> None:
    """Viewers show the ticks as they are drawn here, not as they would draw them."""
    form = pdf.Root.AcroForm
    del form["/NeedAppearances"]
    for field in form.Fields:
        if field.FT == "/Btn":
            _mend_tick(pdf, field)


def _mend_tick(pdf: pikepdf.Pdf, field: pikepdf.Object) -> None:
    """A bold cross where ticked, nothing where not."""
    on = field.AP.N["/on"]
    width = float(on.BBox[2])
    near, far = 0.12 * width, 0.88 * width
    cross = f"q 0 G {0.16 * width:.2f} w 1 J {near:.2f} {near:.2f} m {far:.2f} {far:.2f} l S "
    on.write(f"{cross}{near:.2f} {far:.2f} m {far:.2f} {near:.2f} l S Q".encode())
    field.AP.N["/Off"] = pdf.make_stream(
        b"",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=on.BBox,
    )
