"""The `roadmap` command: what can be asked of it. Does the asking and the printing; the work is
done elsewhere.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # a notice of the theme; our pin is the answer

from rich.console import Console
from rich.table import Table

from macros.facts.problem import Problem, Problems

ROOT = Path(__file__).resolve().parent.parent
OUT = Console(highlight=False, emoji=False, markup=False, soft_wrap=True)
ERR = Console(highlight=False, emoji=False, markup=False, soft_wrap=True, stderr=True)
NOWHERE = "one of the editions: "


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 when all is well, 1 when something must be mended first."""
    chosen = _parser().parse_args(arguments)
    try:
        return chosen.run(chosen)
    except Problems as problems:
        return _report(problems)
    except KeyboardInterrupt:
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="roadmap", description="Builds and checks the VALUE Roadmap site."
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: object, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(run=run)
        return made

    building = command("build", _build, "check everything, then build site/")
    building.add_argument(
        "editions", nargs="*", metavar="code", help="only these editions, such as `da`"
    )
    building.add_argument(
        "--no-pdf", dest="pdf", action="store_false", help="leave out sheets and book as PDF"
    )
    serving = command("serve", _serve, "preview while you write; pages change as you save")
    serving.add_argument("--port", type=int, default=8000)
    checking = command("check", _check, "list everything that is wrong, build nothing")
    checking.add_argument(
        "editions", nargs="*", metavar="code", help="only these editions, such as `da`"
    )
    checking.add_argument("--format", choices=("text", "github", "json"), default="text")
    checking.add_argument(
        "--fix", action="store_true", help="mend lost ids, links and pieces first"
    )
    counting = command("status", _status, "how far each edition is, and what English has changed")
    counting.add_argument("editions", nargs="*", metavar="code")
    counting.add_argument("--json", action="store_true")
    checking.add_argument(
        "--search", action="store_true", help="ask the built site the queries of queries.yml, too"
    )
    syncing = command(
        "sync", _sync, "say that you have looked at these pages: they follow English as it is now"
    )
    syncing.add_argument("edition", metavar="code")
    syncing.add_argument("pages", nargs="+", metavar="page")
    meaning = command(
        "same-meaning", _same_meaning, "say that a correction in English changes no meaning"
    )
    meaning.add_argument("page")
    meaning.add_argument("sections", nargs="*", metavar="section")
    command("refresh", _refresh, "bring messages.po up to date").add_argument(
        "edition", metavar="code"
    )
    beginning = command("new", _new, "begin an edition")
    beginning.add_argument("what", choices=("edition",))
    beginning.add_argument("edition", metavar="code")
    command("schema", _schema, "write content/schema/ from the model")
    return parser


def _build(chosen: argparse.Namespace) -> int:
    from roadmap.build import build

    site = build(
        ROOT, lambda words: OUT.print(words, style="dim"), _known(chosen.editions), pdf=chosen.pdf
    )
    first = site / (chosen.editions[0] if chosen.editions else "") / "index.html"
    OUT.print(f"Built. Open {first.relative_to(ROOT).as_posix()} in your browser.")
    return 0


def _serve(chosen: argparse.Namespace) -> int:
    from mkdocs.commands.serve import serve

    from roadmap.check.run import check
    from roadmap.staging import web_fonts

    for problem in check(ROOT):
        ERR.print(str(problem))
    web_fonts.provide(ROOT / "overrides" / "assets" / "fonts")
    OUT.print(f"Preview at http://127.0.0.1:{chosen.port}/ – stop it with Ctrl+C.")
    serve(str(ROOT / "mkdocs.yml"), dev_addr=f"127.0.0.1:{chosen.port}", strict=False)
    return 0


def _check(chosen: argparse.Namespace) -> int:
    from roadmap.check import report
    from roadmap.check.run import check, warnings
    from roadmap.check.structure.fix import fix

    codes = _known(chosen.editions)
    if chosen.fix:
        from roadmap.project.edition_file import codes as all_codes

        for mended in [line for code in codes or all_codes(ROOT) for line in fix(ROOT, code)]:
            OUT.print(mended)
    problems = check(ROOT, codes)
    if chosen.search:
        problems += _unanswered(codes)
    said = getattr(report, f"as_{chosen.format}")(problems, warnings(ROOT, codes))
    (ERR if problems and chosen.format == "text" else OUT).print(said, end="")
    return 1 if problems else 0


def _unanswered(codes: list[str]) -> list[Problem]:
    from roadmap.check import search_queries
    from roadmap.project.edition_file import codes as all_codes

    with search_queries.chromium() as browser:
        asked = [
            code
            for code in codes or all_codes(ROOT)
            if (ROOT / "docs" / code / search_queries.FILE).exists()
        ]
        return [
            problem for code in asked for problem in search_queries.unanswered(ROOT, code, browser)
        ]


def _status(chosen: argparse.Namespace) -> int:
    from roadmap.translation import progress

    found = progress.status(ROOT, _known(chosen.editions) or None)
    if chosen.json:
        OUT.print(progress.as_json(found), end="")
        return 0
    OUT.print(_table(found))
    for edition in found if chosen.editions else []:
        for each in edition.drifted:
            OUT.print(
                f"\ndocs/{edition.code}/{each.page}:{each.line}: #{each.id} {each.why}\n{each.difference}"
            )
    return 0


def _table(found: list) -> Table:
    table = Table(
        "edition", "core set", "all", "drifted", "missing pages", "language read", "practice read"
    )
    for one in found:
        reviewed = [
            f"{one.review_count(step)} of {len(one.reviewed)}" for step in ("language", "practice")
        ]
        shares = [f"{one.core.percent} %", f"{one.overall.percent} %"]
        table.add_row(one.code, *shares, str(len(one.drifted)), str(len(one.missing)), *reviewed)
    return table


def _sync(chosen: argparse.Namespace) -> int:
    from roadmap.translation.sync import sync

    changes = sync(ROOT, *_known([chosen.edition]), chosen.pages)
    for change in changes:
        OUT.print(f"{change.page}#{change.id}: follows English as it is now")
    OUT.print(f"{len(changes)} sections pinned in docs/{chosen.edition}/state.yml.")
    return 0


def _same_meaning(chosen: argparse.Namespace) -> int:
    from roadmap.translation.sync import meaning_kept

    page, _, section = chosen.page.partition("#")
    for change in meaning_kept(ROOT, page, [*chosen.sections, *([section] if section else [])]):
        OUT.print(f"{change.page}#{change.id}: means the same as before; no translation is marked")
    return 0


def _refresh(chosen: argparse.Namespace) -> int:
    from roadmap.translation import catalogue

    OUT.print(catalogue.refresh(ROOT, *_known([chosen.edition])).relative_to(ROOT).as_posix())
    return 0


def _new(chosen: argparse.Namespace) -> int:
    from roadmap.translation.new_edition import begin

    for path in begin(ROOT, chosen.edition):
        OUT.print(path.relative_to(ROOT).as_posix())
    OUT.print(
        f"Next: `roadmap build {chosen.edition}`, then read TRANSLATING.md and docs/{chosen.edition}/to-do.txt."
    )
    return 0


def _schema(_: argparse.Namespace) -> int:
    from roadmap.project.content_schema import export

    for path in export(ROOT):
        OUT.print(path.relative_to(ROOT).as_posix())
    return 0


def _known(codes: list[str]) -> list[str]:
    """The codes, if each is an edition. Raises Problems."""
    from roadmap.project.edition_file import codes as all_codes

    there = all_codes(ROOT)
    if strange := [code for code in codes if code not in there]:
        raise Problems(
            [
                Problem(f"docs/{code}", 1, "no such edition", NOWHERE + ", ".join(there))
                for code in strange
            ]
        )
    return codes


def _report(problems: Problems) -> int:
    for problem in problems.problems:
        ERR.print(str(problem))
    count = len(problems.problems)
    ERR.print(f"{count} problem{'s' if count != 1 else ''}. Nothing was changed.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
