"""The commands for those who keep an edition: status, new, refresh, sync, move,
same-meaning.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rich.table import Table

from macros.facts.problem import Problem
from roadmap.terminal import OUT, add_editions, editions_of, project_here, report, tell

if TYPE_CHECKING:
    from roadmap.project.project import Edition
    from roadmap.translation.progress import EditionStatus


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Adds these commands to the command line."""
    _add_status(command)
    new = command("new", _new, "begin an edition")
    new.add_argument("what", choices=("edition",))
    new.add_argument("edition", metavar="code")
    refresh = command("refresh", _refresh, "bring messages.po up to date")
    refresh.add_argument("edition", metavar="code")
    sync = command(
        "sync",
        _sync,
        "note which English text a translation follows: of a page, the one that each section was "
        "translated from; of a section that is named, the one of now",
    )
    sync.add_argument("edition", metavar="code")
    sync.add_argument(
        "pages",
        nargs="*",
        metavar="page",
        help="how/index.md, or how/index.md#read when you have looked at that section; else all",
    )
    moving = command("move", _move, "give a page or an id another name, in all editions")
    moving.add_argument("old", metavar="old", help="what/old.md, or page.md#old")
    moving.add_argument("new", metavar="new", help="what/new.md, or page.md#new")
    meaning = command(
        "same-meaning",
        _same_meaning,
        "say that a correction in English changes no meaning",
    )
    meaning.add_argument(
        "what",
        metavar="page or file",
        help="how/stages/index.md, content/stages.yml, content/stages.yml:12, a template",
    )
    meaning.add_argument(
        "parts",
        nargs="*",
        metavar="part",
        help="only these: ids of sections, or strings as they read now; else all that changed",
    )
    meaning.add_argument(
        "--since",
        default="HEAD",
        metavar="commit",
        help="what it said there; needed once the change is committed, such as HEAD~1",
    )


def _add_status(command: Callable[..., argparse.ArgumentParser]) -> None:
    status = command(
        "status",
        show_status,
        "how far each edition is; of one that is named, what English has changed and what is to do",
    )
    add_editions(status)
    status.add_argument(
        "--of",
        metavar="words",
        help="the strings that a picture, checklist, worksheet or table lacks: words of its name, "
        "or a page such as index.md",
    )


def show_status(chosen: argparse.Namespace) -> int:
    from roadmap.translation import progress

    project = project_here()
    codes = project.known(chosen.editions)
    editions = editions_of(project, codes)
    if chosen.of:
        _print_strings(editions, chosen.of)
        return 0
    found = progress.progress_of(editions)
    if chosen.format == "json":
        OUT.print(progress.as_json(found), end="")
        return 0
    if chosen.format == "github":
        report(_outdated_sections(found), chosen.format)
        return 0
    OUT.print(_table(found))
    if codes:
        for edition, status in zip(editions, found, strict=True):
            _print_differences(status)
            _print_to_do(edition, status)
    return 0


def _print_strings(editions: Iterable[Edition], words: str) -> None:
    """Prints which strings the pieces lack that these words name."""
    from roadmap.translation.to_do import strings_of

    for edition in editions:
        if not edition.is_english:
            OUT.print("\n".join(strings_of(edition, words)))


def _print_to_do(edition: Edition, status: EditionStatus) -> None:
    """Prints what is left in a translation, the most useful first."""
    from roadmap.translation.to_do import to_do

    if not edition.is_english:
        OUT.print("\n".join(to_do(edition, status)))


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
            hint = Problem(file, drift.line, what, drift.to_do(edition.code), "hint")
            hints.append(hint)
    return hints


def _sync(chosen: argparse.Namespace) -> int:
    from roadmap.translation.sync import sync

    project = project_here()
    code = chosen.edition
    project.known([code])
    done = sync(project.edition(code), chosen.pages)
    lines = [f"{change.page}#{change.id}: pinned" for change in done.changes]
    for section in done.outdated:
        lines.append(
            f"{section}: translated from an older English; "
            f"`roadmap sync {code} {section}` if it says what English says now"
        )
    lines.append(f"Pinned in docs/{code}/state.yml: {len(done.changes)}.")
    tell(chosen.format, lines)
    return 0


def _move(chosen: argparse.Namespace) -> int:
    from roadmap.translation.move import move

    done = move(project_here(), chosen.old, chosen.new)
    tell(chosen.format, [*done.files, *done.left])
    return 0


def _same_meaning(chosen: argparse.Namespace) -> int:
    from roadmap.translation.same_meaning import keep_meaning, keep_strings

    what, _, section = chosen.what.partition("#")
    lines = []
    if what.endswith(".md"):
        sections = [*chosen.parts, section] if section else chosen.parts
        for change in keep_meaning(project_here(), what, sections, chosen.since):
            place = f"{change.page}#{change.id}"
            lines.append(f"{place}: means the same as before; no translation is marked")
    else:
        for each in keep_strings(project_here(), what, chosen.parts, chosen.since):
            place = f"{what}: “{each.after}”"
            lines.append(f"{place}: means the same as “{each.before}”; translations stay")
    tell(chosen.format, lines)
    return 0


def _refresh(chosen: argparse.Namespace) -> int:
    from roadmap.translation import catalogue

    project = project_here()
    code = chosen.edition
    project.known([code])
    path = catalogue.refresh(project.edition(code))
    tell(chosen.format, [project.name_of(path)])
    return 0


def _new(chosen: argparse.Namespace) -> int:
    from roadmap.translation.new_edition import begin
    from roadmap.translation.progress import progress
    from roadmap.translation.to_do import size

    project = project_here()
    code = chosen.edition
    lines = [project.name_of(path) for path in begin(project, code)]
    if chosen.format == "text":
        lines.append(size(progress(project.edition(code))))
        lines.append(
            f"Next: `roadmap build {code}`, read TRANSLATING.md, "
            f"then `roadmap status {code}` says what to do first."
        )
    tell(chosen.format, lines)
    return 0
