"""The small grammar of a page that strangers may write: calls, attribute lists, tags, addresses.
Searches nothing.

What is not on these lists is refused. Repetitions have an end or cannot be taken back, so that no
text, however made, takes longer than its length deserves.
"""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath

from roadmap.project import class_names

# Calls of pieces: `{{ voice("voice-1") }}`

_WORDS = r"""(?:"[^"\\{}<>\[\]`&|*_\n]{0,200}"|'[^'\\{}<>\[\]`&|*_\n]{0,200}')"""
WORDS = re.compile(_WORDS)
CALL = re.compile(
    rf"(?<!\{{)\{{\{{ {{0,3}}([a-z_]{{1,40}})\(({_WORDS}(?:, {{0,3}}{_WORDS}){{0,30}})?\) {{0,3}}\}}\}}(?!\}})"
)

# Attribute lists: `{ #id }`, `{ .next-step }`, `{ lang=nl }`

CLASSES = class_names.LINKS
TAG = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}"  # BCP 47
_ATTRIBUTE = (
    r"(?:#[a-z0-9][a-z0-9-]{0,79}"
    rf"|\.(?:{'|'.join(CLASSES)})"
    rf"""|(?:lang|hreflang)=(?:"{TAG}"|'{TAG}'|{TAG})"""
    r"""|dir=(?:"(?:ltr|rtl)"|'(?:ltr|rtl)'|(?:ltr|rtl)))"""
)
ATTRIBUTE_LIST = (
    "`{ #id }`, "
    + ", ".join(f"`{{ .{name} }}`" for name in CLASSES)
    + ", `lang=`, `dir=`, `hreflang=`"
)
ATTRIBUTES = re.compile(
    rf"\{{(?:: ?| ) {{0,3}}{_ATTRIBUTE}(?: {{1,3}}{_ATTRIBUTE}){{0,4}} {{0,3}}\}}"
)

# Raw HTML and entities

HTML = re.compile(
    r"<br ?/?>|</?(?:kbd|sup|sub)>|</(?:abbr|span)>|<abbr title=\"[^\"<>&{}\[\]\\`]{1,120}\">"
    rf"|<span(?: lang=\"{TAG}\"(?: dir=\"(?:ltr|rtl)\")?| dir=\"(?:ltr|rtl)\")>"
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

ADMONITIONS = ("note", "tip", "warning")
ADMONITION = re.compile(
    rf" {{0,16}}!!! (?:{'|'.join(ADMONITIONS)})(?: \"[^\"]{{1,200}}\")? {{0,3}}"
)
START = re.compile(
    r"(?:[ \t]*+(?:>|[-*+](?=[ \t])|\d{1,9}\.(?=[ \t])))*+[ \t]*+"
)  # `> `, `* `, `1. `
FENCE = re.compile(r"`{2,}|~{3,}")

# Front matter is one `key: text` a line: a small part of YAML that every reader takes alike.

_TEXT = r"(?:[^\"'<>{}\[\]\\`&]|&(?= ))"
_TAG = r"(?!(?:true|false|yes|no|on|off|null)[,\]])(?![\d -])[^\"'<>{}\[\]\\`&|*:#,!%@?\n]{2,40}"
_HIDE = "(?:navigation|toc|path|footer)"
FRONT = {  # key → its form, and an example
    "description": (
        re.compile(
            rf"\"(?:{_TEXT}|'){{1,300}}\""
            rf"|(?![-?:,#*!|>%@=~&]){_TEXT}(?:(?!: | #){_TEXT}|(?<=\w)'){{0,299}}(?<!:)"
        ),
        '"One sentence."',
    ),
    "original": (re.compile(r"\"[0-9, –-]{1,40}\""), '"17-18"'),
    "tags": (
        re.compile(rf"\[{_TAG}(?:, {_TAG}){{0,29}}\]"),
        "[words readers may search for, but do not find on the page]",
    ),
    "hide": (re.compile(rf"\[{_HIDE}(?:, {_HIDE}){{0,3}}\]"), "[navigation, toc]"),
}


def refused(address: str, page: str, hosts: frozenset[str]) -> tuple[str, str] | None:
    """Why a page may not link to an address, and what it may link to. `page` is its path below the
    edition.
    """
    if address and (inner := INNER.fullmatch(address)):
        if inner[1] and normpath(join(dirname(page), inner[1])).startswith(".."):
            return (
                f"a link out of the edition (`{brief(address)}`)",
                "the path of a page of this edition",
            )
        return None
    outer = OUTER.fullmatch(address)
    if outer and outer[1] not in hosts:
        return f"a link to the host `{brief(outer[1])}`", "a host that content/sources.yml names"
    return (
        None
        if outer
        else (f"a link to `{brief(address)}`", "`page.md#heading`, or an address with https://")
    )


def brief(text: str) -> str:
    """The start of a text, harmless on a terminal."""
    short = text if len(text) <= 40 else text[:39] + "…"
    return short if short.isprintable() else short.encode("ascii", "backslashreplace").decode()
