"""What a page may call. A piece finds its facts, has them laid out, and renders them: nothing else.

Every piece returns markup that starts in column 0 and holds no line break, so that Markdown leaves
it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import wraps
from typing import TypeVar

from markupsafe import Markup

from macros import worksheet_blocks
from macros.facts.model import Case, Facts, Imprint, Method, Pathway, Role, Setup, Stage, Worksheet
from macros.language.translator import Translator
from macros.layout import chart, continuum, cycle, legend, qr, stages, timeline, triad
from macros.layout.picture import Picture
from macros.layout.setup_diagram import diagram
from macros.render import Renderer

Found = TypeVar("Found")
NO_IMPRINT = Imprint()
STATUS_PLACE = Markup("<section data-edition-status></section>")
SHAPES = (
    Role.CORE,
    Role.ASSISTING,
    Role.LEADER,
    Role.FACILITATOR,
)  # the roles that every pathway has


class Unknown(LookupError):
    """A page asks for something that is not there."""

    def __init__(self, kind: str, id: str, known: Iterable[str]):
        self.kind, self.id, self.known = kind, id, tuple(known)
        super().__init__(f"the unknown {kind} `{id}`")


def find(kind: str, items: Iterable[Found], id: str) -> Found:
    """The item with this id. Raises Unknown."""
    by_id = {item.id: item for item in items}  # type: ignore[attr-defined]
    if id not in by_id:
        raise Unknown(kind, id, by_id)
    return by_id[id]


def in_one_language(pieces: type[Pieces]) -> type[Pieces]:
    """Makes each piece speak one language: the edition's, or English with a note where a part is
    not translated.
    """
    for name in names_of(pieces):
        setattr(pieces, name, _whole(getattr(pieces, name)))
    return pieces


def _whole(piece: Callable[..., str]) -> Callable[..., str]:
    @wraps(piece)
    def told(self: Pieces, *arguments: str) -> str:
        made = piece(self, *arguments)
        speaker = speaker_of(self, made)
        if speaker is self:
            return made
        return speaker._render("_in_english", english=piece(speaker, *arguments), note=speaker.note)

    return told


def speaker_of(pieces: Pieces, made: str) -> Pieces:
    """Who says in one language what was made: these pieces, or English ones with a note where a
    word was missing.
    """
    if pieces.english is None or not pieces.translator.has_untranslated(made):
        return pieces
    note = pieces.translator.gettext("This part is not translated yet. You see it in English.")
    translator = (
        pieces.english.translator if pieces.translator.has_untranslated(note) else pieces.translator
    )
    said = pieces._render(
        "_not_translated", note=pieces.translator.strip_marks(note), speaker=translator
    )
    return replace(pieces.english, base=pieces.base, note=said)


def names_of(pieces: type[Pieces]) -> tuple[str, ...]:
    return tuple(
        name for name, each in vars(pieces).items() if not name.startswith("_") and callable(each)
    )


@in_one_language
@dataclass(frozen=True)
class Pieces:
    """The pieces of one edition, for one page. `base` leads from the page to the root of its
    edition.

    The translator keeps track of what is not translated; for that, there are the `english` pieces,
    with a `note`.
    """

    facts: Facts
    translator: Translator
    render: Renderer
    base: str = ""
    imprint: Imprint = NO_IMPRINT
    english: Pieces | None = None
    note: str = ""
    edition: str = "en"  # to whose downloads a page leads, in whatever language
    fillable_fields_work: bool = (
        True  # whether a PDF shows what is typed in the letters of the edition
    )

    # Pictures

    def setup_diagram(self, id: str) -> str:
        """The people of a set-up or of a pilot pathway, in their groups."""
        subject = self._setup_or_pathway(id)
        return self._draw(
            "setup_diagram",
            id,
            diagram.place(subject.arrangement, self.translator),
            subject=subject,
        )

    def setup_choice(self) -> str:
        """The set-ups of the Roadmap side by side, and when each suits."""
        pictures = [
            (s, self._turn(diagram.place(s.arrangement, self.translator)))
            for s in self.facts.setups
        ]
        return self._render("setup_choice", choices=pictures)

    def pathway_timeline(self, id: str) -> str:
        """When the sessions of a pilot pathway took place."""
        pathway = find("pathway", self._pathways(), id)
        return self._draw(
            "pathway_timeline",
            id,
            timeline.place(pathway.sessions, self.translator),
            pathway=pathway,
        )

    def children_chart(self, id: str = "all") -> str:
        """Children per centre, of one case or of all."""
        cases = self.facts.cases if id == "all" else (find("case", self.facts.cases, id),)
        bars = chart.bars(cases, self.translator)
        return self._draw(
            "children_chart", id, chart.place(bars, self.translator), bars=bars, cases=cases
        )

    def guidance_continuum(self) -> str:
        """From guidance by the facilitator to responsibility of the participants."""
        method = find("method", self.facts.methods, "guidance-continuum")
        return self._draw(
            "guidance_continuum", method.id, continuum.place(method, self.translator), method=method
        )

    def learning_lab_cycle(self) -> str:
        """The phases of a learning lab, and the homework between the labs."""
        return self._cycle("learning_lab_cycle", "learning-lab")

    def reflection_cycle(self) -> str:
        """Reflect, act, reflect on the action."""
        return self._cycle("reflection_cycle", "reflection-cycle")

    def core_concept_triad(self) -> str:
        """The three core concepts, each bound to the other two."""
        method = find("method", self.facts.methods, "core-concepts")
        return self._draw(
            "core_concept_triad", method.id, triad.place(method, self.translator), method=method
        )

    def overlapping_stages(self, id: str = "all") -> str:
        """The stages of a pathway, one of them marked."""
        marked = None if id == "all" else find("stage", self.facts.stages, id)
        picture = stages.place(self.facts.stages, marked, self.translator)
        return self._draw(
            "overlapping_stages", id, picture, stages=self.facts.stages, marked=marked
        )

    # Questions

    def checklist(self, id: str) -> str:
        """One list of questions."""
        stage = {ql.id: s for s in self.facts.stages for ql in s.lists}
        found = find("question list", (ql for s in self.facts.stages for ql in s.lists), id)
        return self._render("checklist", lists=(found,), stage=stage[found.id], whole=False)

    def stage_checklist(self, id: str) -> str:
        """All lists of a stage together."""
        stage = find("stage", self.facts.stages, id)
        return self._render("checklist", lists=stage.lists, stage=stage, whole=True)

    # Worksheets

    def worksheet(self, id: str) -> str:
        """A sheet to print: what it is for, who sits at the table, and what to fill in."""
        sheet = find("worksheet", self.facts.worksheets, id)
        return self._render("worksheet", **self._sheet(sheet), in_pdf=False, fillable=False)

    def worksheet_index(self, stage: str = "all") -> str:
        """The sheets of a stage, or all of them: what each is for, who sits at the table, how long
        it takes.
        """
        chosen = self.facts.stages if stage == "all" else (find("stage", self.facts.stages, stage),)
        sheets = {s.id: [w for w in self.facts.worksheets if w.stage == s.id] for s in chosen}
        others = [w for w in self.facts.worksheets if w.stage is None and stage == "all"]
        return self._render(
            "worksheet_index",
            stages=chosen,
            sheets=sheets,
            others=others,
            fillable_fields_work=self.fillable_fields_work,
        )

    # Facts

    def case_card(self, id: str) -> str:
        """A case at a glance: country, system, centres, people, rhythm."""
        return self._render("case_card", case=self._case(id))

    def facts_table(self, id: str) -> str:
        """Every figure and fact of a case, with its sources."""
        return self._render("facts_table", case=self._case(id))

    def case_comparison(self) -> str:
        """All cases side by side."""
        return self._render("case_comparison", cases=self.facts.cases)

    def voice(self, id: str) -> str:
        """What somebody of the pilots said, retold."""
        return self._render("voice", voice=find("voice", self.facts.voices, id))

    def source_note(self, *references: str) -> str:
        """The sources of what was just said, for the reader to open."""
        for reference in references:
            find("source", self.facts.sources, reference.split()[0])
        return self._render("source_note", references=references)

    # Words and lists

    def term(self, id: str, text: str = "") -> str:
        """A term of the glossary, within a sentence."""
        found = find("term", self.facts.terms, id)
        return self._render("term", term=found, text=text or found.term)

    def glossary_list(self) -> str:
        """The whole glossary."""
        return self._render(
            "glossary_list", terms=sorted(self.facts.terms, key=lambda t: t.term.lower())
        )

    def source_list(self) -> str:
        """Every document that a fact may name."""
        return self._render("source_list", sources=self.facts.sources)

    def data_files(self) -> str:
        """The facts as files, for others to use."""
        return self._render("data_files")

    def data_example(self) -> str:
        """A small program that reads these files."""
        return self._render("data_example")

    def roles(self) -> str:
        """The shapes and what they stand for."""
        return self._render("roles", roles=SHAPES)

    def role(self, id: str) -> str:
        """The shape of one role."""
        if id not in set(Role):
            raise Unknown("role", id, Role)
        return self._render("role", role=Role(id))

    def take_along(self) -> str:
        """What one can take along, the site and the book; a built edition says how big they are."""
        return self._render("take_along", edition=self.edition)

    def edition_status(self) -> str:
        """The place where a built edition says how far it is; a preview leaves it empty."""
        return STATUS_PLACE

    # Shared

    def _cycle(self, piece: str, id: str) -> str:
        method = find("method", self.facts.methods, id)
        return self._draw(piece, id, cycle.place(method, self.translator), method=method)

    def _draw(self, piece: str, id: str, picture: Picture, **data: object) -> str:
        return self._render(
            piece, id=f"{piece.replace('_', '-')}-{id}", picture=self._turn(picture), **data
        )

    def _sheet(self, sheet: Worksheet) -> dict[str, object]:
        shown = worksheet_blocks.shown(sheet, self.facts)
        pictures = {
            each.id: self._picture(each.block.picture) for each in shown if each.kind == "diagram"
        }
        address = self.imprint.address and f"{self.imprint.address}worksheets/{sheet.id}.html"
        code = qr.place(address) if address else None
        return {
            "sheet": sheet,
            "blocks": shown,
            "pictures": pictures,
            "address": address,
            "code": code,
            "imprint": self.imprint,
            "fillable_fields_work": self.fillable_fields_work,
        }

    def _picture(self, id: str) -> tuple[Method | Stage | Setup | Pathway | None, Picture]:
        """What a worksheet shows under this id, and its picture. The shapes of the roles stand for
        themselves.
        """
        if id == "roles":
            return None, self._turn(legend.place(SHAPES, self.translator))
        facts = self.facts
        subject = find(
            "picture", [*facts.methods, *facts.stages, *facts.setups, *self._pathways()], id
        )
        return subject, self._turn(self._drawn(subject))

    def _drawn(self, subject: Method | Stage | Setup | Pathway) -> Picture:
        if isinstance(subject, Stage):
            return stages.place(self.facts.stages, subject, self.translator)
        if isinstance(subject, Method):
            place = {"core-concepts": triad.place, "guidance-continuum": continuum.place}.get(
                subject.id, cycle.place
            )
            return place(subject, self.translator)
        return diagram.place(subject.arrangement, self.translator)

    def _turn(self, picture: Picture) -> Picture:
        return picture.mirrored() if self.translator.right_to_left else picture

    def _render(self, piece: str, **data: object) -> Markup:
        return Markup(
            self.render(piece, base=self.base, facts=self.facts, translator=self.translator, **data)
        )

    def _case(self, id: str) -> Case:
        return find("case", self.facts.cases, id)

    def _pathways(self) -> list[Pathway]:
        return [pathway for case in self.facts.cases for pathway in case.pathways]

    def _setup_or_pathway(self, id: str) -> Setup | Pathway:
        return find("set-up or pathway", [*self.facts.setups, *self._pathways()], id)


def worksheet_document(
    pieces: Pieces, sheets: Iterable[Worksheet], title: str, *, fillable: bool = False
) -> str:
    """Worksheets as an HTML document of their own, for a PDF."""
    filled = [pieces._sheet(sheet) for sheet in sheets]
    return pieces._render(
        "worksheet_document",
        filled=filled,
        title=title,
        in_pdf=True,
        fillable=fillable,
        note=pieces.note,
    )


NAMES = names_of(Pieces)
