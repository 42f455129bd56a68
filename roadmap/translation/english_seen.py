"""What English said when a section was translated: as the commit has it that gave it its text.

So a pull request that was written against an older English keeps its drift, whoever pins it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.facts.load import read_yaml
from macros.facts.problem import Problems
from roadmap.project.markdown_pages import target_of
from roadmap.project.project import Edition
from roadmap.project.sections import Section, sections
from roadmap.translation import git_history
from roadmap.translation.moved_text import says_the_same
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
    is_gone = _gone_from_english(edition, path)
    now = sections(edition.page(path).text)
    written: dict[str, str] = {}  # section → the commit that gave it the text it has now
    waiting = set(now)
    for commit in commits:  # newest first
        before = sections(versions.get(commit, ""))
        for id in list(waiting):
            if _before_a_move(now[id], before, is_gone):
                written[id] = commit
            else:
                waiting.discard(id)

    chosen = sorted(set(written.values()))
    english_file = edition.project.english.file_name(path)
    english = git_history.committed_in(root, english_file, chosen)
    english_now = sections(edition.project.english.page(path).text)
    parents = [f"{commit}^" for commit in chosen]
    states = git_history.committed_in(root, edition.file_name(PINS_FILE), parents)
    found = {}
    for id, commit in written.items():
        section = sections(english.get(commit, "")).get(id)
        if (
            section
            and id in english_now
            and _before_a_move(english_now[id], {id: section}, is_gone)
        ):
            section = english_now[id]
        pinned_before = _pins_of_page(states.get(f"{commit}^", ""), path)
        found[id] = Seen(section.hash if section else None, pinned_before.get(id))
    return found


def _before_a_move(
    now: Section, before: Mapping[str, Section], is_gone: Callable[[str], bool]
) -> Section | None:
    """The section of an earlier version that says what this one says, if under other names."""
    own = before.get(now.id)
    for section in [own] if own else before.values():
        if section.hash == now.hash or says_the_same(section.text, now.text, is_gone):
            return section
    return None


def _gone_from_english(edition: Edition, path: str) -> Callable[[str], bool]:
    """Whether what a link on a page leads to, another page or an id, is none of English now."""
    pages = edition.project.english.pages

    def is_gone(address: str) -> bool:
        target = target_of(path, address)
        if not target.endswith(".md"):
            return False
        _, _, id = address.partition("#")
        return target not in pages or (bool(id) and id not in sections(pages[target].text))

    return is_gone


def _pins_of_page(state: str, path: str) -> Mapping[str, str]:
    """The pins of a page in the text of an earlier state.yml; none where it cannot be read."""
    try:
        pages, _ = read_yaml(Path(PINS_FILE), PINS_FILE, lambda _: state.encode())
    except Problems:
        return {}
    pinned = pages.get(path) if isinstance(pages, dict) else None
    return pinned if isinstance(pinned, dict) else {}
