"""Mends what a translated page has lost of its English page: ids, link targets, pieces. Touches no
words.

Only where there is one way to do it; the rest stays a problem for somebody who reads both
languages.
"""

from __future__ import annotations

from pathlib import Path

from markdown import Markdown

from roadmap.check.safety import files
from roadmap.check.structure import compare
from roadmap.check.structure.alignment import Mend, Sides
from roadmap.project.pages import Page

ROUNDS = 5  # what is mended can show what else is to mend


def fix(root: Path, code: str, markdown: Markdown | None = None) -> list[str]:
    """Mends the pages of an edition and returns what was written: `path:line: now …`. Changes
    nothing else.
    """
    markdown = markdown or files.markdown_of(root)
    done: list[str] = []
    for path, sides in compare.both(root, code, markdown).items():
        file = root / "docs" / code / path
        mended, said = _mended(sides, markdown)
        if said and file.resolve().is_relative_to((root / "docs" / code).resolve()):
            ending = "\r\n" if b"\r\n" in file.read_bytes() else "\n"
            file.write_text(mended.text, encoding="utf-8", newline=ending)
            done += said
    return done


def _mended(sides: Sides, markdown: Markdown) -> tuple[Page, list[str]]:
    """The page as it should be, and what was changed in it."""
    said: list[str] = []
    for _ in range(ROUNDS):
        page = sides.here.page
        mends = dict.fromkeys(finding.mend for finding in compare.findings(sides) if finding.mend)
        text, more = _applied(page, sorted(mends, key=lambda mend: (mend.line, bool(mend.old))))
        if not more:
            break
        said += more
        page = Page(page.path, page.file, text)
        sides = compare.beside(sides.english.page, page, markdown, sides.behind)
    return sides.here.page, said


def _applied(page: Page, mends: list[Mend]) -> tuple[str, list[str]]:
    """The text of a page with mends from top to bottom, and what they were, with the lines where
    they are now.
    """
    lines, said, shift = page.text.splitlines(), [], 0
    for mend in mends:
        at, before = mend.line - 1 + shift, len(lines)
        if mend.old and mend.old in lines[at]:
            lines[at : at + 1] = lines[at].replace(mend.old, mend.new, 1).split("\n")
        elif not mend.old:
            at = _put(lines, at, mend.new)
        else:
            continue
        shift += len(lines) - before
        said.append(f"{page.file}:{at + 1}: now `{mend.new.splitlines()[0]}`")
    return "\n".join(lines) + "\n", said


def _put(lines: list[str], at: int, paragraph: str) -> int:
    """Puts a paragraph above a line, with an empty line around it. Returns where it stands."""
    above = [""] if at and lines[at - 1].strip() else []
    below = [""] if at < len(lines) and lines[at].strip() else []
    lines[at:at] = [*above, paragraph, *below]
    return at + len(above)
