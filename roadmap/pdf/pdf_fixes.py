"""Fixes the PDF that WeasyPrint writes: form fields, page edges as artifacts, the language of each
sheet, a stable file id.

Lays nothing out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pikepdf

# A content stream operator: what follows is decoration, such as a page number, and no content
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"

# The cross in a ticked box: two lines in black with round ends. All numbers are in the units of the
# box, whose lower left corner is 0 0
CROSS = (
    "q 0 G {line:.2f} w 1 J "
    "{near:.2f} {near:.2f} m {far:.2f} {far:.2f} l S "
    "{near:.2f} {far:.2f} m {far:.2f} {near:.2f} l S Q"
)


def repaired(data: bytes, languages: Sequence[str] = ()) -> bytes:
    """A PDF with fields that every viewer shows, and an id that depends on its content only.

    Takes and returns the bytes of the file. It must be tagged, as PDF/UA-1 is. `languages` are
    those of its sheets, page by page.
    """
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        _mark_edges_as_artifacts(pdf)
        _mark_languages(pdf, languages)
        if "/AcroForm" in pdf.Root:
            _fix_form(pdf)
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )
    return out.getvalue()


# Tagged content


def _mark_edges_as_artifacts(pdf: pikepdf.Pdf) -> None:
    """Marks what stands on the edges of pages as artifacts.

    A screen reader would read it out on every page. WeasyPrint tags it as content, but puts no
    element for it into the structure tree.
    """
    tree = pdf.Root.StructTreeRoot
    in_structure = set(_structure_elements(tree.K))
    elements_by_page = _number_tree(tree.ParentTree)
    for page in pdf.pages:
        elements = elements_by_page[page.obj.StructParents]
        content = page.obj.Contents.read_bytes()
        for number, element in enumerate(elements):
            if element.objgen in in_structure:
                continue
            begin = re.compile(rb"/\w+\s*<</MCID %d>>\s*BDC" % number)
            content = begin.sub(ARTIFACT, content)
            elements[number] = None
        page.obj.Contents.write(content)


def _number_tree(tree: pikepdf.Object) -> dict[Any, Any]:
    """A PDF number tree of one node, as a dictionary: `Nums` holds key, value, key, value …"""
    entries = list(tree.Nums)
    keys = entries[::2]
    values = entries[1::2]
    return dict(zip(keys, values, strict=True))


def _structure_elements(element: pikepdf.Object) -> Iterator[tuple[int, int]]:
    """The object number of every element in a structure tree, from an element downwards."""
    children = [element]
    if isinstance(element, pikepdf.Array):
        children = list(element)
    for child in children:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child.objgen
            yield from _structure_elements(child.get("/K", pikepdf.Array()))


def _mark_languages(pdf: pikepdf.Pdf, languages: Sequence[str]) -> None:
    """Says which articles are in another language than the document: a screen reader asks."""
    [document] = pdf.Root.StructTreeRoot.K
    articles = [element for element in document.K if element.S == "/Art"]
    for article, language in zip(articles, languages, strict=False):
        if language != str(pdf.Root.Lang):
            article.Lang = pikepdf.String(language)


# Form fields


def _fix_form(pdf: pikepdf.Pdf) -> None:
    """Makes viewers show the ticks as they are drawn here, not as they would draw them.

    WeasyPrint asks viewers to draw the fields (`NeedAppearances`), and each does it in its own way.
    """
    form = pdf.Root.AcroForm
    del form["/NeedAppearances"]
    for field in form.Fields:
        if field.FT == "/Btn":
            _draw_checkbox(pdf, field)


def _draw_checkbox(pdf: pikepdf.Pdf, field: pikepdf.Object) -> None:
    """Draws a bold cross where the box is ticked, nothing where it is not."""
    states = field.AP.N
    ticked = states["/on"]
    width = float(ticked.BBox[2])
    cross = CROSS.format(
        line=0.16 * width,
        near=0.12 * width,
        far=0.88 * width,
    )
    ticked.write(cross.encode())
    states["/Off"] = pdf.make_stream(
        b"",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=ticked.BBox,
    )
