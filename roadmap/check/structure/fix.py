"""Fixes what a translated page has lost of its English page: ids, link targets, pieces.

Only where there is one way to do it; the rest stays a problem for somebody who reads both
languages. Touches no words.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from markdown import Markdown

from roadmap.check.structure.alignment import Alignment, Fix
from roadmap.check.structure.compare import alignments, findings
from roadmap.check.structure.outline import outline
from roadmap.project.pages import Page
from roadmap.project.project import Edition

ROUNDS = 5  # what is fixed can show what else is to fix


def fix(edition: Edition) -> list[str]:
    """Fixes the pages of an edition and returns what was written: `path:line: now …`.

    Changes nothing else, and follows no link out of the edition. Whoever judges the edition
    afterwards makes a new Project. Raises Problems where the configuration cannot be read.
    """
    if edition.is_english:
        return []
    done: list[str] = []
    for path, alignment in alignments(edition).items():
        page, changes = _fixed(alignment, edition.project.markdown)
        file = edition.folder / path
        if changes and _is_inside(file, edition.folder):
            before = edition.project.read_bytes(file)
            _write(file, page.text, before)
            done += changes
    return done


def _is_inside(file: Path, folder: Path) -> bool:
    """Whether a file is in a folder once all links are followed."""
    real_folder = folder.resolve()
    return file.resolve().is_relative_to(real_folder)


def _write(
    file: Path,
    text: str,
    before: bytes,
) -> None:
    """Writes a page with the line ends that it had."""
    has_windows_ends = b"\r\n" in before
    line_end = "\r\n" if has_windows_ends else "\n"
    file.write_text(text, encoding="utf-8", newline=line_end)


def _fixed(alignment: Alignment, markdown: Markdown) -> tuple[Page, list[str]]:
    """The page as it should be, and what was changed in it."""
    done: list[str] = []
    for _ in range(ROUNDS):
        page = alignment.translated.page
        fixes = _fixes(alignment)
        text, changes = _apply(page, fixes)
        if not changes:
            break
        done += changes
        fixed_page = Page(page.path, page.file, text)
        fixed_outline = outline(fixed_page, markdown)
        alignment = replace(alignment, translated=fixed_outline)
    return alignment.translated.page, done


def _fixes(alignment: Alignment) -> list[Fix]:
    """Every fix once, from top to bottom; in a line, new paragraphs first."""
    fixes: dict[Fix, None] = {}  # in the order of the findings
    for finding in findings(alignment):
        if finding.fix:
            fixes[finding.fix] = None
    return sorted(fixes, key=_order)


def _order(fix: Fix) -> tuple[int, bool]:
    """Sorts by line; a new paragraph, which replaces nothing, comes first in its line."""
    replaces_text = bool(fix.old)
    return fix.line, replaces_text


def _apply(page: Page, fixes: list[Fix]) -> tuple[str, list[str]]:
    """The text of a page after fixes from top to bottom, and what they were, with the lines where
    they are now.
    """
    lines = page.text.splitlines()
    done: list[str] = []
    shift = -1  # from a line as the fix counts to its place in the list
    for fix in fixes:
        index = fix.line + shift
        count = len(lines)
        if not fix.old:
            index = _insert(lines, index, fix.new)
        elif fix.old in lines[index]:
            _replace(lines, index, fix)
        else:
            continue
        shift += len(lines) - count
        number = index + 1
        first_line, *_ = fix.new.splitlines()
        done.append(f"{page.file}:{number}: now `{first_line}`")
    text = "\n".join(lines) + "\n"
    return text, done


def _replace(
    lines: list[str],
    index: int,
    fix: Fix,
) -> None:
    """Replaces the old text of a line, where it first stands, by the new one."""
    replaced = lines[index].replace(fix.old, fix.new, 1)
    lines[index : index + 1] = replaced.split("\n")


def _insert(
    lines: list[str],
    index: int,
    paragraph: str,
) -> int:
    """Puts a paragraph above a line, with an empty line around it. Returns where it stands."""
    line_above = lines[index - 1] if index else ""
    line_below = lines[index] if index < len(lines) else ""
    if line_below.strip():
        lines.insert(index, "")
    lines.insert(index, paragraph)
    if line_above.strip():
        lines.insert(index, "")
        return index + 1
    return index
