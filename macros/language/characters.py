"""Characters that nobody sees, that turn the direction of text, or that no script has.

Three rules share the module: for the files of an edition, for its messages, for a terminal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from babel.core import get_global

INVISIBLE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u034f\u115f\u1160\u180e\u200b\u2028-\u202e\u2060-\u206f\u3164"
    "\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff9-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
JOINERS = "\u061c\u200c-\u200f"  # Arabic, Hebrew, Persian and Indic scripts need them
SCRIPTS_WITHOUT_JOINERS = {"Latn", "Grek", "Cyrl"}
UTF7 = r"\+AD[A-Za-z0-9]-"  # `<` and its like, for a browser that is told so

UNSEEN_CATEGORIES = {"Cc", "Co", "Cs"}  # control, private use, half characters
TURNS_OR_IS_NONE = re.compile("[\u202a-\u202e\ufdd0-\ufdef]")  # direction marks, no characters

TERMINAL_CATEGORIES = {"Cc", "Cn", "Co", "Cs", "Zl", "Zp"}  # a terminal may act on them
DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


# In a file of an edition


@cache
def forbidden_in_files(code: str) -> re.Pattern[str]:
    """Matches a character that no file of an edition may hold: invisible, or written in UTF-7."""
    joiners = "" if _needs_joiners(code) else JOINERS
    return re.compile(f"[{INVISIBLE}{joiners}]|{UTF7}")


def _needs_joiners(code: str) -> bool:
    """Whether the script of a language needs characters that join, part or order the others."""
    likely = get_global("likely_subtags").get(code.split("-")[0], "en_Latn_US")
    return likely.split("_")[1] not in SCRIPTS_WITHOUT_JOINERS


# In a message


def is_unseen(character: str) -> bool:
    """Whether a character may not stand in a translated message."""
    if unicodedata.category(character) in UNSEEN_CATEGORIES:
        return True
    return bool(TURNS_OR_IS_NONE.match(character))


# On a terminal


def escape_for_terminal(text: str) -> str:
    """A text that does nothing to a terminal but be read on one line."""
    return "".join(map(_escape, text))


def _escape(character: str) -> str:
    acts = unicodedata.category(character) in TERMINAL_CATEGORIES
    if acts or character in DIRECTION_MARKS:
        return character.encode("unicode_escape", "backslashreplace").decode()
    return character
