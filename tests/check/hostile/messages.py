"""Hostile messages: name → the lines after the header, the line that must be named, words that must be said."""

from __future__ import annotations

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: da\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
MARKUP, NO_PO, A_HEADER = "markup (`", "a line that is no PO", "the header `"


def said(text: str, english: str = "A checklist") -> str:
    return f'msgid "{english}"\nmsgstr "{text}"\n'


MESSAGES = {
    "a script": (said("<script>alert(1)</script>"), 8, MARKUP + "<"),
    "a script in pieces": ('msgid "A"\nmsgstr ""\n"<scr"\n"ipt>"\n', 9, MARKUP + "<"),
    "an attribute that ends early": (said('x\\" onmouseover=\\"alert(1)'), 8, 'a straight quotation mark (`"`)'),
    "a call": (said("{{ config }}"), 8, MARKUP + "{"),
    "a call beside a placeholder of a script": (
        said("{number} {{ config }}", "{number} of {total}"), 8, MARKUP + "{"),
    "a block": (said("{% include 'x' %}"), 8, MARKUP + "{"),
    "an attribute list": (said("*x*{ onclick=alert(1) }"), 8, MARKUP + "{"),
    "an attribute list with a colon": (said("*x*{: onclick=alert(1) }"), 8, MARKUP + "{"),
    "an entity": (said("&lt;script&gt;"), 8, MARKUP + "&lt;"),
    "an entity by number": (said("&#60;script"), 8, MARKUP + "&#"),
    "a link": (said("[x](javascript:alert)"), 8, MARKUP + "]("),
    "a reference": (said("[x]: y"), 8, MARKUP + "]:"),
    "a script as address": (said("JavaScript :alert(1)"), 8, MARKUP + "JavaScript :"),
    "data as address": (said("data:text/html,x"), 8, MARKUP + "data:text/"),
    "another address": (said("See https://evil.example", "See the site"), 8, "an address (`https://evil.example`)"),
    "code marks": (said("`x`"), 8, MARKUP + "`"),
    "a new placeholder": (said("%(config)s"), 8, "`%(config)s`"),
    "a placeholder of another kind": (said("%(number)d", "%(number)s children"), 8, "`%(number)d`; `%(number)s`"),
    "a wide placeholder": (said("%(number)999999999s", "%(number)s children"), 8, "`%(number)999999999s`"),
    "a wide format": (said("%999999999s"), 8, "`%999999999s`"),
    "a wide format after a space": (said("50 % 999999999s"), 8, "`% 999999999s`"),
    "a format of points": (said("50 %.999999999f"), 8, "`%.999999999f`"),
    "a percent sign beside a placeholder": (said("%(number)s %", "%(number)s children"), 8, "`%`"),
    "a turned direction": (said("a\u202eb"), 8, "U+202E"),
    "a space without width": (said("a\u200bb"), 8, "U+200B"),
    "a new line": (said("a\\n\\n<b>", "A"), 8, "a line break"),
    "an escape of C": (said("\\074script>"), 8, NO_PO),
    "an escape in hexadecimal": (said("\\x3cscript>"), 8, NO_PO),
    "a text that is too long": (said("word " * 100), 8, "500 characters"),
    "a text of many lines": ('msgid "x"\nmsgstr ""\n' + '"words and words"\n' * 400, 7, "more than 300 lines"),
    "a text without end": ('msgid "x\nmsgstr ""\n', 7, NO_PO),
    "a quotation mark inside": ('msgid "x" y"\nmsgstr ""\n', 7, NO_PO),
    "no PO at all": ("import os\n", 7, NO_PO),
    "a translation of nothing": ('msgstr "x"\nmsgstr "y"\n', 7, NO_PO),
    "a context of nothing": ('msgctxt "x"\n', 7, "a message without `msgstr`"),
    "many plurals": ('msgid "x"\nmsgid_plural "y"\nmsgstr[99999999] "z"\n', 9, NO_PO),
    "a hostile plural": ('msgid "x"\nmsgid_plural "y"\nmsgstr[0] "a"\nmsgstr[1] "<b>"\n', 10, MARKUP + "<"),
    "a message twice": (said("a") + said("b"), 9, "a message a second time"),
    "a message without words": ('msgctxt "x"\nmsgid ""\nmsgstr "a"\n', 7, "a message without words"),
    "an obsolete message": ('#~ msgid "x"\n#~ msgstr "<script>"\n', 8, MARKUP + "<"),
    "an obsolete message twice": (
        '#~ msgid "x"\n#~ msgstr "<script>"\n\n#~ msgid "x"\n#~ msgstr "y"\n', 7, "a message a second time"),
    "a comment inside a message": ('msgid "x"\nmsgstr "a"\n# y\n"<b>"\n', 10, NO_PO),
    "a hidden direction in a comment": ("# a \u202e b\n" + said("a"), 7, "U+202E"),
}
HEADERS = {
    "another alphabet": (said("Content-Type: text/plain; charset=UTF-7\\n", ""), 2, A_HEADER + "Content-Type:"),
    "another alphabet in pieces": (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; char"\n"set=utf-16\\n"\n', 2, A_HEADER + "Content-Type:"),
    "plurals without end": (
        said("Plural-Forms: nplurals=9999999999; plural=0;\\n", ""), 2, A_HEADER + "Plural-Forms:"),
    "plurals that are run": (
        said("Plural-Forms: nplurals=2; plural=__import__('os').mkdir('CANARY');\\n", ""), 2, A_HEADER + "Plural"),
    "a language that is a path": (said("Language: ../../etc\\n", ""), 2, A_HEADER + "Language:"),
    "a date that is none": (said("PO-Revision-Date: now\\n", ""), 2, A_HEADER + "PO-Revision-Date:"),
    "a header that is none": (said("words\\n", ""), 2, "`words` in the header"),
}
INNOCENT = {
    "plain words": said("En tjekliste – “så at sige”, l'enfant."),
    "placeholders": said("%(title)s: %(number)s", "%(number)s, %(title)s"),
    "placeholders of scripts": said("{total}: {number}", "{number} of {total}"),
    "a percent sign": said("50 % af børnene, 100 %.", "half of the children, all"),
    "two percent signs": said("%(number)s %%", "%(number)s per cent"),
    "plurals": 'msgid "%(n)s child"\nmsgid_plural "%(n)s children"\nmsgstr[0] "%(n)s barn"\nmsgstr[1] "%(n)s børn"\n',
    "nothing yet": said(""),
    "a context and comments": (
        '#. Where it appears\n#: content/stages.yml\n#, fuzzy\n#| msgid "old <b>"\n'
        'msgctxt "a/b"\nmsgid "x"\nmsgstr ""\n"y "\n"z"\n'
    ),
    "an address of the English": said("Se https://www.issa.nl", "See https://www.issa.nl"),
    "quotation marks of the English": said('\\"x\\"', '\\"y\\"'),
    "obsolete messages": said("a") + '\n#~| msgid "older"\n#~ msgid "old"\n#~ msgstr "gammel"\n#~ \n',
    "an obsolete message that came back": said("a") + '\n#~ msgid "A checklist"\n#~ msgstr "gammel"\n',
    "lines of Windows": said("a").replace("\n", "\r\n"),
}
