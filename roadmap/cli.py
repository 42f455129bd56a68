"""The `roadmap` command: parses the command line, prints what was found, does no work itself.

Works on the checkout that one stands in: the nearest folder upwards with a mkdocs.yml.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from macros.facts.problem import Problem, Problems, collect_problems
from roadmap import translation_commands
from roadmap.check.report import FORMATS
from roadmap.project.refused import problems_of
from roadmap.terminal import (
    ERR,
    OUT,
    add_editions,
    checkout,
    editions_of,
    has_errors,
    project_here,
    report,
    tell,
)

if TYPE_CHECKING:
    from roadmap.project.project import Edition, Project


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 when all is well, 1 when something must be mended first."""
    chosen = _parser().parse_args(arguments)
    try:
        return chosen.run(chosen)
    except (KeyboardInterrupt, BrokenPipeError):
        return 1
    except (Problems, OSError) as error:
        report(problems_of(error), chosen.format)
        if chosen.format == "text" and chosen.run not in ONLY_READING:
            ERR.print("Nothing was changed.")
        return 1


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
    translation_commands.add(command)
    return parser


def _add_site_commands(command) -> None:
    build = command("build", _build, "check everything, then build site/")
    add_editions(build)
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
    add_editions(check)
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
    check.add_argument(
        "--publish",
        action="store_true",
        help="name what must be decided before the site is published, too",
    )
    command("schema", _schema, "write content/schema/ from the model")


# The site


def _build(chosen: argparse.Namespace) -> int:
    from roadmap.publish.up_to_date import is_up_to_date

    root = checkout(Path.cwd())
    if not is_up_to_date(root, chosen.editions, pdf=chosen.pdf):
        _build_anew(chosen)
    first_page = "/".join(["site", *chosen.editions[:1], "index.html"])
    tell(chosen.format, [f"Built. Open {first_page} in your browser."])
    return 0


def _build_anew(chosen: argparse.Namespace) -> None:
    from roadmap.build import build

    project = project_here()
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

    project = project_here()
    project.known([chosen.edition])
    web_fonts.provide(project.root / "overrides" / "assets" / "fonts")

    def tell_problems(problems: Iterable[Problem]) -> None:
        report(problems, chosen.format)

    with PreviewServer(
        project.root, chosen.edition, chosen.port, offered_of, tell_problems
    ) as server:
        OUT.print(f"Preview at {server.address} – stop it with Ctrl+C.")
        server.serve_forever()
    return 0


def _check(chosen: argparse.Namespace) -> int:
    from roadmap.check.run import check

    project = project_here()
    codes = project.known(chosen.editions)
    if chosen.fix:
        _fix(editions_of(project, codes), chosen.format)
        project = project_here()  # the pages are others now
    problems = check(project, codes)
    if not has_errors(problems):
        problems = sorted([*problems, *_long_worksheets(editions_of(project, codes))])
    if chosen.search:
        problems += _unanswered(editions_of(project, codes))
    if chosen.publish:
        undecided = collect_problems(lambda: _undecided(project, codes))
        problems = sorted({*problems, *undecided})
    report(problems, chosen.format)
    return int(has_errors(problems))


def _fix(editions: Iterable[Edition], form: str) -> None:
    """Fixes editions and prints what was written, beside the report where programs read that."""
    from roadmap.check.structure.fix import fix

    console = OUT if form == "text" else ERR
    for edition in editions:
        for line in fix(edition):
            console.print(line)


def _long_worksheets(editions: Iterable[Edition]) -> list[Problem]:
    """The worksheets that a build would print in English because they are too long."""
    from roadmap.pdf.long_worksheets import long_worksheets

    return [problem for edition in editions for problem in long_worksheets(edition)]


def _unanswered(editions: Iterable[Edition]) -> list[Problem]:
    """The queries that the built editions do not answer."""
    from roadmap.check import browser_search, search_queries

    problems: list[Problem] = []
    with browser_search.chromium() as browser:
        for edition in editions:
            if (edition.folder / search_queries.FILE).exists():
                problems += browser_search.unanswered(edition, browser)
    return problems


def _undecided(project: Project, codes: list[str]) -> list[Problem]:
    """The placeholders that readers of the site would meet. Raises Problems."""
    from roadmap.build import offered_of
    from roadmap.check.publish import placeholders

    offered = [code for code in offered_of(project) if not codes or code in codes]
    return placeholders(project, offered)


def _schema(chosen: argparse.Namespace) -> int:
    from roadmap.project.content_schema import export

    project = project_here()
    names = [project.name_of(path) for path in export(project.root)]
    tell(chosen.format, names)
    return 0


ONLY_READING = (_check, _serve, translation_commands.show_status)  # these change no file


if __name__ == "__main__":
    sys.exit(main())
