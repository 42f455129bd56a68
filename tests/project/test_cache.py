"""What a cache gives back and what it forgets, and that its keys follow all that makes a file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmap.pdf import renderer
from roadmap.pdf.renderer import Job, PdfRenderer, Sheet
from roadmap.project import cache
from roadmap.project.cache import ValueCache, code_of, fingerprint
from roadmap.staging import web_fonts
from tests.conftest import ROOT

TYPESETTING = sorted(path.name for path in (ROOT / "macros" / "typesetting").glob("*.py"))


def never() -> bytes:
    pytest.fail("made again")


# Values


def test_what_was_made_from_the_same_values_comes_back(tmp_path: Path) -> None:
    assert ValueCache(tmp_path / "pdf", ".pdf").get(lambda: b"one", "text", 1, b"x", ("a",)) == b"one"
    assert ValueCache(tmp_path / "pdf", ".pdf").get(never, "text", 1, b"x", ("a",)) == b"one"
    assert [path.suffix for path in (tmp_path / "pdf").iterdir()] == [".pdf"]


@pytest.mark.parametrize("values", [("text", 2), ("text", "1"), ("text",), ("tex", "t", 1), ("text", 1, None), (1, "text"), (b"text", 1)])
def test_other_values_make_it_anew(values: tuple[object, ...], tmp_path: Path) -> None:
    kept = ValueCache(tmp_path, ".pdf")
    assert kept.get(lambda: b"one", "text", 1) == b"one"
    assert kept.get(lambda: b"two", *values) == b"two"
    assert kept.get(never, "text", 1) == b"one" and kept.get(never, *values) == b"two"


def test_what_fails_to_be_made_leaves_nothing(tmp_path: Path) -> None:
    kept = ValueCache(tmp_path, ".pdf")
    with pytest.raises(ZeroDivisionError):
        kept.get(lambda: bytes(1 // 0), "text")
    assert not kept.path("text").exists() and kept.get(lambda: b"one", "text") == b"one"


def test_tidying_removes_what_nobody_asked_for(tmp_path: Path) -> None:
    before = ValueCache(tmp_path, ".pdf")
    for value in "abc":
        before.get(value.encode, value)
    (tmp_path / "notes.txt").write_text("not of this cache")
    now = ValueCache(tmp_path, ".pdf")
    now.get(never, "b")
    now.get(lambda: b"d", "d")
    now.tidy()
    assert {path for path in tmp_path.iterdir() if path.suffix == ".pdf"} == {now.path("b"), now.path("d")}
    assert (tmp_path / "notes.txt").exists()


def test_a_fingerprint_tells_values_apart() -> None:
    assert fingerprint("a", 1) == fingerprint("a", 1)
    assert len({fingerprint("a", "b"), fingerprint("ab"), fingerprint(("a", "b")), fingerprint("b", "a"), fingerprint("a, b")}) == 5


# Code


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of our code, to change. What is known of the code is forgotten before and after."""
    for name in ("macros", "roadmap"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "CODE", tmp_path)
    code_of.cache_clear()
    yield tmp_path
    code_of.cache_clear()


def change(file: Path) -> None:
    """Another line in a file of code."""
    with file.open("a", encoding="utf-8") as text:
        text.write("\n# more\n")
    code_of.cache_clear()


@pytest.mark.parametrize("file", ["renderer.py", "svg_styles.py", "added.py"])
def test_the_values_of_a_package_follow_each_of_its_files(file: str, code: Path) -> None:
    before, others = code_of("roadmap/pdf"), code_of("macros/typesetting")
    assert len(before) > 4 and {name.rpartition("/")[0] for name, _ in before} == {"roadmap/pdf"}
    change(code / "roadmap" / "pdf" / file)
    assert code_of("roadmap/pdf") != before and code_of("macros/typesetting") == others


def test_what_python_compiled_is_no_code(code: Path) -> None:
    before = code_of("roadmap/pdf")
    (code / "roadmap" / "pdf" / "__pycache__").mkdir()
    (code / "roadmap" / "pdf" / "__pycache__" / "book.cpython-311.pyc").write_bytes(b"x")
    code_of.cache_clear()
    assert code_of("roadmap/pdf") == before


@pytest.mark.parametrize("file", TYPESETTING)
def test_a_font_is_cut_anew_when_any_code_of_letters_changes(file: str, code: Path) -> None:
    for_pdfs, for_the_web = renderer.font_values(), web_fonts._values()
    assert renderer.font_values() == for_pdfs and web_fonts._values() == for_the_web
    change(code / "macros" / "typesetting" / file)
    assert renderer.font_values() != for_pdfs and web_fonts._values() != for_the_web


@pytest.mark.parametrize("name", ["UPRIGHT", "SCRIPTS"])
def test_a_font_is_cut_anew_from_another_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = renderer.font_values()
    other = tmp_path / "other.ttf"
    other.write_bytes(renderer.UPRIGHT.read_bytes() + b"\0")
    monkeypatch.setattr(renderer, name, other if name == "UPRIGHT" else {})
    assert renderer.font_values() != before


@pytest.mark.parametrize("file", ["roadmap/pdf/pdf_fixes.py", "roadmap/pdf/svg_styles.py", "macros/typesetting/print_fonts.py"])
def test_a_pdf_is_rendered_anew_when_its_code_changes(file: str, code: Path) -> None:
    job = Job("a.pdf", (Sheet("a", "en", "<p>a", ""),), {"en": "A"})

    def path() -> Path:
        pdfs = PdfRenderer(ROOT, "test")
        return pdfs.pdfs.path(*pdfs._values(job))

    before = path()
    assert path() == before
    change(code / file)
    assert path() != before
