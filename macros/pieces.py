"""What a page may call. A piece finds its facts, has them laid out, and renders them: nothing else.

Every piece returns markup that starts in column 0 and holds no line break, so that Markdown leaves
it alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from markupsafe import Markup

from macros import worksheet_blocks
from macros.facts.model import Case, DiagramBlock, Facts, Imprint, Role, Worksheet
from macros.find import (
    Subject,
    Unknown,
    find,
    find_arranged,
    find_in,
    find_pathway,
    find_pictured,
)
from macros.language.translator import Translator
from macros.layout import chart, legend, qr, road, stages, timeline
from macros.layout.picture import Picture
from macros.layout.setup_diagram import diagram
from macros.picture_of import picture_of
from macros.render import Renderer

NO_IMPRINT = Imprint()
WITHIN_SENTENCES = frozenset({"term", "ours"})  # pieces that are no block of their own
STATUS_PLACE = Markup("<section data-edition-status></section>")
SHAPES = (  # the roles that every pathway has
    Role.CORE,
    Role.ASSISTING,
    Role.LEADER,
    Role.FACILITATOR,
)


def in_one_language(pieces: type[Pieces]) -> type[Pieces]:
    """Class decorator: each piece is in the language of the edition, or else as a whole in English
    with a note that it is not translated.
    """
    for name in names_of(pieces):
        setattr(pieces, name, _in_one_language(getattr(pieces, name)))
    return pieces


def _in_one_language(piece: Callable[..., str]) -> Callable[..., str]:
    """Makes a piece fall back to English as a whole where a part has no translation."""

    @wraps(piece)
    def render_in_one_language(self: Pieces, *arguments: str) -> str:
        rendered = piece(self, *arguments)
        speaker = speaker_of(self, rendered)
        if speaker is self:
            return rendered
        english = piece(speaker, *arguments)
        return speaker._render("_in_english", english=english, note=speaker.note)

    return render_in_one_language


def speaker_of(pieces: Pieces, rendered: str) -> Pieces:
    """The pieces that can render in one language what these have rendered.

    These themselves where everything is translated; else the English ones, with a note.
    """
    translator = pieces.translator
    if pieces.english is None or not translator.has_untranslated(rendered):
        return pieces
    note = translator.gettext("This part is not translated yet. You see it in English.")
    return in_english(pieces, note)


def in_english(pieces: Pieces, note: str) -> Pieces:
    """The English pieces of an edition that is not English, with a note that says why."""
    english = pieces.english
    assert english
    translator = pieces.translator
    untranslated = translator.has_untranslated(note)
    rendered_note = pieces._render(
        "_not_translated",
        note=translator.strip_marks(note),
        speaker=english.translator if untranslated else translator,
    )
    return replace(english, base=pieces.base, note=rendered_note)


def names_of(pieces: type[Pieces]) -> tuple[str, ...]:
    """Names of the pieces: the public methods of a class, in the order of its body."""
    names = []
    for name, member in vars(pieces).items():
        if callable(member) and not name.startswith("_"):
            names.append(name)
    return tuple(names)


@in_one_language
@dataclass(frozen=True)
class Pieces:
    """The pieces of one edition, for one page. `base` leads from the page to the root of its
    edition.

    The translator marks what is not translated; a piece with such a mark is rendered by the
    `english` pieces instead, which carry a `note` for the reader.
    """

    facts: Facts
    translator: Translator
    render: Renderer
    base: str = ""
    imprint: Imprint = NO_IMPRINT
    english: Pieces | None = None
    note: str = ""
    edition: str = "en"  # to whose downloads a page leads, in whatever language
    fillable_fields_work: bool = True  # whether a PDF shows what is typed in this script

    # Pictures

    def setup_diagram(self, id: str) -> str:
        """The people of a set-up or of a pilot pathway, in their groups."""
        subject = find_arranged(self.facts, id)
        picture = diagram.place(subject.arrangement, self.translator)
        return self._draw("setup_diagram", id, picture, subject=subject)

    def setup_choice(self) -> str:
        """The set-ups of the Roadmap side by side, and when each suits."""
        choices = []
        for setup in self.facts.setups:
            picture = diagram.place(setup.arrangement, self.translator)
            choices.append((setup, self._mirrored_if_needed(picture)))
        return self._render("setup_choice", choices=choices)

    def pathway_timeline(self, id: str) -> str:
        """When the sessions of a pilot pathway took place."""
        pathway = find_pathway(self.facts, id)
        picture = timeline.place(pathway.sessions, self.translator)
        return self._draw("pathway_timeline", id, picture, pathway=pathway)

    def children_chart(self, id: str = "all") -> str:
        """Children per centre, of one case or of all."""
        cases = self.facts.cases if id == "all" else (self._case(id),)
        bars = chart.bars(cases, self.translator)
        picture = chart.place(bars, self.translator)
        return self._draw("children_chart", id, picture, bars=bars, cases=cases)

    def guidance_continuum(self) -> str:
        """From guidance by the facilitator to responsibility of the participants."""
        return self._method("guidance_continuum", "guidance-continuum")

    def learning_lab_phases(self) -> str:
        """The phases that run through learning labs, and the homework between the labs."""
        return self._method("learning_lab_phases", "learning-lab")

    def reflection_cycle(self) -> str:
        """Reflect, act, reflect on the action."""
        return self._method("reflection_cycle", "reflection-cycle")

    def core_concept_triad(self) -> str:
        """The three core concepts, each bound to the other two."""
        return self._method("core_concept_triad", "core-concepts")

    def road(self) -> str:
        """The whole Roadmap: the roles on their road from stage to stage, wide and upright."""
        places = (road.place_wide, road.place_upright)
        wide, upright = (
            self._mirrored_if_needed(place(self.facts.stages, SHAPES, self.translator))
            for place in places
        )
        return self._render("road", wide=wide, upright=upright, stages=self.facts.stages)

    def overlapping_stages(self, id: str = "all") -> str:
        """The stages of a pathway, one of them marked."""
        marked = None if id == "all" else find_in(self.facts, "stages", id)
        all_stages = self.facts.stages
        picture = stages.place(all_stages, marked, self.translator)
        return self._draw("overlapping_stages", id, picture, stages=all_stages, marked=marked)

    # Questions

    def checklist(self, id: str) -> str:
        """One list of questions."""
        lists = []
        stage_of = {}
        for stage in self.facts.stages:
            for questions in stage.lists:
                lists.append(questions)
                stage_of[questions.id] = stage
        found = find("question list", lists, id)
        return self._render("checklist", lists=(found,), stage=stage_of[id], whole=False)

    def stage_checklist(self, id: str) -> str:
        """All lists of a stage together."""
        stage = find_in(self.facts, "stages", id)
        return self._render("checklist", lists=stage.lists, stage=stage, whole=True)

    # Worksheets

    def worksheet(self, id: str) -> str:
        """A worksheet to print: what it is for, who sits at the table, and what to fill in."""
        worksheet = find_in(self.facts, "worksheets", id)
        data = self._worksheet(worksheet)
        return self._render("worksheet", **data, in_pdf=False, fillable=False)

    def worksheet_index(self, stage: str = "all") -> str:
        """The worksheets of a stage, or all of them: what each is for, who sits at the table, how
        long it takes.
        """
        chosen = self.facts.stages
        others = [w for w in self.facts.worksheets if w.stage is None]
        if stage != "all":
            chosen = (find_in(self.facts, "stages", stage),)
            others = []
        by_stage: dict[str, list[Worksheet]] = {each.id: [] for each in chosen}
        for worksheet in self.facts.worksheets:
            if worksheet.stage in by_stage:
                by_stage[worksheet.stage].append(worksheet)
        return self._render(
            "worksheet_index",
            stages=chosen,
            sheets=by_stage,
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
        found = find_in(self.facts, "voices", id)
        return self._render("voice", voice=found)

    def source_note(self, *references: str) -> str:
        """The sources of what was just said, for the reader to open."""
        for reference in references:
            find_in(self.facts, "sources", reference.partition(" ")[0])
        return self._render("source_note", references=references)

    # Words and lists

    def term(self, id: str, text: str = "") -> str:
        """A term of the glossary, within a sentence."""
        found = find_in(self.facts, "terms", id)
        return self._render("term", term=found, text=text or found.term)

    def ours(self) -> str:
        """The sign of what is our reading or our advice."""
        return self._render("ours")

    def glossary_list(self) -> str:
        """The whole glossary."""
        terms = sorted(self.facts.terms, key=lambda term: term.term.lower())
        return self._render("glossary_list", terms=terms)

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

    def _method(self, piece: str, id: str) -> str:
        """The picture of a method."""
        method = find_in(self.facts, "methods", id)
        picture = picture_of(method, self.facts, self.translator)
        return self._draw(piece, id, picture, method=method)

    def _draw(self, piece: str, id: str, picture: Picture, **data: object) -> str:
        """A piece that shows one picture; its id is that of the piece and of its subject."""
        return self._render(
            piece,
            id=f"{piece.replace('_', '-')}-{id}",
            picture=self._mirrored_if_needed(picture),
            **data,
        )

    def _render(self, piece: str, **data: object) -> Markup:
        """The markup of a piece from its template."""
        markup = self.render(
            piece,
            base=self.base,
            facts=self.facts,
            translator=self.translator,
            **data,
        )
        return Markup(markup)

    def _worksheet(self, worksheet: Worksheet) -> dict[str, Any]:
        """What the template of a worksheet needs."""
        blocks = worksheet_blocks.shown(worksheet, self.facts)
        pictures = {}
        for each in blocks:
            if isinstance(each.block, DiagramBlock):
                pictures[each.id] = self._subject_and_picture(each.block.picture)
        address = ""
        code = None
        if self.imprint.address:
            address = f"{self.imprint.address}worksheets/{worksheet.id}.html"
            code = qr.place(address)
        return {
            "sheet": worksheet,
            "blocks": blocks,
            "pictures": pictures,
            "address": address,
            "code": code,
            "imprint": self.imprint,
            "review": worksheet_blocks.review_of(worksheet, self.imprint),
            "fillable_fields_work": self.fillable_fields_work,
        }

    def _subject_and_picture(self, id: str) -> tuple[Subject | None, Picture]:
        """What a worksheet shows under this id, and its picture; `roles` has no subject."""
        if id == "roles":
            return None, self._mirrored_if_needed(legend.place(SHAPES, self.translator))
        subject = find_pictured(self.facts, id)
        picture = picture_of(subject, self.facts, self.translator)
        return subject, self._mirrored_if_needed(picture)

    def _mirrored_if_needed(self, picture: Picture) -> Picture:
        """The picture, mirrored where the language runs from right to left."""
        return picture.mirrored() if self.translator.right_to_left else picture

    def _case(self, id: str) -> Case:
        """The case with this id. Raises Unknown."""
        return find_in(self.facts, "cases", id)


def worksheet_article(pieces: Pieces, worksheet: Worksheet, *, fillable: bool = False) -> str:
    """A worksheet as an HTML article, for a PDF; `fillable` with form fields."""
    return pieces._render(
        "worksheet_article",
        **pieces._worksheet(worksheet),
        in_pdf=True,
        fillable=fillable,
        note=pieces.note,
    )


NAMES = names_of(Pieces)
