"""What English said when a section was translated: as the commit has it that gave it its text.

So a pull request that was written against an older English keeps its drift, whoever pins it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.facts.load import read_yaml
from macros.facts.problem import Problems
from roadmap.project.project import Edition
from roadmap.project.sections import sections
from roadmap.translation import git_history
from roadmap.translation.pins import PINS_FILE


@dataclass(frozen=True)
class Seen:
    """The hash of the English section that stood beside a translation when it was written, and the
    pin from before; None where there was none.
    """

    english: str | None
    pinned_before: str | None


def english_seen(edition: Edition, path: str) -> Mapping[str, Seen] | None:
    """What each section of a page was translated from, by id; None where git knows no such page.

    A section that reads otherwise than in the last commit is none of them: it is being written now,
    beside the English of now.
    """
    root = edition.project.root
    file = edition.file_name(path)
    commits = git_history.commits(root, file)
    versions = git_history.committed_in(root, file, commits)
    if not versions:
        return None
    now = {id: section.hash for id, section in sections(edition.page(path).text).items()}
    written: dict[str, str] = {}  # section → the commit that gave it the text it has now
    waiting = set(now)
    for commit in commits:  # newest first
        before = sections(versions.get(commit, ""))
        for id in list(waiting):
            section = before.get(id)
            if section and section.hash == now[id]:
                written[id] = commit
            else:
                waiting.discard(id)

    chosen = sorted(set(written.values()))
    english_file = edition.project.english.file_name(path)
    english = git_history.committed_in(root, english_file, chosen)
    parents = [f"{commit}^" for commit in chosen]
    states = git_history.committed_in(root, edition.file_name(PINS_FILE), parents)
    found = {}
    for id, commit in written.items():
        section = sections(english.get(commit, "")).get(id)
        pinned_before = _pins_of_page(states.get(f"{commit}^", ""), path)
        found[id] = Seen(section.hash if section else None, pinned_before.get(id))
    return found


def _pins_of_page(state: str, path: str) -> Mapping[str, str]:
    """The pins of a page in the text of an earlier state.yml; none where it cannot be read."""
    try:
        pages, _ = read_yaml(Path(PINS_FILE), PINS_FILE, lambda _: state.encode())
    except Problems:
        return {}
    pinned = pages.get(path) if isinstance(pages, dict) else None
    return pinned if isinstance(pinned, dict) else {}
