"""Hostile editions: each is named with file and line, quickly; nothing of it runs, nothing of it reaches a page."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from macros.facts.problem import Problems, collect_problems
from macros.pieces import NAMES
from roadmap.check.safety import allowlist, files, markdown_source
from roadmap.check.safety.files import check_safety
from roadmap.check.safety.markdown_source import check_page_source, linkable_hosts
from roadmap.check.safety.rendered_html import check_rendered_html
from roadmap.project import piece_calls
from roadmap.project.markdown_pages import HOLE, convert, fill
from roadmap.project.pages import Page
from roadmap.project.piece_calls import call_piece, calls
from roadmap.project.project import Project
from roadmap.translation.new_edition import begin
from tests.check.hostile import files as hostile_files
from tests.check.hostile import messages
from tests.check.hostile import pages as hostile
from tests.conftest import ROOT, rest

TOP = '---\ndescription: "One sentence."\n---\n# Leaders { #leaders }\n\n'
HOSTS = frozenset({"www.issa.nl"})
TABLES = ("RUNS", "TEMPLATES", "RAW", "ATTRIBUTES", "LINKS", "BLOCKS", "LETTERS", "SIZES")
SNIPPETS = {f"{table.lower()}: {name}": row for table in TABLES for name, row in getattr(hostile, table).items()}
LONGEST = 60  # seconds: a guard against work without end, no measure of speed


PUBLISHED = Project(ROOT)


class Borrowing(Project):
    """A project with editions of its own, and the configuration and facts of the published one."""

    config = property(lambda self: PUBLISHED.config)
    markdown = property(lambda self: PUBLISHED.markdown)
    content = property(lambda self: PUBLISHED.content)


@pytest.fixture(scope="session")
def to_html() -> Callable[[Page], str]:
    """A page as Markdown makes it, its calls left as holes."""
    return lambda page: convert(page, PUBLISHED.markdown).html


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one Danish edition of one page."""
    (tmp_path / "docs" / "da").mkdir(parents=True)
    (tmp_path / "docs" / "da" / "page.md").write_text("# Ledere { #leaders }\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def judge(root: Path) -> Callable[..., list[str]]:
    """Puts a file into an edition and says what is wrong with that edition."""
    def judged(name: str = "page.md", content: str = "", code: str = "da") -> list[str]:
        folder = root / "docs" / code
        folder.mkdir(exist_ok=True)
        if content:
            (folder / name).write_text(content, encoding="utf-8", newline="")
        started = time.process_time()
        found = [str(problem) for problem in check_safety(Borrowing(root).edition(code))]
        assert time.process_time() - started < LONGEST
        return found
    return judged


def named(found: list[str], place: str, words: str) -> bool:
    return any(each.startswith(f"{place}: ") and words in each for each in found)


# Pages


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_hostile_snippet_is_named_with_its_line(name: str, judge: Callable[..., list[str]]) -> None:
    snippet, line, words = SNIPPETS[name]
    found = judge("page.md", TOP + snippet + "\n")
    assert named(found, f"docs/da/page.md:{line}", words), found
    assert len(found) <= files.MOST_NAMED


@pytest.mark.parametrize("name", hostile.STARTS)
def test_a_hostile_start_of_a_page_is_named(name: str, judge: Callable[..., list[str]]) -> None:
    text, line, words = hostile.STARTS[name]
    found = judge("page.md", text)
    assert named(found, f"docs/da/page.md:{line}", words), found


@pytest.mark.parametrize(
    "code", ["{{ a(" + "(" * 400 + ")" * 400 + ") }}", "{{ " + "9" * 5_000 + " }}"], ids=["deep", "digits"]
)
def test_a_call_that_jinja_gives_up_on_is_named(code: str) -> None:
    found = calls(Page("page.md", "docs/en/page.md", f"{TOP}{code}\n"))[1]
    assert [(problem.line, problem.found) for problem in found] == [(6, "braces that cannot be read")]


@pytest.mark.parametrize("name", ["quotes in quotes on one line", "a long paragraph", "many lines"])
def test_a_page_without_end_is_never_rendered(name: str, to_html: Callable[[Page], str]) -> None:
    text, line, words = hostile.SIZES[name]
    with pytest.raises(Problems) as refused:
        to_html(Page("page.md", "docs/en/page.md", f"{TOP}{text}\n"))
    assert named([str(problem) for problem in refused.value.problems], f"docs/en/page.md:{line}", words)


@pytest.mark.parametrize("name", hostile.INNOCENT)
def test_an_innocent_snippet_passes(name: str, judge: Callable[..., list[str]]) -> None:
    assert judge("page.md", TOP + hostile.INNOCENT[name] + "\n") == []


def test_hosts_of_the_sources_may_be_linked_to(tmp_path: Path) -> None:
    text = (ROOT / "content" / "sources.yml").read_text(encoding="utf-8")
    assert linkable_hosts(PUBLISHED) == set(re.findall(r"https?://([a-z0-9.-]+)", text)) >= HOSTS
    assert linkable_hosts(Project(tmp_path)) is None, "facts that cannot be read"


def test_where_no_source_can_be_read_any_host_may_be_linked_to(to_html: Callable[[Page], str]) -> None:
    page = Page("page.md", "docs/da/page.md", TOP + "[a](https://other.example/)\n")
    assert check_page_source(page, to_html, None) == []
    assert [problem.line for problem in check_page_source(page, to_html, HOSTS)] == [6]


def test_links_upwards_stay_in_the_edition(root: Path, judge: Callable[..., list[str]]) -> None:
    (root / "docs" / "da" / "how").mkdir()
    assert judge("how/page.md", TOP + "[a](../index.md) and [b](../what/educare.md#care)\n") == []
    assert named(judge("how/page.md", TOP + "[a](../../en/index.md)\n"), "docs/da/how/page.md:6", "out of the edition")


@pytest.mark.parametrize("code", [path.name for path in (ROOT / "docs").iterdir() if path.is_dir()])
def test_the_editions_of_the_project_pass(code: str) -> None:
    assert [str(problem) for problem in check_safety(PUBLISHED.edition(code))] == []


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_an_edition_that_just_began_passes(code: str, project: Path) -> None:
    begin(Project(project), code)
    assert [str(problem) for problem in check_safety(Project(project).edition(code))] == []


def test_letters_that_a_script_needs_pass_there_only(judge: Callable[..., list[str]]) -> None:
    text = "# می\u200cخواهم \u200f(x)\u200e { #x }\n"
    assert judge("page.md", text, "fa") == []
    assert named(judge("page.md", text, "da"), "docs/da/page.md:1", "U+200C ZERO WIDTH NON-JOINER")
    assert named(judge("page.md", "# a\u202eb\n", "fa"), "docs/fa/page.md:1", "U+202E")


@pytest.mark.parametrize("value", ["It’s one, isn't it? A & B (so)", '"Care: it\'s one & all #1 – so"', "A:b c#d"])
def test_plain_words_in_front_matter_pass(value: str, judge: Callable[..., list[str]]) -> None:
    text = f'---\ndescription: {value}\noriginal: "17-18, 21"\nhide: [navigation, toc]\n---\n# x\n'
    assert judge("page.md", text) == []
    assert yaml_of(text)["description"] == value.strip('"')


@pytest.mark.parametrize(("tags", "good"), [
    ("[diary, no time to write]", True), ("[børn, jo’s, الفريق]", True), ("[no, a b]", False), ("diary, log", False),
    ("[]", False), ("[a: b]", False), ("[12 things]", False), ('["x"]', False), ("[" + "word, " * 30 + "word]", False),
])
def test_words_for_search_are_a_list_of_plain_words(tags: str, good: bool, judge: Callable[..., list[str]]) -> None:
    text = f"---\ntags: {tags}\n---\n# x\n"
    assert (judge("page.md", text) == []) is good
    assert not good or all(isinstance(each, str) for each in yaml_of(text)["tags"])


def yaml_of(text: str) -> dict[str, object]:
    """Front matter as the build reads it."""
    return Page("page.md", "page.md", text).meta


def test_lines_of_windows_pass(judge: Callable[..., list[str]]) -> None:
    assert judge("page.md", (TOP + "Words.\n").replace("\n", "\r\n")) == []


# What Markdown makes of a page, without the first look


SEEN_TWICE = [name for name in SNIPPETS if name.split(":")[0] in {"raw", "attributes", "links"}]
SEEN_ONCE = {  # name → why Markdown makes nothing of it that an element, an attribute or an address shows
    "raw: the end of the page": "a parser drops ends without a start",
    "raw: a comment without end": "Markdown writes it out as text",
    "raw: a declaration": "a parser drops it",
    "raw: an abbreviation that ends early": "Markdown writes it out as text",
    "attributes: a deed on a point of a list": "a point takes a list only on a line of its own",
    "links: an abbreviation": "Markdown knows none here",
    "links: a link in a link": "Markdown makes one link of it",
    "links: a picture by reference": "there is nothing it refers to",
}


@pytest.mark.parametrize("name", SEEN_TWICE)
def test_the_second_look_sees_it_too(name: str, to_html: Callable[[Page], str]) -> None:
    page = Page("page.md", "docs/da/page.md", TOP + SNIPPETS[name][0] + "\n")
    found = collect_problems(lambda: check_rendered_html(page, to_html, HOSTS))
    assert bool(found) != (name in SEEN_ONCE), found


def test_what_the_first_look_lets_pass_is_looked_at_again(
    judge: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markdown_source, "RULES", ())
    assert named(judge("page.md", TOP + "<script>alert(1)</script>\n"), "docs/da/page.md:6", "the element `<script>`")


# Nothing runs


class Canary:
    """Remembers that somebody touched it."""

    def __init__(self) -> None:
        self.touched = False

    def __getattr__(self, name: str) -> Canary:
        self.touched = True
        return self

    def __call__(self, *_: object, **__: object) -> str:
        self.touched = True
        return "sung"


def around(canary: Canary) -> dict[str, object]:
    """What a page sees that is rendered as MkDocs does: the pieces and much more."""
    names = {name: lambda *_, **__: "<p>piece</p>" for name in NAMES}
    return names | {"canary": canary, "config": canary, "environment": canary, "macros_info": canary, "page": canary}


class Quiet:
    """Pieces that say what a hostile message would make them say."""

    def __init__(self, says: str = "<p>piece</p>"):
        self.says = says

    def __getattr__(self, name: str) -> Callable[..., str]:
        return lambda *_: self.says


@pytest.mark.parametrize("name", hostile.RUNS)
def test_what_would_run_elsewhere_does_not_run_here(
    name: str, tmp_path: Path, judge: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text, canary = TOP + hostile.RUNS[name][0], Canary()
    Environment().from_string(text).render(around(canary))
    assert canary.touched or Path("CANARY").exists(), "a snippet that does nothing shows nothing"
    canary.touched = False
    if Path("CANARY").exists():
        Path("CANARY").rmdir() if Path("CANARY").is_dir() else Path("CANARY").unlink()
    assert judge("page.md", text)
    with pytest.raises(Problems, match=r"template code|unknown piece"):
        rendered(Page("page.md", "docs/da/page.md", text), Quiet())
    assert not canary.touched and not Path("CANARY").exists()


@pytest.mark.parametrize("name", hostile.TEMPLATES)
def test_a_page_with_template_code_is_never_rendered(name: str) -> None:
    page = Page("page.md", "page.md", TOP + hostile.TEMPLATES[name][0])
    if name in {"braces as named entities", "all braces as entities"}:
        rendered(page, Quiet())  # for no template engine are these braces
    else:
        with pytest.raises(Problems):
            rendered(page, Quiet())


def rendered(page: Page, pieces: Any) -> str:
    """The page as a build renders it, up to the theme, which puts it in its place as it is."""
    return fill(page, convert(page, PUBLISHED.markdown), lambda page, call: call_piece(page, call, pieces)).html


@pytest.mark.parametrize("says", [
    "<p>{{ canary() }}</p>", "<p>{%%% if canary() %%%}x{%%% endif %%%}</p>", "<p>{", "<p>{### x</p>", "{{ canary.x }}",
])
def test_what_a_piece_says_is_on_the_page_as_it_is(says: str) -> None:
    page = Page("page.md", "page.md", TOP + '{{ voice("voice-1") }}{ .also }\n\n{{ voice("voice-1") }}\n')
    assert rendered(page, Quiet(says)).count(says) == 2


@pytest.mark.parametrize("says", [
    "*x*{ onclick=alert(1) }", "**x**{: style=y }", "[x](javascript:alert)", "![x](data:,x)",
])
def test_what_a_piece_says_in_a_sentence_is_not_read_as_markdown(says: str) -> None:
    page = Page("page.md", "page.md", '# x\n\nA {{ term("educare") }} b\n')
    tree = lxml.html.fragment_fromstring(rendered(page, Quiet(f"<a>{says}</a>")), create_parent="div")
    assert not tree.xpath("//@onclick | //@style | //img | //a[@href='javascript:alert']")


def test_the_pieces_of_the_project_are_in_their_pages() -> None:
    """Each block by itself, not in a paragraph; each term in its sentence."""
    for page in PUBLISHED.english.pages.values():
        speaker = PUBLISHED.english.pieces(page.path)
        html = rendered(page, speaker)
        assert not HOLE.search(html)
        for call in calls(page)[0]:
            answer = getattr(speaker, call.name)(*call.arguments)
            assert answer in html, (page.path, call)
            assert call.name == "term" or f"<p>{answer}" not in html, (page.path, call)


@pytest.mark.parametrize("text", [
    '<abbr title="{{ voice("voice-1") }}">x</abbr>', '[x](https://www.issa.nl/ \'{{ voice("voice-1") }}\')', '[x](/{{ voice("voice-1") }})',
])
def test_a_piece_inside_a_tag_is_refused(text: str) -> None:
    with pytest.raises(Problems, match=r"docs/da/page.md:3: a call of a piece inside a tag"):
        rendered(Page("page.md", "docs/da/page.md", f"# x\n\n{text}\n"), Quiet("<p>piece</p>"))


def test_an_unknown_word_for_a_piece_is_named() -> None:
    page = Page("page.md", "docs/da/page.md", '# x\n\n{{ voice("voice-99") }}\n')
    with pytest.raises(Problems, match=r"docs/da/page.md:3: the unknown voice `voice-99`"):
        rendered(page, PUBLISHED.english.pieces("page.md"))


# Anything that passes is harmless, whatever it is made of

BRICKS = st.sampled_from([
    "<", ">", "script>", "</", "img src=x onerror=alert(1)", "!--", "-->", "[", "]", "](", ")", "[x]", ": ",
    "javascript:", "alert(1)", "&#", "115;", "&lt;", "{", "}", "{:", "{{ ", " }}", "{%", "{ .also", "onclick=x", "#id",
    " ", "\n", "\n\n", "    ", "> ", "* ", "1. ", "|", "|---|\n", "*", "**", "_", "`", "```", "\\", '"', "'", "!",
    "!!! note", "!!! x", "a.md", "../", "https://www.issa.nl/", "//evil.example", "data:text/html,x", "words", "<br>",
    '<span lang="nl">', "</span>", "---", "=", "# ", "## ", "x: y", "\t", "\u00a0", '{{ voice("voice-1") }}', "term(",
])


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(BRICKS, max_size=14).map("".join))
def test_what_passes_is_harmless(to_html: Callable[[Page], str], text: str) -> None:
    page = Page("page.md", "page.md", "# x\n\n" + text)
    if check_page_source(page, to_html, HOSTS):
        return
    tree = lxml.html.fragment_fromstring(rendered(page, Quiet("<p>piece</p>")), create_parent="div")
    for node in tree.iter():
        assert isinstance(node.tag, str) and node.tag not in {"script", "img", "iframe", "svg", "style", "form"}
        assert not [name for name in node.attrib if name.startswith("on")]
        assert re.match(r"https://www\.issa\.nl|#|[\w./-]*\.html|$", node.get("href", "")), node.get("href")


# Files


@pytest.mark.parametrize("name", hostile_files.FILES)
def test_a_hostile_file_is_named(name: str, root: Path, judge: Callable[..., list[str]]) -> None:
    deed, place, words = hostile_files.FILES[name]
    deed(root / "docs" / "da")
    found = judge()
    joined = f"docs/da{place}" if place.startswith(":") else place
    assert any(f"{joined}: " in each and words in each for each in found), found
    assert all(each.isprintable() for each in found)


def test_the_folder_itself_is_no_link(root: Path, judge: Callable[..., list[str]]) -> None:
    (root / "docs" / "nl").symlink_to("/")
    assert judge(code="nl") == ["docs/nl:1: a link or a file; a folder that holds the edition"]


def test_the_folder_itself_is_no_file(root: Path) -> None:
    (root / "docs" / "nl").write_text("x", encoding="utf-8")
    assert "a link or a file" in str(check_safety(Project(root).edition("nl"))[0])


@pytest.mark.parametrize("code", ["english", "d", "DA", "da_DK", "x y"])
def test_the_folder_is_named_like_a_language(code: str, judge: Callable[..., list[str]]) -> None:
    assert named(judge(code=code), f"docs/{code}:1", "not named like a language")


def test_no_link_is_followed_and_no_pipe_is_opened(
    root: Path, judge: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = root / "docs" / "da"
    (folder / "secret.md").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe.md")
    opened: list[Path] = []
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: opened.append(path) or read(path))
    judge()
    assert [path for path in opened if not path.is_relative_to(root / ".cache" / "memo")] == [folder / "page.md"]


# YAML


@pytest.mark.parametrize("name", hostile_files.YAML)
def test_hostile_yaml_is_named_with_its_line(name: str, judge: Callable[..., list[str]]) -> None:
    file, text, line, words = hostile_files.YAML[name]
    found = judge(file, text)
    assert named(found, f"docs/da/{file}:{line}", words), found
    assert not Path("CANARY").exists()


def test_innocent_yaml_passes(judge: Callable[..., list[str]]) -> None:
    text = (
        "name: dansk\ntitle: VALUE – “vej”, l'enfant & R&D\nofficial_address: https://www.issa.nl/node/1126\n"
        "team: [A. B., C.]\nreviews:\n  how/index.md:\n    drafted: {by: A. B., on: 2026-11-02}\n"
    )
    assert judge("edition.yml", text) == []
    assert judge("state.yml", "how/index.md:\n  leaders: 0123456789ab\n") == []
    assert judge("queries.yml", "- query: børnehave … ../\n  page: how/index.md\n".replace(" ../", "")) == []


def test_large_yaml_within_the_limit_is_read_in_time(judge: Callable[..., list[str]]) -> None:
    assert judge("state.yml", "".join(f"k{i}: v\n" for i in range(11_000))[:100_000].rpartition("\n")[0] + "\n") == []


# Messages


@pytest.mark.parametrize("name", messages.MESSAGES)
def test_a_hostile_message_is_named_with_its_line(name: str, judge: Callable[..., list[str]]) -> None:
    text, line, words = messages.MESSAGES[name]
    found = judge("messages.po", messages.HEADER + text)
    assert named(found, f"docs/da/messages.po:{line}", words), found


@pytest.mark.parametrize("name", messages.HEADERS)
def test_a_hostile_header_is_named(name: str, judge: Callable[..., list[str]]) -> None:
    text, line, words = messages.HEADERS[name]
    found = judge("messages.po", text)
    assert named(found, f"docs/da/messages.po:{line}", words), found


@pytest.mark.parametrize("name", messages.INNOCENT)
def test_innocent_messages_pass(name: str, judge: Callable[..., list[str]]) -> None:
    assert judge("messages.po", messages.HEADER + messages.INNOCENT[name]) == []


@pytest.mark.parametrize("unit", [
    'msgid "{i}"\nmsgstr "b"\n\n', '"x"\n', "\n",
    '#~ msgid "{i}"\n#~ msgstr ""\n', 'msgid "{i}"\nmsgstr "<b>"\n\n', '"' + "\\\\" * 900 + '"\n', '"' + "words " * 12 + '"\n',
])
@pytest.mark.parametrize("size", [300_000, *rest(1_800_000)])
def test_long_messages_are_read_in_time(size: int, unit: str, judge: Callable[..., list[str]]) -> None:
    lines = "".join(unit.replace("{i}", str(i)) for i in range(size // (len(unit) + 3)))
    judge("messages.po", messages.HEADER + 'msgid "a"\nmsgstr ""\n' + lines)


# The grammar


def test_every_way_of_the_grammar_is_used() -> None:
    """What the grammar allows is written by somebody, or it should go."""
    text = "\n".join(hostile.INNOCENT.values())
    for form in (piece_calls.CALL, allowlist.ATTRIBUTES, allowlist.LINK, allowlist.HTML, allowlist.ENTITY):
        assert form.search(text)
