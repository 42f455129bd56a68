"""The allow-list of a contributed page: attribute lists, tags, addresses, blocks, front matter.

What is not on these lists is refused; piece_calls.py has the form of a call. All quantifiers are
bounded or possessive, so that matching takes linear time. Reads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from posixpath import dirname, join, normpath

from macros.facts.problem import brief
from macros.language.messages import MARKUP
from roadmap.project import class_names
from roadmap.project.edition_file import LANGUAGE_TAG

Finding = tuple[str, str]  # what was found, what was expected

# Plain text, in messages and in YAML: none of these

FORBIDDEN_SIGN = re.compile(rf'"|{MARKUP.pattern}')  # `"` ends an attribute

# Attribute lists: `{ #id }`, `{ .next-step }`, `{ lang=nl }`

CLASSES = class_names.LINKS
_ATTRIBUTE = (
    r"(?:#[a-z0-9][a-z0-9-]{0,79}"
    rf"|\.(?:{'|'.join(CLASSES)})"
    rf"""|(?:lang|hreflang)=(?:"{LANGUAGE_TAG}"|'{LANGUAGE_TAG}'|{LANGUAGE_TAG})"""
    r"""|dir=(?:"(?:ltr|rtl)"|'(?:ltr|rtl)'|(?:ltr|rtl)))"""
)
_CLASS_LISTS = ", ".join(f"`{{ .{name} }}`" for name in CLASSES)
ATTRIBUTE_LIST = f"`{{ #id }}`, {_CLASS_LISTS}, `lang=`, `dir=`, `hreflang=`"
ATTRIBUTES = re.compile(
    rf"\{{(?:: ?| ) {{0,3}}{_ATTRIBUTE}(?: {{1,3}}{_ATTRIBUTE}){{0,4}} {{0,3}}\}}"
)

# Raw HTML and entities

HTML = re.compile(
    r"<br ?/?>|</?(?:kbd|sup|sub)>|</(?:abbr|span)>|<abbr title=\"[^\"<>&{}\[\]\\`]{1,120}\">"
    rf"|<span(?: lang=\"{LANGUAGE_TAG}\"(?: dir=\"(?:ltr|rtl)\")?| dir=\"(?:ltr|rtl)\")>"
)
ENTITIES = ("nbsp", "shy", "thinsp", "amp")
ENTITY = re.compile(r"&(?:#[^\s;]{0,10};?|[A-Za-z][A-Za-z0-9]{0,31};)")

# Addresses

LINK = re.compile(r"\]\(([^\s()<>\"'\\{}|`]{1,300})\)")
INNER = re.compile(
    r"((?:\.\./){0,6}(?:[a-z0-9-]{1,80}/){0,6}[a-z0-9-]{1,80}\.(?:md|svg|pdf))?(?:#[\w-]{1,200})?"
)
OUTER = re.compile(
    r"https://([a-z0-9.-]{1,100})(?:[/?#](?:[A-Za-z0-9._~/?=&#+,!:-]|%[0-9A-Fa-f]{2}){0,250})?"
)

# Blocks

ADMONITIONS = ("abstract", "note", "tip", "warning")
ADMONITION = re.compile(
    rf" {{0,16}}!!! (?:{'|'.join(ADMONITIONS)})(?: \"[^\"]{{1,200}}\")? {{0,3}}"
)
FENCE = re.compile(r"`{2,}|~{3,}")

# Front matter is one `key: text` a line: a small part of YAML that every reader takes alike.

_TEXT = r"(?:[^\"'<>{}\[\]\\`&]|&(?= ))"
_SEARCH_WORD = (
    r"(?!(?:true|false|yes|no|on|off|null)[,\]])(?![\d -])[^\"'<>{}\[\]\\`&|*:#,!%@?\n]{2,40}"
)
_HIDE = "(?:navigation|toc|path|footer)"
FRONT_MATTER = {  # key → its form, and an example
    "description": (
        re.compile(
            rf"\"(?:{_TEXT}|'){{1,300}}\""
            rf"|(?![-?:,#*!|>%@=~&]){_TEXT}(?:(?!: | #){_TEXT}|(?<=\w)'){{0,299}}(?<!:)"
        ),
        '"One sentence."',
    ),
    "original": (re.compile(r"\"[0-9, –-]{1,40}\""), '"17-18"'),
    "tags": (
        re.compile(rf"\[{_SEARCH_WORD}(?:, {_SEARCH_WORD}){{0,29}}\]"),
        "[words readers may search for, but do not find on the page]",
    ),
    "hide": (re.compile(rf"\[{_HIDE}(?:, {_HIDE}){{0,3}}\]"), "[navigation, toc]"),
}


def forbidden_address(
    address: str,
    page_path: str,
    hosts: Collection[str] | None,
) -> Finding | None:
    """Why a page may not link to an address, and what it may link to; None where it may.

    `page_path` is below the edition. `hosts` are those a page may link to; None: any.
    """
    if address and (inner := INNER.fullmatch(address)):
        return _out_of_edition(address, page_path, inner[1])
    outer = OUTER.fullmatch(address)
    if not outer:
        return f"a link to `{brief(address)}`", "`page.md#heading`, or an address with https://"
    if hosts is not None and outer[1] not in hosts:
        return f"a link to the host `{brief(outer[1])}`", "a host that content/sources.yml names"
    return None


def _out_of_edition(
    address: str,
    page_path: str,
    target: str | None,
) -> Finding | None:
    if target is None:
        return None
    if not normpath(join(dirname(page_path), target)).startswith(".."):
        return None
    found = f"a link out of the edition (`{brief(address)}`)"
    return found, "the path of a page of this edition"
