"""Fixes what the theme gets wrong for assistive technology and for valid HTML."""

from __future__ import annotations

import re

AUTOCOMPLETE = re.compile(r'(<input [^>]*\bdata-md-toggle="[^>]*?) autocomplete="off"')
SEARCH_TOGGLE = re.compile(r'\s*<input [^>]*\bdata-md-toggle="search"[^>]*>')
ALIGNED_CELL = re.compile(r'(<t[hd]) style="text-align: (left|center|right);"')
SIDES = {"left": "start", "center": "centre", "right": "end"}


def fixed(html: str) -> str:
    """A page without the faults of the theme."""
    html = AUTOCOMPLETE.sub(r"\1", html)
    html = SEARCH_TOGGLE.sub("", html)  # our search is a window
    html = html.replace(' tabindex=""', ' tabindex="0"')
    html = ALIGNED_CELL.sub(_aligned_by_class, html)
    if '<body dir="rtl"' in html:
        html = html.replace("<html ", '<html dir="rtl" ', 1)
    return html


def _aligned_by_class(cell: re.Match[str]) -> str:
    return f'{cell[1]} class="at-{SIDES[cell[2]]}"'
