"""A page as it is written: front matter, headings and lines, each with its number, whatever system it comes from."""

from __future__ import annotations

import pytest

from macros.facts.problem import Problem, Problems
from roadmap.project.pages import Heading, Page

TEXT = """\
---
description: What leaders do: a page
original:  p. 7
---
# Leaders { #leaders }

A pathway needs its leaders.

## Who
"""


def page(text: str) -> Page:
    return Page.decode("how/leaders.md", "docs/en/how/leaders.md", text.encode())


def test_front_matter_is_read_with_its_lines() -> None:
    found = page(TEXT)
    assert found.front_lines == [(1, "---"), (2, "description: What leaders do: a page"), (3, "original:  p. 7"), (4, "---")]
    assert found.front_matter == {"description": (2, "What leaders do: a page"), "original": (3, "p. 7")}
    assert "\n".join(line for _, line in found.lines_below_front) == TEXT.split("---\n")[2]
    assert found.lines_below_front[0] == (5, "# Leaders { #leaders }")
    assert [*found.front_lines, *found.lines_below_front] == found.lines


NO_FRONT_MATTER = {
    "none": "# Leaders\n\ndescription: x\n",
    "not closed": "---\ndescription: x\n\n# Leaders\n",
    "a blank line above": "\n---\ndescription: x\n---\n# Leaders\n",
    "a rule in the text": "# Leaders\n\n---\ndescription: x\n---\n",
    "a longer rule": "----\ndescription: x\n---\n# Leaders\n",
    "an empty page": "",
}


@pytest.mark.parametrize("name", NO_FRONT_MATTER)
def test_what_is_no_front_matter_is_text(name: str) -> None:
    text = NO_FRONT_MATTER[name]
    found = page(text)
    assert (found.front_lines, found.front_matter) == ([], {})
    assert "\n".join(line for _, line in found.lines_below_front) == text and found.lines_below_front == found.lines


def test_front_matter_ends_at_its_first_mark() -> None:
    found = page("---\na: 1\n---  \nb: 2\n---\n")
    assert found.front_matter == {"a": (2, "1")}
    assert found.lines_below_front == [(4, "b: 2"), (5, "---"), (6, "")]
    assert page("---\n---\nText").front_lines == [(1, "---"), (2, "---")] and page("---\n---\nText").front_matter == {}


def test_headings_have_their_line_level_text_and_id() -> None:
    found = page("# One { #one }\ntext\n## Two\n###### Six { .kind #six-6 }   \n### Three { .kind }\n")
    assert found.headings == (
        Heading(1, 1, "One", "one"),
        Heading(3, 2, "Two", None),
        Heading(4, 6, "Six", "six-6"),
        Heading(5, 3, "Three", None),
    )


@pytest.mark.parametrize("line", ["####### Seven", " # Indented", "text # One", "\\# One", "#", "#\tOne"])
def test_what_is_no_heading(line: str) -> None:
    assert page(f"{line}\n").headings == ()


def test_a_heading_without_a_space_is_one_to_markdown_and_named() -> None:
    assert page("##Lesen { #read }\n").headings == (Heading(1, 2, "Lesen", "read", spaced=False),)


@pytest.mark.parametrize(("written", "plain"), [
    ("## Lesen\u00a0{\u00a0#read }", "## Lesen { #read }"),
    ("##\u00a0Lesen { #read }", "## Lesen { #read }"),
    ("*\u00a0eins", "* eins"),
    ("{{\u202froles() }}", "{{ roles() }}"),
])
def test_no_break_spaces_in_markup_are_read_as_plain_ones_and_noted(written: str, plain: str) -> None:
    found = page("# One { #one }\n\n" + written + "\n")
    assert (found.lines[2], found.odd_lines) == ((3, plain), (3,))


@pytest.mark.parametrize("line", ["7\u00a0km", "* 7\u00a0km", '{{ term("x", "7\u00a0km") }}', "\u00a0", "Qui\u202f?"])
def test_no_break_spaces_in_words_stay(line: str) -> None:
    found = page(f"{line}\n")
    assert (found.lines[0], found.odd_lines) == ((1, line), ())


def test_front_matter_holds_no_headings() -> None:
    assert page("---\n# a comment of YAML\n---\n# One\n").headings == (Heading(4, 1, "One", None),)
    assert [heading.line for heading in page("---\n# not closed\n").headings] == [2]


@pytest.mark.parametrize("fence", ["```", "~~~", "    ```", "``` python"])
def test_code_is_no_prose(fence: str) -> None:
    found = page(f"---\na: 1\n---\nabove\n{fence}\n# Code\n\n## More\n{fence.split()[0]}\n# Below\n")
    assert list(found.prose_lines) == [(4, "above"), (10, "# Below"), (11, "")]
    assert found.headings == (Heading(10, 1, "Below", None),)
    assert list(found.prose_lines) == [(4, "above"), (10, "# Below"), (11, "")], "it can be read again"


def test_code_that_does_not_end_takes_the_rest_of_the_page() -> None:
    assert list(page("above\n```\n# One\nbelow").prose_lines) == [(1, "above")]


def test_only_the_fence_that_began_it_ends_code() -> None:
    found = page("```\n~~~\n# Code\n~~~\n```\n# Text\n~~~\n```\n# Code\n~~~\n# More\n")
    assert [heading.line for heading in found.headings] == [6, 11]
    longer = page("````\n```\n# Code\n```\n````  \n# Text\n")
    assert [heading.line for heading in longer.headings] == [6]
    assert page("```\n``` python\n# Code\n```\n").headings == ()


def test_a_text_is_found_on_its_first_line() -> None:
    found = page(TEXT)
    assert (found.line_of("leaders"), found.line_of("needs its"), found.line_of("## Who")) == (2, 7, 9)
    assert found.line_of("nowhere") == 1 == page("").line_of("x")


def test_a_page_from_windows_reads_the_same() -> None:
    ours, theirs = page(TEXT), page("\ufeff" + TEXT.replace("\n", "\r\n"))
    assert theirs == ours and "\r" not in theirs.text
    assert theirs.front_matter == ours.front_matter and theirs.headings == ours.headings


def test_only_a_line_feed_ends_a_line() -> None:
    """Other programs count lines so; a sign that some of them take for a line end must not shift the number of a problem."""
    found = page("one\x0b\x0c\x85\u2028\u2029two\nthree")
    assert found.lines == [(1, "one\x0b\x0c\x85\u2028\u2029two"), (2, "three")]
    assert found.line_of("three") == 2


@pytest.mark.parametrize(("raw", "line", "byte"), [
    (b"\xff", 1, "ff"),
    (b"# One\n\ncaf\xe9 au lait\n\xff\n", 3, "e9"),
    (b"# One\r\n\r\ncaf\xe9\r\n", 3, "e9"),
    ("# Où\n".encode("utf-16"), 1, "ff"),
    ("# Où é".encode()[:-1], 1, "c3"),
])
def test_bytes_that_are_not_utf_8_are_named_with_their_line(raw: bytes, line: int, byte: str) -> None:
    with pytest.raises(Problems) as refusal:
        Page.decode("index.md", "docs/da/index.md", raw)
    found = f"a byte that is not UTF-8 (0x{byte})"
    assert refusal.value.problems == (Problem("docs/da/index.md", line, found, "text saved as UTF-8"),)


def test_a_problem_names_the_file_as_people_know_it() -> None:
    assert str(page(TEXT).problem(5, "this", "that")) == "docs/en/how/leaders.md:5: this; that"
