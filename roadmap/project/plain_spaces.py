"""Finds no-break spaces where Markdown and YAML take only plain ones: they look alike, and editors
put them there. In words they belong to the language and stay.
"""

from __future__ import annotations

import re

NO_BREAK = "\u00a0\u202f"
ANY = rf"[ \t{NO_BREAK}]"
MISPLACED = re.compile(
    rf"""
      ^{ANY}*!!!{ANY}+\w+{ANY}+                                # the kind of a callout
    | ^{ANY}*(?:(?:>|[-*+]|\#{{1,6}}|!!!)(?={ANY}){ANY}*)*(?=\S)  # before the first word
    | (?<!{ANY}){ANY}*(?<!\{{)\{{:?{ANY}[^{{}}"']*\}}{ANY}*              # an attribute list
    | \{{\{{[^{{}}"']*(?:"[^"]*"[^{{}}"']*)*\}}\}}                        # a call of a piece
    """,
    re.VERBOSE | re.MULTILINE,
)
FRONT_MATTER = re.compile(r"---\n(?:.*\n)*?---[ \t]*(?=\n)")
IN_CALL = re.compile(r'("[^"]*")')
IN_YAML = re.compile(rf"^{ANY}*(?:-{ANY}+)*(?:[\w./-]+:(?={ANY}){ANY}+)?")


def with_plain_spaces(text: str) -> str:
    """The text of a page, each no-break space of its markup as a plain one."""
    if not any(space in text for space in NO_BREAK):
        return text
    front = FRONT_MATTER.match(text)
    at = front.end() if front else 0
    keys = [yaml_with_plain_spaces(line) for line in text[:at].split("\n")]
    return "\n".join(keys) + MISPLACED.sub(lambda match: _plain(match[0]), text[at:])


def yaml_with_plain_spaces(line: str) -> str:
    """A line of YAML, each no-break space before its value as a plain one."""
    return IN_YAML.sub(lambda match: _plain(match[0]), line, count=1)


def _plain(markup: str) -> str:
    """Markup without no-break spaces; what stands in quotation marks stays."""
    parts = IN_CALL.split(markup)
    for index in range(0, len(parts), 2):
        for space in NO_BREAK:
            parts[index] = parts[index].replace(space, " ")
    return "".join(parts)
