"""Knows how a language sets quotation marks, spaces, dots and ranges; finds what is set otherwise.

Changes nothing. Each rule yields at most one fault of a kind in a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from macros.facts.problem import Problem, brief
from macros.language.messages import forms
from roadmap.check.language.quotation_marks import QUOTES, of_language
from roadmap.check.language.shown_messages import catalogue_file, shown_messages
from roadmap.check.structure.outline import PIECE, Outline
from roadmap.project.project import Edition

Fault = tuple[str, str]  # what was found, what was expected
Rule = Callable[[str, str], Iterator[Fault]]  # of a text and the code of its language

NO_BREAK = "\u00a0\u202f"
NO_BREAK_SPACE = re.compile(f"[{NO_BREAK}]")
SPACED = {"fr": ":;!?", "fr-CA": ":"}  # language → signs with a no-break space before them
MARKS = "“”„‟‘‚«»‹›"  # ’ is an apostrophe, too
MARK = re.compile(f"[{MARKS}]")
BEFORE_OPENING = " ([{–—-/"
AFTER_CLOSING = " .,;:!?…)]}–—-/"
ASCII_SINGLE = re.compile(r"(?<!\d)'")
DOUBLE_SPACE = re.compile(rf"(?<=\S)[ {NO_BREAK}]{{2,}}(?=\S)")
DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
RANGE = re.compile(r"(?<![\w.,–-])\d+(?:[.,]\d+)?(?:-| - )\d+(?:[.,]\d+)?(?!\w|-\d)")
GUILLEMETS = re.compile(rf"«(?![{NO_BREAK}])|(?<![{NO_BREAK}])»")


def faults(text: str, code: str) -> Iterator[Fault]:
    """What a text sets otherwise than its language does; each kind of fault once. Knows no
    markup.
    """
    for rule in RULES:
        yield from rule(text, code)


def typography_on_pages(outlines: Iterable[Outline], code: str) -> Iterator[Problem]:
    """The words of pages, and their descriptions: each kind of fault once, with its lines."""
    for outline in outlines:
        line, description = outline.page.front_matter.get("description", (1, ""))
        texts = [(line, description.strip("\"'"))]
        for block in outline.blocks("text"):
            texts += block.words
        found: dict[str, list[tuple[int, str]]] = {}
        for line, text in texts:
            for fault, expected in faults(text.strip(), code):
                found.setdefault(expected, []).append((line, fault))
        for expected, places in found.items():
            line, fault = places[0]
            more = dict.fromkeys(str(line) for line, _ in places[1:])
            also = f"; so too in line {', '.join(more)}" if more else ""
            yield outline.page.problem(line, fault, f"{expected}{also}")


def typography_in_messages(edition: Edition) -> Iterator[Problem]:
    """The messages that readers see. A straight quotation mark that English does not have is an
    error of its own.
    """
    for message in shown_messages(edition):
        has_marks = '"' in "".join(forms(message.id))
        for text in dict.fromkeys(forms(message.string)):
            text = text if has_marks else text.replace('"', "")
            for fault in faults(text, edition.code):
                yield Problem(catalogue_file(edition), message.lineno or 1, *fault)


def _around(
    text: str,
    start: int,
    end: int,
) -> str:
    """A fault among its neighbours."""
    excerpt = text[max(0, start - 15) : end + 15]
    return brief(excerpt.replace(PIECE, "…"))


# Rules


def _typewriter_quotes(text: str, code: str) -> Iterator[Fault]:
    """No quotation marks of a typewriter."""
    at = text.find('"')
    if at >= 0:
        expected = "the quotation marks of this language"
        if pairs := of_language(QUOTES, code):
            expected = f"{pairs[0][0]}…{pairs[0][1]}"
        yield f'a straight `"` (`{_around(text, at, at + 1)}`)', expected
    if match := ASCII_SINGLE.search(text):
        yield f"a straight `'` (`{_around(text, *match.span())}`)", "’"


def _foreign_quotes(text: str, code: str) -> Iterator[Fault]:
    """No quotation marks of another language, or the wrong way round."""
    pairs = of_language(QUOTES, code)
    if not pairs:
        return
    tight = NO_BREAK_SPACE.sub("", text)
    for match in MARK.finditer(tight):
        side = _side(tight, match)
        if side is None or match[0] in {pair[side] for pair in pairs}:
            continue
        where = "after" if side else "before"
        expected = ", ".join(f"{pair[0]}…{pair[1]}" for pair in pairs)
        yield f"`{match[0]}` {where} words (`{_around(tight, *match.span())}`)", expected
        return


def _side(text: str, mark: re.Match[str]) -> int | None:
    """Whether a mark opens (0) or closes (1) a quotation; None where nobody can tell."""
    before = text[mark.start() - 1 : mark.start()]
    after = text[mark.end() : mark.end() + 1]
    opens = before in f"{BEFORE_OPENING}{MARKS}"
    closes = after in f"{AFTER_CLOSING}{MARKS}’"
    if opens == closes:
        return None
    return 0 if opens else 1


def _double_spaces(text: str, _: str) -> Iterator[Fault]:
    """One space between words."""
    if match := DOUBLE_SPACE.search(text):
        excerpt = text[max(0, match.start() - 12) : match.end() + 12]
        yield f"two spaces (`{NO_BREAK_SPACE.sub(_escape, excerpt)}`)", "one space"


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()


def _no_break_spaces(text: str, code: str) -> Iterator[Fault]:
    """French has a space that keeps a sign with its word."""
    signs = of_language(SPACED, code)
    if not signs:
        return
    without_space = rf"[^{NO_BREAK}\s({signs}…][{signs}](?=\s|$|[»”)])"
    with_other_space = rf"[^{NO_BREAK}\S][{signs}]"
    match = re.search(f"{without_space}|{with_other_space}", text)
    match = match or GUILLEMETS.search(text)
    if match:
        found = f"no space that keeps sign and word together in `{_around(text, *match.span())}`"
        yield found, "U+00A0 or U+202F between them"


def _dots(text: str, _: str) -> Iterator[Fault]:
    """An ellipsis is one sign."""
    if match := DOTS.search(text):
        yield f"three dots (`{_around(text, *match.span())}`)", "…"


def _ranges(text: str, _: str) -> Iterator[Fault]:
    """A range has an en dash."""
    if match := RANGE.search(text):
        right = re.sub(" ?- ?", "–", match[0])
        yield f"`{match[0]}`", f"`{right}`, with an en dash"


RULES: tuple[Rule, ...] = (
    _typewriter_quotes,
    _foreign_quotes,
    _double_spaces,
    _no_break_spaces,
    _dots,
    _ranges,
)
