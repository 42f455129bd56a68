"""Makes the pieces of an edition from its facts and its catalogue."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from jinja2 import BytecodeCache

from macros.facts import rules
from macros.facts.load import load
from macros.facts.model import Facts, Imprint
from macros.facts.problem import Problems
from macros.facts.text_file import ReadBytes
from macros.language import messages, same_meaning
from macros.language.messages import Messages
from macros.language.translator import N_, Translator
from macros.pieces import Pieces
from macros.render import Renderer

ENGLISH = "en"  # the code of the edition that all others translate
NO_REVIEWS: Mapping[str, str] = {}
EDITION = N_("English edition")  # translated as the name of the own edition


def pieces_of(root: Path, code: str, address: str = "") -> Callable[[str], Pieces]:
    """The pieces of an edition, for a page by its path below the edition. Raises Problems.

    `address` is where the edition is published: worksheets print it.
    """
    content = load(root / "content")
    if broken := rules.broken(content):
        raise Problems(broken)
    catalogue = read_catalogue(root / "docs", code)
    translator = Translator(code, messages.compile_shown(catalogue, code))
    return make_pieces(content.facts, translator, version=_version(root), address=address)


def make_pieces(
    facts: Facts,
    translator: Translator,
    *,
    version: str,
    address: str = "",
    edition: str = "",
    fillable_fields_work: bool | None = None,
    review: str = "",
    sheet_reviews: Mapping[str, str] = NO_REVIEWS,
    bytecode: BytecodeCache | None = None,
) -> Callable[[str], Pieces]:
    """The pieces in a language, for a page by its path below the edition.

    `facts` are English; `version` and `address` are of the edition: worksheets print them.
    `edition` is the code of the edition that has the page, if not that of the language.
    `review` and `sheet_reviews` say in English how far it has been read, as the imprint does.
    `fillable_fields_work`: see `Translator`; of the language, else as given. `bytecode` keeps
    compiled templates.
    """
    if fillable_fields_work is None:
        fillable_fields_work = translator.fillable_fields_work
    edition = edition or translator.language
    imprint = Imprint(name=EDITION, version=version, address=address)
    english = Pieces(
        facts,
        Translator(),
        Renderer(Translator(), bytecode=bytecode),
        imprint=imprint,
        edition=edition,
        fillable_fields_work=fillable_fields_work,
    )
    notes = {  # said in English, if need be: a sheet is none the less in the language
        "review": translator.gettext(review) if review else "",
        "sheet_reviews": {id: translator.gettext(note) for id, note in sheet_reviews.items()},
    }
    translator = translator.marking_untranslated()
    own_words = {"name": translator.gettext(EDITION), **notes}
    imprint = imprint.model_copy(update=own_words)
    own = Pieces(
        translator.translate(facts),
        translator,
        Renderer(translator, bytecode=bytecode),
        imprint=imprint,
        english=english,
        edition=edition,
        fillable_fields_work=fillable_fields_work,
    )
    return lambda page: replace(own, base="../" * page.count("/"))


def read_catalogue(docs: Path, code: str, read_bytes: ReadBytes = Path.read_bytes) -> Messages:
    """The messages of an edition in the folder of all; none where it has no file of them.

    Raises Problems.
    """
    path = docs / code / messages.FILE
    if not path.is_file():
        return Messages(code)
    found = messages.parse(read_bytes(path), f"docs/{code}/{messages.FILE}", code)
    english = f"{ENGLISH}/{same_meaning.FILE}"
    reworded = same_meaning.read_reworded(docs / english, f"docs/{english}", read_bytes)
    return same_meaning.keep_translations(found, reworded)


def _version(root: Path) -> str:
    """The version of the site, from pyproject.toml; empty where there is none."""
    path = root / "pyproject.toml"
    if not path.exists():
        return ""
    return tomllib.loads(path.read_text(encoding="utf-8"))["project"]["version"]
