"""Names what still stands in for something that only the owners can decide. Proposes nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from macros.facts.problem import Problem, brief, collect_problems
from macros.site_address import published
from roadmap.project.edition_file import ENGLISH
from roadmap.project.project import Project
from roadmap.translation.new_edition import NOBODY

CODE_OWNERS = ".github/CODEOWNERS"
CITATION = "CITATION.cff"
# An owner as GitHub takes it: `@user`, `@organisation/team` or the address of a user
OWNER = re.compile(r"@[\w-]+(/[\w.-]+)?|[^@\s]+@[^@\s]+\.[^@\s]+")
NO_OWNER = "@maintainers"
LICENCE = re.compile(r"(licen[cs]es?|copying)(\W.*)?", re.IGNORECASE)
WEB_ADDRESS = re.compile(r"https://\S+")
ENGLISH_ADDRESS = re.compile(rf"https://[^\s?#]+/{ENGLISH}/")
CONTACT = re.compile(rf"{WEB_ADDRESS.pattern}|mailto:[^@\s]+@[^@\s]+\.[^@\s]+")
# In the place of a name
UNNAMED = re.compile(rf"- (?:name: )?(The maintainers of this project|{NOBODY})\s*$")


def placeholders(project: Project, codes: Collection[str]) -> list[Problem]:
    """Every placeholder that is left in what all editions share and in these, each an error."""
    named = [CITATION, *(f"docs/{code}/edition.yml" for code in codes)]
    return collect_problems(
        lambda: _address(project),
        lambda: _contact(project),
        lambda: _repository(project),
        lambda: _owners(project),
        lambda: _licence(project),
        *(lambda name=name: _names(project, name) for name in named),
    )


def _address(project: Project) -> Iterator[Problem]:
    address = project.config["site_url"] or ""
    if not ENGLISH_ADDRESS.fullmatch(address):
        found = "not that of the English edition" if address else "a placeholder of an address"
        expected = "the address of the English edition, such as https://<your host>/en/"
        yield _setting(project, "site_url", found, expected)


def _contact(project: Project) -> Iterator[Problem]:
    contact = str(project.config["extra"].get("contact") or "")
    if not CONTACT.fullmatch(contact) or not published(contact):
        expected = (
            "where readers write to: `https://…` of an issue tracker or a form, or `mailto:name@…`"
        )
        yield _setting(project, "contact", "no contact", expected)


def _repository(project: Project) -> Iterator[Problem]:
    if not WEB_ADDRESS.fullmatch(project.config["repo_url"]):
        expected = "where the project’s files are kept: https://…, of the repository"
        yield _setting(project, "repo_url", "no address of the repository", expected)


def _setting(project: Project, key: str, found: str, expected: str) -> Problem:
    """A problem at a key of mkdocs.yml; at line 1 where that lacks it."""
    name = project.name_of(project.config_file)
    for number, text in _lines(project, name):
        if text.lstrip().startswith(f"{key}:"):
            return Problem(name, number, f"`{brief(text.partition(' #')[0])}`, {found}", expected)
    return Problem(name, 1, f"no `{key}`", expected)


def _owners(project: Project) -> Iterator[Problem]:
    for number, text in _lines(project, CODE_OWNERS):
        for owner in text.partition("#")[0].split()[1:]:
            if owner == NO_OWNER or not OWNER.fullmatch(owner):
                expected = "who reads such a change: `@user` or `@organisation/team`"
                found = f"`{brief(owner)}`, which is nobody"
                yield Problem(CODE_OWNERS, number, found, expected)


def _licence(project: Project) -> Iterator[Problem]:
    if not any(LICENCE.fullmatch(path.name) for path in project.root.iterdir()):
        expected = "the licence that the owners choose for words, pictures, data and code"
        yield Problem("LICENSE", 1, "no such file", expected)


def _names(project: Project, name: str) -> Iterator[Problem]:
    for number, text in _lines(project, name):
        if unnamed := UNNAMED.search(text):
            expected = "the people or the organisation who answer for it, by name"
            yield Problem(name, number, f"`{unnamed[1]}`", expected)


def _lines(project: Project, name: str) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers; none where it is not there. Raises Problems."""
    path = project.root / name
    if path.is_file():
        yield from enumerate(project.read_text(path).splitlines(), start=1)
