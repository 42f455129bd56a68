"""Puts the pieces of a page in their places without a template engine: nothing that a page holds is
run.
"""

from __future__ import annotations

import re
from functools import partial

from macros.facts.problem import Problems
from macros.pieces import Pieces
from roadmap.check.safety import markdown_source
from roadmap.check.safety.allowlist import CALL, WORDS
from roadmap.project import pages
from roadmap.project.pages import Call, Page

ESCAPED = {"{": "&#123;", "}": "&#125;", "[": "&#91;", "]": "&#93;"}


def spoken(page: Page, pieces: Pieces) -> str:
    """The page with every call replaced by what its piece answers. Raises Problems where anything
    else stands.

    Braces and brackets of an answer become entities: a translated word such as `*x*{ onclick=… }`
    would else be an attribute list to Markdown, and `{{ … }}` a call to whoever reads the page
    next.
    """
    sheet = markdown_source.Sheet(page, frozenset())
    problems = [page.problem(*wrong) for wrong in markdown_source.template_code(sheet)]

    def say(found: re.Match[str], line: int) -> str:
        call = Call(line, found[1], tuple(words[1:-1] for words in WORDS.findall(found[2] or "")))
        markup, wrong = pages.speak(page, call, pieces)
        problems.extend(wrong)
        return re.sub(r"[{}\[\]]", lambda sign: ESCAPED[sign[0]], markup)

    if not problems:
        body = [CALL.sub(partial(say, line=number), text) for number, text in sheet.lines]
    if problems:
        raise Problems(problems)
    return "\n".join([*(text for _, text in sheet.front), *body])
