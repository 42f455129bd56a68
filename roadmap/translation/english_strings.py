"""The strings of one English file as a commit has them and as they are. Declares nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.facts.load import load, read_yaml
from macros.facts.problem import Problem, Problems
from macros.language.same_meaning import Reworded
from roadmap.project.project import Project
from roadmap.translation import extract, git_history
from roadmap.translation.extract import Sentence
from roadmap.translation.merge import CUTOFF, NUMBER_IN_LIST

FACTS = "content"


@dataclass(frozen=True)
class _Form:
    """One form of a sentence: `place` is its context, whatever numbers its list items have."""

    context: str | None
    text: str

    @property
    def place(self) -> str:
        return NUMBER_IN_LIST.sub("/", self.context or "")


def reworded_since(project: Project, file: str, since: str) -> list[Reworded]:
    """The strings of a file whose text was another one in a commit, as they stand in the file.

    A string that is new, or that has only moved, is none of them. Raises Problems.
    """
    now = _forms(each for each in extract.sentences(project) if each.file == file)
    if not now:
        found = "a file without strings"
        expected = "a file with English strings, such as content/stages.yml"
        raise Problems([Problem(file, 1, found, expected)])
    before = _forms(_sentences_before(project, file, since))
    return list(_pairs(before, now))


def texts_at(project: Project, file: str, line: int) -> set[str]:
    """The texts of facts that begin on a line of a file, else on the closest line above it."""
    data, lines = read_yaml(project.root / file, file, project.read_bytes)
    texts: dict[int, set[str]] = {}
    for path, start in lines.items():
        value = data
        for step in path:
            value = value[step]
        if isinstance(value, str):
            texts.setdefault(start, set()).add(value)
    above = [start for start in texts if start <= line]
    return texts[max(above)] if above else set()


def _forms(sentences: Iterable[Sentence]) -> list[_Form]:
    """Each form of each sentence once, in order."""
    found: dict[_Form, None] = {}
    for sentence in sentences:
        for text in (sentence.text, sentence.plural):
            if text:
                found[_Form(sentence.context, text)] = None
    return list(found)


def _sentences_before(project: Project, file: str, since: str) -> Iterable[Sentence]:
    """The strings of a file as a commit has it. Raises Problems."""
    if file.startswith(f"{FACTS}/"):
        return [each for each in _facts_before(project, since) if each.file == file]
    text = git_history.committed(project.root, file, since)
    if text is None:
        raise Problems([_not_there(file, since)])
    return extract.in_text(file, text)


def _facts_before(project: Project, since: str) -> Iterable[Sentence]:
    """The texts of all facts as a commit has them. Raises Problems."""
    files = git_history.folder(project.root, FACTS, since)
    if not files:
        raise Problems([_not_there(FACTS, since)])
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        try:
            facts = load(Path(folder, FACTS)).facts
        except Problems as other_shape:
            found = f"facts that cannot be read as {since} has them: {other_shape.problems[0]}"
            expected = "a later commit; or the text before and after, written by hand"
            raise Problems([Problem(FACTS, 1, found, expected)]) from None
    return extract.texts_of(facts)


def _not_there(file: str, since: str) -> Problem:
    expected = "a file that was committed before it was changed"
    return Problem(file, 1, f"what {since} does not have", expected)


def _pairs(before: list[_Form], now: list[_Form]) -> Iterator[Reworded]:
    """What each form said before, where it said something else."""
    known_before = {(form.place, form.text) for form in before}
    known_now = {(form.place, form.text) for form in now}
    gone = [form for form in before if (form.place, form.text) not in known_now]
    for form in now:
        if (form.place, form.text) in known_before:
            continue
        match = _match(form, gone)
        if match:
            gone.remove(match)
            yield Reworded(before=match.text, after=form.text)


def _match(form: _Form, gone: list[_Form]) -> _Form | None:
    """Of the forms that are gone: the one in the same place, or without a place the most alike."""
    if form.context:
        return next((each for each in gone if each.context == form.context), None)
    nameless = {each.text: each for each in gone if not each.context}
    alike = difflib.get_close_matches(form.text, nameless, n=1, cutoff=CUTOFF)
    return nameless[alike[0]] if alike else None
