"""Mutates the bytes of a file as strangers, editors and bad lines do. The same dice give the same bytes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

MOST = 4  # changes of one file
LARGEST = 150_000  # bytes of what a mutation gives
NUMBER = re.compile(rb"\d+")

TEXTS = (
    # characters that are not seen, or that end lines for some
    "\0", "\x1b[2J", "\x7f", "\x85", "\u2028", "\ufeff", "\u202e", "\u2066", "\u200b", "\u00ad", "\ue003\x30\ue004", "\U000e0041", "\r", "\r\n", "\t",
    # numbers and dates
    "9" * 400, "9" * 5000, "-1", "1e999", "0x1F", "1_000", "0.1.2", ".inf", ".nan", "99999-99-99", "2024-02-30", "0000-00-00", "²", "١٢٣",
    # nested or long without end
    "[" * 3000, "{" * 3000, "(" * 3000, "> " * 500, "- " * 500, "[a](" * 500, "*a **b " * 300, "`" * 999, "|" * 2000, "x" * 60_000, "a " * 20_000,
    "\n" * 4000, "# a\n" * 4000, "  " * 400 + "- a\n", "\n".join("  " * depth + "a:" for depth in range(400)), "&amp;" * 3000, "<b>" * 2000, "_" * 4000,
    # YAML
    "&a [*a, *a]", "*a", "<<: *a", "!!python/object/apply:os.system [id]", "!!binary x", "? [a, b]\n: c", "---", "...", "%YAML 9.9", "- ", ": ", "|\n", "''", "null",
    "~", "yes", "{}", "[]", "\n<<<<<<< HEAD\n", "\n=======\n", "\n>>>>>>> b\n", "a: b: c", "@", "%", "'",
    # Markdown, HTML and templates
    "{{ 7 * 7 }}", "{% for i in range(10**9) %}", "{#", "#}", "{% raw %}", '{{ setup_diagram("randers") }}', '{{ setup_diagram("") }}', "{{ term() }}", "{{", "}}",
    '{{ voice("a", "b", c=1) }}', "{ #a .b c=d }", "{: }", "{ # }", "<script>alert(1)</script>", "<!--", "-->", "<![CDATA[", "<?php", "</textarea>", "<a href=javascript:a>",
    "<svg onload=a>", "&#x41;", "&nosuch;", "&#99999999999;", "[a]: b", "[^1]: a", "*[a]: b", "![a](b)", "[a](//b)", "[a](http://[::1", "[a](x:y)", "](%zz)", "](../../..)",
    "\n```\n", "\n~~~\n", "\n!!! danger\n", '\n!!! note "a\n', "\n# \n", "\n## { #a }\n", "\n|a|b|\n|-|\n|c|\n", "\n1. a\n\n        b\n", "\\", "\n---\n", "\n===\n",
    # PO
    '"', '\\"', "\\x", "\\777", "%(x)s", "%s%n", "%", "{x}", '\nmsgid "a"\n', '\nmsgstr "a"\n', '\nmsgstr[9] "a"\n', '\nmsgid_plural "a"\n', '\nmsgctxt "a"\n', "\n#~ ", "\n#| ",
    "\n#, fuzzy, range: 9..1\n", "\n#: a:b:99\n", '\n"Plural-Forms: nplurals=6; plural=n%0;\\n"\n', '\n"Plural-Forms: nplurals=99; plural=' + "(" * 300 + '\\n"\n',
    '\n"Content-Type: text/plain; charset=utf-7\\n"\n', '\n"Language: ../..\\n"\n', "\n#domain\n",
    # JSON
    '"__proto__"', '{"__proto__": {"a": 1}}', '"constructor"', "\\u0000", "\\ud800", "1e309", "-0", "true", "[[[[", '"copies": [', '"version": 2', '"Q0.0"', "//",
)  # fmt: skip
TOKENS = (*(text.encode() for text in TEXTS), b"\xff\xfe", b"\xc3(", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80" * 50)

Mutation = Callable[[bytes, Sequence[bytes], random.Random], bytes]


def mutated(data: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    """The bytes after one to four changes; `others` are files of the same kind."""
    for _ in range(dice.choice((1, 1, 1, 2, 3, MOST))):
        data = dice.choice(MUTATIONS)(data, others, dice)[:LARGEST]
    return data


def _flip(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 2, 20))):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _truncate(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    at = _place(data, dice)
    return data[:at] if dice.random() < 0.7 else data[at:]


def _lines(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    """A line twice, gone, or somewhere else."""
    lines = data.splitlines(keepends=True) or [b""]
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    what = dice.choice(("twice", "gone", "swapped", "often"))
    if what == "swapped":
        lines[one], lines[other] = lines[other], lines[one]
    else:
        lines[one:one + 1] = [lines[one]] * {"twice": 2, "gone": 0, "often": 300}[what]
    return b"".join(lines)


def _splice(data: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    other = dice.choice(others)
    return data[: _place(data, dice)] + other[_place(other, dice) :]


def _insert(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    at, token = _place(data, dice), dice.choice(TOKENS)
    return data[:at] + token + data[at:]


def _word(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    """A word twice, gone, or somewhere else: what a careless hand does."""
    words = re.split(rb"(\W+)", data)
    one, other = dice.randrange(len(words)), dice.randrange(len(words))
    words[one] = dice.choice((words[one] * 2, b"", words[other]))
    return b"".join(words)


def _put_in_place(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    """Something else in the place of a value."""
    words = list(re.finditer(rb"[^\s\"]+", data))
    if not words:
        return dice.choice(TOKENS)
    word = dice.choice(words)
    return data[: word.start()] + dice.choice(TOKENS) + data[word.end() :]


def _number(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    numbers = list(NUMBER.finditer(data))
    if not numbers:
        return data
    number = dice.choice(numbers)
    other = dice.choice((b"0", b"-1", b"1e9", b"9" * 30, b"9" * 5000, b"1.5", b"", b"NaN"))
    return data[: number.start()] + other + data[number.end() :]


def _line_ends(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    return data.replace(b"\n", dice.choice((b"\r\n", b"\r", b"\n\n", b" ", b"\n\r")))


def _indent(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    one = dice.randrange(len(lines))
    for at in range(one, min(len(lines), one + dice.choice((1, 5)))):
        lines[at] = dice.choice((b"  ", b"\t", b"    ", b" ")) + lines[at]
    return b"".join(lines)


def _place(data: bytes, dice: random.Random) -> int:
    """Anywhere, the start of a line, or the start or end of the file."""
    starts = [match.end() for match in re.finditer(rb"\n", data)] or [0]
    return dice.choice((dice.randint(0, len(data)), dice.choice(starts), dice.randint(0, len(data)), dice.choice((0, len(data)))))


MUTATIONS: tuple[Mutation, ...] = (
    _flip, _truncate, _lines, _splice, _insert, _insert, _put_in_place, _put_in_place, _word, _word, _number, _line_ends, _indent,
)  # fmt: skip
