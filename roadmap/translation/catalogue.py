"""The catalogue of everything that an edition translates besides its pages: messages.po, whole or
not, right or wrong.

`refresh` is the only function here that writes. Fuzzy messages keep an old translation for the
translator; readers never see them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from gettext import NullTranslations, c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from markupsafe import escape

from macros.facts.problem import Problem, Problems, brief, shown
from macros.language import messages
from macros.language.messages import LAYOUT, Messages, forms
from macros.language.translator import Translator
from roadmap.check.safety import po_messages
from roadmap.translation import extract
from roadmap.translation.extract import Sentence
from roadmap.translation.merge import Key, key, merge, written

CORE = (
    "interface",
    "stages",
    "worksheets",
    "setups",
    "methods",
)  # what checklists, sheets and pictures are made of
TRIED = range(201)  # numbers that two plural rules must agree on


def template(root: Path) -> Catalog:
    """Everything to translate, in English. Raises Problems."""
    catalogue = Catalog()
    for sentence in extract.sentences(root):
        catalogue.add(
            sentence.id,
            context=sentence.context,
            locations=[(sentence.file, None)],
            auto_comments=sentence.comments,
        )
    return catalogue


def refresh(root: Path, code: str) -> Path:
    """Brings messages.po of an edition in line with English; makes it where there is none. Raises
    Problems.

    A text that moved keeps its translation. One that was reworded keeps it as fuzzy, with the old
    English beside it.
    """
    path = messages.path_of(root, code)
    merged = merge(messages.parse(root, code), template(root), code)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(merged, code), encoding="utf-8", newline="\n")
    return path


def read(root: Path, code: str) -> NullTranslations:
    """What an edition says in its language. Raises Problems where its messages cannot be read."""
    return messages.read(root, code)


def theme_words(root: Path, translations: NullTranslations) -> dict[str, str]:
    """The sentences of the layout for `extra.words` of a configuration: key → translation, else
    English.

    The theme does not escape, so they are escaped here.
    """
    english = extract.theme(root)
    return {
        key: str(escape(translations.pgettext(LAYOUT + key, text))) for key, text in english.items()
    }


def theme_in_english(root: Path, translator: Translator) -> list[str]:
    """Keys of the layout's sentences that an edition says in English, for want of a translation."""
    said = translator.marking_untranslated().translations
    return [
        key
        for key, text in extract.theme(root).items()
        if Translator.has_untranslated(said.pgettext(LAYOUT + key, text))
    ]


# How far it is


@dataclass(frozen=True)
class Tally:
    """Messages of one room. `words` counts English words, of which readers see `words_shown`
    translated.
    """

    messages: int = 0
    shown: int = 0
    fuzzy: int = 0
    words: int = 0
    words_shown: int = 0

    @property
    def empty(self) -> int:
        """Messages without a translation, or with one that cannot be shown."""
        return self.messages - self.shown - self.fuzzy

    def __add__(self, other: Tally) -> Tally:
        ours, theirs = vars(self), vars(other)
        return Tally(**{name: ours[name] + theirs[name] for name in ours})


def missing(root: Path, code: str) -> dict[str, Tally]:
    """How far the messages of an edition are, by room: `interface`, then each file of the facts.
    Raises Problems.
    """
    found = messages.parse(root, code)
    there = {key(message): message for message in found}
    tallies = {room: Tally() for room in ("interface", *extract.ROOMS)}
    for id, sentence in _known(root).items():
        tallies[sentence.room] += _tally(sentence, there.get(id), found.one)
    return tallies


def core(tallies: dict[str, Tally]) -> Tally:
    """What must be whole before an edition is offered."""
    return sum((tallies[room] for room in CORE), Tally())


def _tally(sentence: Sentence, message: Message | None, one: int) -> Tally:
    seen = message is not None and messages.is_shown(message, one)
    words = len(sentence.text.split())
    fuzzy = message is not None and message.fuzzy
    return Tally(
        messages=1, shown=int(seen), fuzzy=int(fuzzy), words=words, words_shown=words if seen else 0
    )


def _known(root: Path) -> dict[Key, Sentence]:
    """Every sentence once, under the key of its message."""
    return {key(Message(s.id, context=s.context)): s for s in _merged(extract.sentences(root))}


def _merged(sentences: Iterable[Sentence]) -> Iterable[Sentence]:
    """One sentence for each message: one that also stands alone is part of its plural."""
    plural = {(s.context, s.text) for s in sentences if s.plural}
    return [s for s in sentences if s.plural or (s.context, s.text) not in plural]


# What is wrong


def problems(root: Path, code: str) -> list[Problem]:
    """What is wrong in messages.po of an edition, by itself. It stays English where it would be
    shown.
    """
    path = messages.path_of(root, code)
    if not path.exists():
        return []
    try:
        found = messages.parse(root, code)
    except Problems as unreadable:
        return list(unreadable.problems)
    name, limits = shown(path, root), {s.context: s.limit for s in extract.of_facts(root)}
    if disordered := po_messages.read(path.read_text(encoding="utf-8-sig"), name)[1]:
        return [disordered]
    wrong = [
        Problem(name, double.lineno or 1, f"{_called(double)} a second time", "each message once")
        for double in found.doubles
    ]
    wrong += (Problem(name, *each) for each in _header(found, path, code))
    for message in found:
        faults = (
            *messages.faults(message, found.one),
            *_too_long(message, limits.get(message.context)),
        )
        wrong += (Problem(name, message.lineno or 1, *fault) for fault in faults)
    return sorted(set(wrong))


def outdated(root: Path, code: str) -> list[Problem]:
    """Where English has gone on since messages.po was refreshed. Nothing of it is shown; `refresh`
    mends all of it.
    """
    path, known = messages.path_of(root, code), _known(root)
    name, instead = shown(path, root), f"what `roadmap refresh {code}` writes"
    found = messages.parse(root, code)
    contexts = {context for context, _ in known}
    gone = [message for message in found if key(message) not in known]
    behind = [
        Problem(name, m.lineno or 1, f"{_called(m)}, {_why(m, contexts)}", instead) for m in gone
    ]
    if lacking := len(known) - (len(found) - len(gone)):
        behind.append(Problem(name, 1, f"{lacking} messages that are not there", instead))
    return sorted(behind)


def _why(message: Message, contexts: set[str | None]) -> str:
    if message.context and message.context in contexts:
        return "whose English text is another one now"
    return "which is not in English"


def _called(message: Message) -> str:
    return f"`{message.context or brief(forms(message.id)[0])}`"


def _too_long(message: Message, limit: int | None) -> Iterator[tuple[str, str]]:
    length = max(map(len, forms(message.string)))
    if limit and length > limit:
        yield f"{length} characters for {_called(message)}", f"at most {limit}"


def _header(found: Messages, path: Path, code: str) -> Iterator[tuple[int, str, str]]:
    """Language and plural forms, as other programs read them; we go by the name of the folder."""
    text = forms(found.header.string)[0] if found.header else ""
    fields = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    for name, right in (("Language", code), ("Plural-Forms", found.plural_forms)):
        there = fields.get(name, "")
        line = next((i for i, text in enumerate(lines, start=1) if text.startswith(f'"{name}:')), 1)
        if not _agree(name, there, right):
            yield (
                line,
                f"`{name}: {there}`" if there else f"no `{name}` in the header",
                f"`{name}: {right}`",
            )


def _agree(name: str, there: str, right: str) -> bool:
    if name == "Language":
        return there.replace("_", "-") == right.replace("_", "-")
    return _plurals(there) == _plurals(right)


def _plurals(rule: str) -> tuple[str, tuple[int, ...]] | None:
    """How many forms there are, and which one each number takes; None for a rule that cannot be
    read.
    """
    count, _, formula = rule.replace(" ", "").rstrip(";").partition(";plural=")
    try:
        form = c2py(formula)
        return count, tuple(form(n) for n in TRIED)
    except (ValueError, ArithmeticError, RecursionError):
        return None
