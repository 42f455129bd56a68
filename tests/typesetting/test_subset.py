"""Cuts of the bundled fonts: the letters asked for and no others, as wide and as close as in the whole font."""

from __future__ import annotations

from io import BytesIO
from itertools import product

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from macros.typesetting import metrics, subset
from macros.typesetting.fonts import ARABIC, BOLD, BUNDLED, ITALIC, REGULAR, UPRIGHT, Face, each
from macros.typesetting.print_fonts import print_font

WORDS = "Core practitioner, AVA fi čšž – 2½"
LETTERS = sorted(set(map(ord, WORDS)))
JOINED = sorted(set(map(ord, "مرحبا بالعالم")))
FACES = [*BUNDLED.values(), ARABIC.face(REGULAR), ARABIC.face(BOLD)]
ALL = (*subset.LAYOUT, *subset.JOINING)


def opened(data: bytes) -> TTFont:
    return TTFont(BytesIO(data))


def features(font: TTFont) -> set[str]:
    tables = [font[tag].table for tag in ("GSUB", "GPOS") if tag in font]
    return {record.FeatureTag for table in tables for record in table.FeatureList.FeatureRecord}


def shaped(font: uharfbuzz.Font, text: str) -> list[tuple[int, int]]:
    """Letter and advance width of each glyph of a text."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    return [(info.cluster, position.x_advance) for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)]


# Letters


@pytest.mark.parametrize("face", FACES)
def test_a_cut_holds_exactly_the_letters_asked_for(face: Face) -> None:
    letters = JOINED if face.family else LETTERS
    assert sorted(opened(subset.web_font(face, letters)).getBestCmap()) == letters


def test_letters_that_a_font_lacks_are_left_out() -> None:
    assert [*opened(subset.web_font(Face(UPRIGHT, REGULAR), map(ord, "a教"))).getBestCmap()] == [ord("a")]


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_letters_are_as_wide_as_pictures_are_measured(weight: int) -> None:
    font = opened(subset.web_font(Face(UPRIGHT, weight), LETTERS))
    for letter, name in font.getBestCmap().items():
        assert font["hmtx"][name][0] == pytest.approx(metrics.width(chr(letter), 1000, bold=weight == BOLD), abs=1), chr(letter)


@pytest.mark.parametrize("face", FACES)
def test_letters_stand_as_close_as_in_the_whole_font(face: Face) -> None:
    letters = JOINED if face.family else LETTERS
    whole = uharfbuzz.Font(uharfbuzz.Face(face.file.read_bytes()))
    whole.set_variations({"wght": face.weight})
    part = uharfbuzz.Font(uharfbuzz.Face(subset.truetype(face, letters, ALL)))
    for pair in map("".join, product(map(chr, letters), repeat=2)):
        expected, found = shaped(whole, pair), shaped(part, pair)
        assert [cluster for cluster, _ in found] == [cluster for cluster, _ in expected], pair
        for (_, one), (_, other) in zip(expected, found, strict=True):
            assert abs(one - other) <= 1, pair  # a cut in one weight has whole units


def test_letters_are_kerned() -> None:
    font = uharfbuzz.Font(uharfbuzz.Face(subset.truetype(BUNDLED["source-sans-3-regular"], LETTERS, ALL)))
    apart = shaped(font, "A") + shaped(font, "V")
    assert sum(width for _, width in shaped(font, "AV")) < sum(width for _, width in apart) - 10


# What else is in a file


@pytest.mark.parametrize("face", FACES)
def test_a_cut_has_one_weight_no_hints_and_a_sign_for_what_is_missing(face: Face) -> None:
    font = opened(subset.web_font(face, [ord("a"), ord("ا")]))
    assert font["OS/2"].usWeightClass == face.weight
    assert not {"fvar", "gvar", "avar", "STAT", "fpgm", "prep", "cvt ", "meta"}.intersection(font.keys())
    assert font["glyf"][".notdef"].numberOfContours > 0
    assert features(font) <= set(ALL)


def test_the_bundled_font_keeps_its_name_and_that_of_a_script_gets_another() -> None:
    own = opened(subset.web_font(Face(ITALIC, REGULAR), LETTERS))["name"]
    assert own.getDebugName(6).startswith("SourceSans3")
    given = opened(subset.web_font(ARABIC.face(BOLD), JOINED))["name"]
    assert [given.getDebugName(entry) for entry in (1, 4, 6)] == ["Roadmap Arabic", "Roadmap Arabic", "RoadmapArabic"]
    assert "Plex" not in f"{given.getDebugName(3)}" and "IBM" in given.getDebugName(0)


@pytest.mark.parametrize("script", [None, ARABIC])
def test_a_font_for_paper_has_no_ligatures(script: None) -> None:
    font = opened(print_font(script, BOLD))
    assert font.flavor is None and "kern" in features(font) | {"kern" if script else ""}
    assert not features(font) & {"liga", "ccmp", "locl"}
    letters = (*subset.SPACES, *each(script.ranges)) if script else subset.LETTERS
    assert set(font.getBestCmap()) == set(letters) & set(TTFont(script.bold if script else UPRIGHT).getBestCmap())


# Bytes


@pytest.mark.parametrize("face", FACES)
def test_the_same_letters_in_any_order_make_the_same_bytes(face: Face) -> None:
    letters = JOINED if face.family else LETTERS
    first = subset.web_font(face, letters)
    subset._source.cache_clear()
    assert subset.web_font(face, [*reversed(letters), *letters]) == first


def test_a_font_of_a_picture_joins_letters_and_knows_nothing_else() -> None:
    """As pictures are measured and set: without kerning."""
    latin = opened(subset.picture_font(Face(UPRIGHT, REGULAR), LETTERS))
    arabic = opened(subset.picture_font(ARABIC.face(BOLD), JOINED))
    assert latin.flavor == arabic.flavor == "woff"
    assert sorted(latin.getBestCmap()) == LETTERS and not features(latin) & {"kern", "liga"}
    assert {"init", "fina"} <= features(arabic)
