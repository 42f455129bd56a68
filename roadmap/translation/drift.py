"""Tells which sections of a translation English has left behind, and how a reader sees it.

A section is pinned to the hash of the English section it was translated from. Writes nothing:
pinning.py does.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from macros.language.translator import Translator
from roadmap.project import class_names
from roadmap.project.edition_file import ENGLISH
from roadmap.project.sections import Section, sections, texts
from roadmap.translation import git_history, pins

Same = Callable[
    [str, str, str | None, str], bool
]  # page, section, hash, other hash → whether they mean the same
NEXT_STEP = re.compile(rf"\{{ \.({'|'.join(class_names.LINKS)}) \}}\s*$")
SIGNS = re.compile(r"[^\w\s.,’–]|_")


@dataclass(frozen=True, kw_only=True)
class Drift:
    """A section that English has `changed`, that is `new` there, or `gone` from there.

    `line` is where the section stands in the translation, else the line it belongs below, the last
    of the section `above` (None: at the top). `pinned` is the hash it was translated from; `before`
    is the English text of that hash, None where history does not tell; `after` is the English text
    of today.
    """

    page: str
    id: str
    title: str
    line: int
    why: Literal["changed", "new", "gone"]
    above: str | None
    pinned: str | None
    before: str | None
    after: str | None

    @property
    def difference(self) -> str:
        """What changed in English, as a unified diff; empty where the text from before is not
        known.
        """
        if self.before is None and self.why != "new":
            return ""
        old, new = ((text or "").splitlines() for text in (self.before, self.after))
        return "\n".join(difflib.unified_diff(old, new, "translated from", "now", lineterm=""))


def drifted(root: Path, code: str, look_back: bool = True) -> list[Drift]:
    """Sections of translated and pinned pages that English has left behind, page by page, in the
    order of English.

    `look_back` asks git for the English text they were translated from. Raises Problems with
    malformed state.
    """
    if code == ENGLISH:
        return []
    pinned, same = pins.pins_of(root, code), _meanings(root)
    english, here = texts(root, ENGLISH), texts(root, code)
    found = [
        drift
        for page in sorted(here.keys() & pinned.keys())
        for drift in _of_page(
            page, sections(english.get(page, "")), sections(here[page]), pinned[page], same
        )
    ]
    return _remembered(root, found) if look_back else found


def _of_page(
    page: str,
    english: Mapping[str, Section],
    here: Mapping[str, Section],
    pinned: Mapping[str, str],
    same: Same,
) -> Iterator[Drift]:
    above = None
    for id, section in english.items():
        if not same(page, id, pinned.get(id), section.hash):
            yield _drift(
                page, here.get(id, section), here, above, pinned.get(id), after=section.text
            )
        above = id if id in here else above
    for id in here:
        if id in pinned and id not in english:
            yield _drift(page, here[id], here, above, pinned[id], after=None)


def _drift(
    page: str,
    section: Section,
    here: Mapping[str, Section],
    above: str | None,
    pinned: str | None,
    after: str | None,
) -> Drift:
    line = section.line if section.id in here else here[above].end if above else 1
    why = "gone" if after is None else "changed" if pinned else "new"
    return Drift(
        page=page,
        id=section.id,
        title=section.title,
        line=line,
        why=why,
        above=above,
        pinned=pinned,
        before=None,
        after=after,
    )


def _remembered(root: Path, found: list[Drift]) -> list[Drift]:
    """The same, with the English text from before where git has it."""
    paths = {drift.page: f"docs/en/{drift.page}" for drift in found if drift.pinned}
    versions = git_history.versions(root, paths.values())
    return [
        replace(drift, before=_pinned_text(drift, versions.get(paths.get(drift.page, ""), ())))
        for drift in found
    ]


def _pinned_text(drift: Drift, versions: Iterable[str]) -> str | None:
    then = (sections(text).get(drift.id) for text in versions)
    return next(
        (section.text for section in then if section and section.hash == drift.pinned), None
    )


def _meanings(root: Path) -> Same:
    """Whether two hashes of a section mean the same, by any chain of declarations."""
    pairs = pins.same_meaning(root).pages

    def same(page: str, id: str, one: str | None, other: str) -> bool:
        reached, waiting = set(), [one]
        while waiting:
            if (at := waiting.pop()) not in reached:
                reached.add(at)
                waiting += [
                    b if at == a else a for a, b in pairs.get(page, {}).get(id, ()) if at in (a, b)
                ]
        return other in reached

    return same


# How a reader sees it


def mark(text: str, drifts: Iterable[Drift], translator: Translator) -> str:
    """A translated page with a note on each of its sections that English has left behind. `drifts`
    are of this page.

    The note is an admonition of the kind `older`, in the language of the edition. Its link leads
    out of the edition, so it is written as HTML: MkDocs takes a Markdown link for one to a page of
    its own.
    """
    lines, here = text.splitlines(keepends=True), sections(text)
    notes: dict[int, str] = {}
    for drift in drifts if here else ():
        if note := _note(drift, drift.id in here, translator):
            at = _place(drift, here, lines)
            notes[at] = notes.get(at, "\n") + note
    for at, note in notes.items():
        lines[at - 1] = lines[at - 1].rstrip("\r\n") + "\n" + note
    return "".join(lines)


def _place(drift: Drift, here: Mapping[str, Section], lines: list[str]) -> int:
    """The line that a note follows: the heading of the section, or the last words of the section
    above.
    """
    if drift.id in here or drift.above not in here:
        return here.get(drift.id, next(iter(here.values()))).line
    at = here[drift.above].end
    while at > here[drift.above].line and (
        not lines[at - 1].strip() or NEXT_STEP.search(lines[at - 1])
    ):
        at -= 1
    return at


def _note(drift: Drift, there: bool, translator: Translator) -> str:
    """The note on a section that is `there` or not; empty for a new one that is there and only
    waits for its pin.

    It is in English, and marked as such, as long as a sentence of it is.
    """
    said, link = _said(drift, there, translator.marking_untranslated())
    if english := Translator.has_untranslated(said + link):
        said, link = _said(drift, there, Translator(ENGLISH))
    if not said:
        return ""
    address = (
        "../" * (drift.page.count("/") + 1)
        + f"{ENGLISH}/{quote(drift.page.removesuffix('.md'))}.html#{drift.id}"
    )
    away = f' <a href="{address}" hreflang="{ENGLISH}">{_plain(link)}</a>' if link else ""
    tongue = f'    {{: lang="{ENGLISH}" dir="ltr" }}\n' if english else ""
    return f'!!! older ""\n    {_plain(said)}{away}\n{tongue}\n'


def _said(drift: Drift, there: bool, translator: Translator) -> tuple[str, str]:
    """What a note says, and the name of the link behind it."""
    link = translator.gettext("Read the English section")
    match drift.why, there:
        case "changed", True:
            return translator.gettext(
                "This section is older than the English one. The English page has changed since it was translated."
            ), link
        case "gone", True:
            return translator.gettext("The English edition no longer has this section."), ""
        case "new" | "changed", False:
            return translator.gettext(
                "The English page has a section here that is not translated yet."
            ), link
    return "", ""


def _plain(said: str) -> str:
    """A sentence in which neither Markdown nor Jinja finds anything to read."""
    return SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", " ".join(said.split()))
