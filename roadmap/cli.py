"""The `roadmap` command: build, serve and check. Says what goes on, and what is wrong."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # a notice of the theme; our pin is the answer

from rich.console import Console

from macros.problem import Problems

ROOT = Path(__file__).resolve().parent.parent
OUT = Console(highlight=False, emoji=False, soft_wrap=True)
ERR = Console(highlight=False, emoji=False, soft_wrap=True, stderr=True)


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
    parser = argparse.ArgumentParser(prog="roadmap", description="Builds and checks the VALUE Roadmap site.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, run, words in (
        ("build", _build, "check everything, then build site/"),
        ("serve", _serve, "preview while you write; pages change as you save"),
        ("check", _check, "list everything that is wrong, build nothing"),
        ("schema", _schema, "write content/schema/ from the model"),
    ):
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run)
        if name == "serve":
            command.add_argument("--port", type=int, default=8000)
        if name == "build":
            command.add_argument("editions", nargs="*", metavar="code", help="only these editions, such as `da`")
            command.add_argument("--no-pdf", dest="pdf", action="store_false", help="leave out the sheets as PDFs")
    return parser


def _build(chosen: argparse.Namespace) -> int:
    from roadmap.build import build

    site = build(ROOT, lambda words: OUT.print(words, style="dim"), chosen.editions, pdf=chosen.pdf)
    OUT.print(f"Built. Open {(site / 'index.html').relative_to(ROOT).as_posix()} in your browser.")
    return 0


def _serve(chosen: argparse.Namespace) -> int:
    from mkdocs.commands.serve import serve

    from roadmap import fonts
    from roadmap.check import check

    for problem in check(ROOT):
        ERR.print(str(problem), markup=False)
    fonts.provide(ROOT / "overrides" / "assets" / "fonts")
    OUT.print(f"Preview at http://127.0.0.1:{chosen.port}/ – stop it with Ctrl+C.")
    serve(str(ROOT / "mkdocs.yml"), dev_addr=f"127.0.0.1:{chosen.port}", strict=False)
    return 0


def _check(_: argparse.Namespace) -> int:
    from roadmap.check import check

    if problems := check(ROOT):
        raise Problems(problems)
    OUT.print("Nothing is wrong.")
    return 0


def _schema(_: argparse.Namespace) -> int:
    from roadmap.schema import export

    for path in export(ROOT):
        OUT.print(path.relative_to(ROOT).as_posix())
    return 0


def _report(problems: Problems) -> int:
    for problem in problems.problems:
        ERR.print(str(problem), markup=False)
    count = len(problems.problems)
    ERR.print(f"{count} problem{'s' if count != 1 else ''}. Nothing was changed.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
