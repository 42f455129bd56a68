"""The picture that a subject is always shown by, on pages and on worksheets."""

from __future__ import annotations

from macros.facts.model import Facts, Method, Pathway, Setup, Stage
from macros.find import Subject
from macros.language.translator import Translator
from macros.layout import continuum, cycle, phases, stages, triad
from macros.layout.picture import Picture
from macros.layout.setup_diagram import diagram


def picture_of(subject: Subject, facts: Facts, translator: Translator) -> Picture:
    """A stage among the others, a method in its own form, a set-up or a pathway with its people."""
    match subject:
        case Stage():
            return stages.place(facts.stages, subject, translator)
        case Method(id="core-concepts"):
            return triad.place(subject, translator)
        case Method(id="learning-lab"):
            return phases.place(subject, translator)
        case Method(id="guidance-continuum"):
            return continuum.place(subject, translator)
        case Method():
            return cycle.place(subject, translator)
        case Setup() | Pathway():
            return diagram.place(subject.arrangement, translator)
