"""Fonts are cut once for each set of letters, whoever asks; what nobody asks for goes after a while."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from macros.typesetting import subset
from macros.typesetting.fonts import ARABIC, BOLD, REGULAR, UPRIGHT, Face
from roadmap import build as building
from roadmap.postprocess import picture_files
from roadmap.project import font_cache
from roadmap.project.cache import DAY
from roadmap.project.font_cache import DAYS, FontCache
from roadmap.project.project import Project
from roadmap.staging import web_fonts
from tests.conftest import copy_project

FACE = Face(UPRIGHT, REGULAR)
ABC = [97, 98, 99]


@pytest.fixture
def cuts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What fonts were cut: face, letters. They are letters only, to be quick."""
    made: list[tuple[object, ...]] = []

    def cut(face: Face, letters: list[int]) -> bytes:
        made.append((face, tuple(letters)))
        return repr(made[-1]).encode()

    monkeypatch.setattr(subset, "web_font", cut)
    return made


def test_the_same_letters_are_cut_once(cuts: list, tmp_path: Path) -> None:
    first = FontCache(tmp_path).web_font(FACE, ABC)
    assert FontCache(tmp_path).web_font(FACE, iter([99, 97, 98, 97])) == first
    assert cuts == [(FACE, (97, 98, 99))]


def test_a_cut_from_the_cache_is_that_of_the_font(tmp_path: Path) -> None:
    fonts = FontCache(tmp_path)
    assert fonts.web_font(FACE, ABC) == fonts.web_font(FACE, ABC) == subset.web_font(FACE, ABC)


OTHERS = {
    "letters": (FACE, [97, 98]), "weight": (Face(UPRIGHT, BOLD), ABC),
    "file": (Face(ARABIC.upright, REGULAR), ABC), "name": (Face(UPRIGHT, REGULAR, "Other"), ABC),
}


@pytest.mark.parametrize("other", OTHERS)
def test_anything_else_is_cut_anew(other: str, cuts: list, tmp_path: Path) -> None:
    fonts = FontCache(tmp_path)
    assert fonts.web_font(FACE, ABC) != fonts.web_font(*OTHERS[other])
    assert len(cuts) == 2


def test_a_font_for_pictures_is_another(tmp_path: Path) -> None:
    fonts = FontCache(tmp_path)
    assert fonts.web_font(FACE, ABC)[:4] == b"wOF2" and fonts.picture_font(FACE, ABC)[:4] == b"wOFF"


@pytest.mark.parametrize(("name", "value"), [("code_of", lambda package: (package, "older")), ("packages", lambda: ("uharfbuzz 1.0",))])
def test_another_library_or_other_code_cuts_anew(name: str, value: object, cuts: list, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FontCache(tmp_path).web_font(FACE, ABC)
    monkeypatch.setattr(font_cache, name, value)
    FontCache(tmp_path).web_font(FACE, ABC)
    assert len(cuts) == 2


def test_a_font_file_is_read_once_however_many_cuts_are_made(cuts: list, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "font.ttf"
    file.write_bytes(b"font")
    read, own = [], Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or own(path))
    for letter in ABC:
        FontCache(tmp_path).web_font(Face(file, REGULAR), [letter])
    assert read.count(file) == 1 and len(cuts) == 3


def test_a_font_that_no_build_asks_for_goes_after_a_while(cuts: list, tmp_path: Path) -> None:
    fonts = FontCache(tmp_path)
    for letter in ABC:
        fonts.web_font(FACE, [letter])
    long_ago = time.time() - (DAYS + 1) * DAY
    for path in fonts.fonts.folder.iterdir():
        os.utime(path, (long_ago, long_ago))
    again = FontCache(tmp_path)
    again.web_font(FACE, [98])
    again.web_font(FACE, [100])
    FontCache(tmp_path).tidy()  # of another build, which has asked for nothing
    assert len([*fonts.fonts.folder.iterdir()]) == 2
    del cuts[:]
    again.web_font(FACE, [98])
    again.web_font(FACE, [97])  # as it was asked for while it went
    assert cuts == [(FACE, (97,))]


def test_a_second_build_cuts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy_project(tmp_path / "project")
    web_fonts.provide(root / "overrides" / "assets" / "fonts")
    project, made, cut = Project(root), [], subset._cut
    monkeypatch.setattr(subset, "_cut", lambda *values: made.append(values) or cut(*values))

    def build(name: str) -> dict[str, bytes]:
        job = building.Job(project, project.edition_files(), root / name, pdf=False, say=lambda _: None)
        building.build_edition(job, project.english)
        folder = root / name / "en" / "en"
        return {path.name: path.read_bytes() for pattern in ("pictures/*.svg", "assets/fonts/*.woff2") for path in folder.glob(pattern)}

    first = build("first")
    assert len(made) > 60 and b"font/woff" in first["setup-diagram-randers.svg"]
    del made[:]
    assert build("second") == first and made == []


def test_a_picture_asks_for_its_own_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><text>ab مa</text></svg>'
    monkeypatch.setattr(subset, "picture_font", lambda face, letters: asked.append((face, [*letters])) or b"")
    picture_files.standalone(svg, "", "ltr")
    latin, arabic = [0x20, 97, 98, 0x645], [0x645]
    faces = [(Face(UPRIGHT, weight), latin) for weight in (REGULAR, BOLD)]
    assert asked == faces + [(ARABIC.face(weight), arabic) for weight in (REGULAR, BOLD)]
