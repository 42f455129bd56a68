"""What a change makes anew, page by page, and that a site built in steps is the one that is built from nothing."""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from roadmap import build as building
from roadmap.build import build
from roadmap.postprocess import bundle
from roadmap.project import answers
from roadmap.staging.theme import Theme
from tests.conftest import FONTS, ROOT, closed_to_others, contents, copy_project
from tests.facts.test_load import change
from tests.staging.test_editions import CORE_TEAM, append, danish

ALL = 71  # pages of an edition, with that for addresses that are not there


@dataclass
class Made:
    """What a build made: pages by the theme, pieces, style sheets."""

    pages: set[str] = field(default_factory=set)  # `da/glossary.md`
    pieces: set[str] = field(default_factory=set)  # `case_card(denmark)`
    styles: int = 0

    def of(self, code: str) -> set[str]:
        return {page.removeprefix(f"{code}/") for page in self.pages if page.startswith(f"{code}/")}


def watched_build(root: Path) -> Made:
    """Builds without other processes, and notes what is made."""
    made = Made()
    page, not_found, call_piece, prune = Theme.page, Theme.not_found, answers.call_piece, bundle.prune

    def noted(theme: Theme, path: str) -> None:
        made.pages.add(f"{theme.config.extra['edition']}/{path}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
        patch.setattr(building, "offered_of", lambda project: project.edition_files())
        patch.setattr(Theme, "page", lambda theme, staged: noted(theme, staged.path) or page(theme, staged))
        patch.setattr(Theme, "not_found", lambda theme: noted(theme, "404.html") or not_found(theme))
        patch.setattr(answers, "call_piece", lambda page, call, pieces: made.pieces.add(str(call)) or call_piece(page, call, pieces))
        patch.setattr(bundle, "prune", lambda *given: setattr(made, "styles", made.styles + 1) or prune(*given))
        build(root, lambda _: None, pdf=False)
    return made


def only(pages: set[str], *expected: str) -> bool:
    return pages == set(expected)


def rewrite_as_windows(root: Path) -> None:
    """Other line ends and a mark at the start, in what people write."""
    for pattern in ("docs/*/*.md", "docs/*/*.yml", "docs/*/*.po", "content/**/*.yml"):
        for path in root.glob(pattern):
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))


Change = tuple[Callable[[Path], None], Callable[[Made], bool]]

GLOSSARY = "glossary.md"
STATUS = "about/status.md"  # tells how far the edition is, in words: every text counts
CHANGES: dict[str, Change] = {  # what changes → how, what it makes anew; one after the other
    "nothing": (lambda root: None, lambda made: not made.pages and not made.pieces and not made.styles),
    "an empty line": (append(f"docs/en/{GLOSSARY}", "\n"), lambda made: not made.pages - {f"en/{STATUS}", f"da/{STATUS}"} and not made.pieces),
    "a word of an English page": (
        append(f"docs/en/{GLOSSARY}", "\nOne more word.\n"),
        lambda made: only(made.of("en") - {STATUS}, GLOSSARY) and only(made.of("da") - {STATUS}, GLOSSARY) and not made.pieces and not made.styles,
    ),
    "a section that a translation follows": (
        change("## ", "Something new stands here.\n\n## ", f"docs/en/{CORE_TEAM}"),
        lambda made: only(made.of("en") - {STATUS}, CORE_TEAM) and only(made.of("da") - {STATUS}, CORE_TEAM),
    ),
    "a translated page": (
        append(f"docs/da/{CORE_TEAM}", "\nMere.\n"),
        lambda made: not made.of("en") and only(made.of("da") - {STATUS}, CORE_TEAM),
    ),
    "a title": (change("# Glossary {", "# Words {", f"docs/en/{GLOSSARY}"), lambda made: len(made.of("en")) == len(made.of("da")) == ALL),
    "a description": (
        change("description: The words", "description: New words", f"docs/en/{GLOSSARY}"),
        lambda made: only(made.of("en") - {STATUS, "index.md"}, GLOSSARY),
    ),
    "a fact of a case": (
        change("name: Denmark", "name: The Danish case", "content/cases/denmark.yml"),
        lambda made: {"cases/denmark.md", "cases/index.md"} <= made.of("en") and GLOSSARY not in made.of("en") and len(made.of("en")) < 12
        and "case_card(denmark)" in made.pieces and not [piece for piece in made.pieces if re.match("term|checklist|voice|.*(belgium|portugal|slovenia)", piece)],
    ),
    "a string of a translation": (
        change('msgid "Menu"\nmsgstr ""', 'msgid "Menu"\nmsgstr "Oversigt"', "docs/da/messages.po"),
        lambda made: not made.of("en") and len(made.of("da")) == ALL,
    ),
    "who has read a page": (
        append("docs/da/edition.yml", f"reviews:\n  {CORE_TEAM}:\n    drafted: {{by: A, on: 2026-11-01}}\n"),
        lambda made: not made.of("en") and CORE_TEAM in made.of("da"),
    ),
    "a style": (append("overrides/assets/styles/frame/theme.css", "\n.md-main { outline: 0 }\n"), lambda made: not made.pages and not made.pieces and made.styles == 2),
    "an editor of Windows": (lambda root: rewrite_as_windows(root), lambda made: not made.pages and not made.styles),
    "a template": (append("overrides/main.html", "{# more #}"), lambda made: len(made.pages) == 2 * ALL and not made.pieces),
}


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, Made]]]:
    """A project with a Danish edition after all changes, built after each of them; what each build made."""
    root = copy_project(tmp_path_factory.mktemp("steps") / "project")
    danish(root, "da")
    first = watched_build(root)
    assert len(first.of("en")) == len(first.of("da")) == ALL
    made = {}
    for name, (do, _) in CHANGES.items():
        do(root)
        made[name] = watched_build(root)
    yield root, made


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_makes_anew_what_shows_it(name: str, steps: tuple[Path, dict[str, Made]]) -> None:
    made = steps[1][name]
    assert CHANGES[name][1](made), (sorted(made.pages), sorted(made.pieces), made.styles)


def test_a_site_built_in_steps_is_the_one_built_from_nothing(steps: tuple[Path, dict[str, Made]]) -> None:
    """In another process, whose sets and dictionaries have another order, and of somebody who lets nobody read."""
    root, _ = steps
    site = root / "site"
    in_steps = contents(site)
    for made in (root / ".cache", site, root / FONTS):
        shutil.rmtree(made)
    code = "import sys; from pathlib import Path; from tests import test_incremental; test_incremental.watched_build(Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, root], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": "1"}, umask=0o077, capture_output=True, check=True)
    at_once = contents(site)
    assert closed_to_others(site) == []
    assert in_steps.keys() == at_once.keys()
    assert [name for name in at_once if in_steps[name] != at_once[name]] == []
