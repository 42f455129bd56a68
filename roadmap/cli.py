"""The `roadmap` command: parses the command line, prints what was found, does no work itself.

Works on the checkout that one stands in: the nearest folder upwards with a mkdocs.yml.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # a notice of the theme; our pin is the answer

from rich.console import Console
from rich.table import Table

from macros.facts.problem import Problem, Problems
from roadmap.check.report import FORMATS
from roadmap.project.refused import problems_of

if TYPE_CHECKING:
    from roadmap.project.project import Edition, Project
    from roadmap.translation.progress import EditionStatus

OUT = Console(highlight=False, emoji=False, markup=False, soft_wrap=True)
ERR = Console(highlight=False, emoji=False, markup=False, soft_wrap=True, stderr=True)
MARKER = "mkdocs.yml"  # in the folder of a checkout


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 when all is well, 1 when something must be mended first."""
    chosen = _parser().parse_args(arguments)
    try:
        return chosen.run(chosen)
    except (KeyboardInterrupt, BrokenPipeError):
        return 1
    except (Problems, OSError) as error:
        _report(problems_of(error), chosen.format)
        if chosen.format == "text" and chosen.run not in (_check, _status, _serve):
            ERR.print("Nothing was changed.")
        return 1


def checkout(start: Path) -> Path:
    """The nearest folder with a mkdocs.yml, from `start` upwards. Raises Problems."""
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return folder
    found = f"no {MARKER} here or in a folder above"
    raise Problems([Problem(str(start), 1, found, "a folder of a checkout of the Roadmap site")])


def _project() -> Project:
    """The checkout that one stands in. Raises Problems."""
    from roadmap.project.project import Project

    root = checkout(Path.cwd())
    return Project(root)


# The command line


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="roadmap",
        description="Builds and checks the VALUE Roadmap site.",
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: object, words: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        added.add_argument(
            "--format",
            choices=tuple(FORMATS),
            default="text",
            help="how problems are told",
        )
        return added

    _add_site_commands(command)
    _add_translation_commands(command)
    return parser


def _add_site_commands(command) -> None:
    build = command("build", _build, "check everything, then build site/")
    _add_editions(build)
    build.add_argument(
        "--no-pdf",
        dest="pdf",
        action="store_false",
        help="leave out worksheets and book as PDF",
    )
    serve = command("serve", _serve, "preview while you write; pages change as you save")
    serve.add_argument(
        "edition",
        nargs="?",
        default="en",
        metavar="code",
        help="the edition that you write, such as `da`; English where none is named",
    )
    serve.add_argument("--port", type=int, default=8000)
    check = command("check", _check, "list everything that is wrong, build nothing")
    _add_editions(check)
    check.add_argument(
        "--fix",
        action="store_true",
        help="mend lost ids, links and pieces first",
    )
    check.add_argument(
        "--search",
        action="store_true",
        help="ask the built site the queries of queries.yml, too",
    )
    command("schema", _schema, "write content/schema/ from the model")


def _add_translation_commands(command) -> None:
    status = command("status", _status, "how far each edition is, and what English has changed")
    _add_editions(status)
    new = command("new", _new, "begin an edition")
    new.add_argument("what", choices=("edition",))
    new.add_argument("edition", metavar="code")
    refresh = command("refresh", _refresh, "bring messages.po up to date")
    refresh.add_argument("edition", metavar="code")
    sync = command(
        "sync",
        _sync,
        "say that you have looked at these pages: they follow English as it is now",
    )
    sync.add_argument("edition", metavar="code")
    sync.add_argument("pages", nargs="+", metavar="page")
    meaning = command(
        "same-meaning",
        _same_meaning,
        "say that a correction in English changes no meaning",
    )
    meaning.add_argument("page")
    meaning.add_argument("sections", nargs="*", metavar="section")


def _add_editions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "editions",
        nargs="*",
        metavar="code",
        help="only these editions, such as `da`",
    )


# The site


def _build(chosen: argparse.Namespace) -> int:
    from roadmap.publish.up_to_date import is_up_to_date

    root = checkout(Path.cwd())
    if not is_up_to_date(root, chosen.editions, pdf=chosen.pdf):
        _build_anew(chosen)
    first_page = "/".join(["site", *chosen.editions[:1], "index.html"])
    _tell(chosen.format, [f"Built. Open {first_page} in your browser."])
    return 0


def _build_anew(chosen: argparse.Namespace) -> None:
    from roadmap.build import build

    project = _project()
    codes = project.known(chosen.editions)
    is_text = chosen.format == "text"

    def say(words: str) -> None:
        if is_text:
            OUT.print(words, style="dim")

    build(project.root, say, codes, pdf=chosen.pdf)


def _serve(chosen: argparse.Namespace) -> int:
    from roadmap.build import offered_of
    from roadmap.preview.server import PreviewServer
    from roadmap.staging import web_fonts

    project = _project()
    project.known([chosen.edition])
    web_fonts.provide(project.root / "overrides" / "assets" / "fonts")

    def report(problems: Iterable[Problem]) -> None:
        _report(problems, chosen.format)

    with PreviewServer(project.root, chosen.edition, chosen.port, offered_of, report) as server:
        OUT.print(f"Preview at {server.address} – stop it with Ctrl+C.")
        server.serve_forever()
    return 0


def _check(chosen: argparse.Namespace) -> int:
    from roadmap.check.run import check

    project = _project()
    codes = project.known(chosen.editions)
    if chosen.fix:
        _fix(_editions(project, codes), chosen.format)
        project = _project()  # the pages are others now
    problems = check(project, codes)
    if chosen.search:
        problems += _unanswered(_editions(project, codes))
    _report(problems, chosen.format)
    return int(_has_errors(problems))


def _editions(project: Project, codes: list[str]) -> list[Edition]:
    """The editions with these codes; without codes, all."""
    return [project.edition(code) for code in codes or project.codes]


def _fix(editions: Iterable[Edition], form: str) -> None:
    """Fixes editions and prints what was written, beside the report where programs read that."""
    from roadmap.check.structure.fix import fix

    console = OUT if form == "text" else ERR
    for edition in editions:
        for line in fix(edition):
            console.print(line)


def _unanswered(editions: Iterable[Edition]) -> list[Problem]:
    """The queries that the built editions do not answer."""
    from roadmap.check import browser_search, search_queries

    problems: list[Problem] = []
    with browser_search.chromium() as browser:
        for edition in editions:
            if (edition.folder / search_queries.FILE).exists():
                problems += browser_search.unanswered(edition, browser)
    return problems


def _schema(chosen: argparse.Namespace) -> int:
    from roadmap.project.content_schema import export

    project = _project()
    names = [project.name_of(path) for path in export(project.root)]
    _tell(chosen.format, names)
    return 0


# Translations


def _status(chosen: argparse.Namespace) -> int:
    from roadmap.translation import progress

    project = _project()
    codes = project.known(chosen.editions)
    found = progress.progress_of(_editions(project, codes))
    if chosen.format == "json":
        OUT.print(progress.as_json(found), end="")
        return 0
    if chosen.format == "github":
        _report(_outdated_sections(found), chosen.format)
        return 0
    OUT.print(_table(found))
    if codes:
        for edition in found:
            _print_differences(edition)
    return 0


def _table(found: Iterable[EditionStatus]) -> Table:
    table = Table(
        "edition",
        "core set",
        "all",
        "drifted",
        "missing pages",
        "language read",
        "practice read",
    )
    for edition in found:
        of_all = len(edition.reviewed)
        table.add_row(
            edition.code,
            f"{edition.core.percent} %",
            f"{edition.overall.percent} %",
            str(len(edition.drifted)),
            str(len(edition.missing)),
            f"{edition.review_count('language')} of {of_all}",
            f"{edition.review_count('practice')} of {of_all}",
        )
    return table


def _print_differences(edition: EditionStatus) -> None:
    """Prints what changed in English in each section that it has left behind."""
    for drift in edition.drifted:
        place = f"docs/{edition.code}/{drift.page}:{drift.line}"
        OUT.print(f"\n{place}: #{drift.id} {drift.why}\n{drift.difference or drift.unknown}")


def _outdated_sections(found: Iterable[EditionStatus]) -> list[Problem]:
    """Each section that English has left behind, as a hint at its line."""
    hints = []
    for edition in found:
        for drift in edition.drifted:
            file = f"docs/{edition.code}/{drift.page}"
            what = f"the section `#{drift.id}`, {drift.why} in English since it was translated"
            expected = "what English says now, then `roadmap sync`"
            hint = Problem(file, drift.line, what, expected, "hint")
            hints.append(hint)
    return hints


def _sync(chosen: argparse.Namespace) -> int:
    from roadmap.translation.sync import sync

    project = _project()
    code = chosen.edition
    project.known([code])
    changes = sync(project.edition(code), chosen.pages)
    lines = []
    for change in changes:
        lines.append(f"{change.page}#{change.id}: follows English as it is now")
    lines.append(f"{len(changes)} sections pinned in docs/{code}/state.yml.")
    _tell(chosen.format, lines)
    return 0


def _same_meaning(chosen: argparse.Namespace) -> int:
    from roadmap.translation.sync import keep_meaning

    page, _, section = chosen.page.partition("#")
    sections = [*chosen.sections, section] if section else chosen.sections
    lines = []
    for change in keep_meaning(_project(), page, sections):
        place = f"{change.page}#{change.id}"
        lines.append(f"{place}: means the same as before; no translation is marked")
    _tell(chosen.format, lines)
    return 0


def _refresh(chosen: argparse.Namespace) -> int:
    from roadmap.translation import catalogue

    project = _project()
    code = chosen.edition
    project.known([code])
    path = catalogue.refresh(project.edition(code))
    _tell(chosen.format, [project.name_of(path)])
    return 0


def _new(chosen: argparse.Namespace) -> int:
    from roadmap.translation.new_edition import begin

    project = _project()
    code = chosen.edition
    lines = [project.name_of(path) for path in begin(project, code)]
    if chosen.format == "text":
        to_do = f"docs/{code}/to-do.txt"
        lines.append(f"Next: `roadmap build {code}`, then read TRANSLATING.md and {to_do}.")
    _tell(chosen.format, lines)
    return 0


# What is printed


def _has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _report(problems: Iterable[Problem], form: str) -> None:
    """Prints problems; as text, and with an error among them, where errors are printed."""
    problems = list(problems)
    to_errors = form == "text" and _has_errors(problems)
    console = ERR if to_errors else OUT
    text = FORMATS[form](problems)
    console.print(text, end="")


def _tell(form: str, lines: list[str]) -> None:
    """Prints what was done."""
    if form == "json":
        data = {"problems": [], "done": lines}
        text = json.dumps(data, ensure_ascii=False, indent=1)
        OUT.print(text)
        return
    for line in lines:
        OUT.print(line)


if __name__ == "__main__":
    sys.exit(main())
