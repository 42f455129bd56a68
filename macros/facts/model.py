"""What the facts are: the shape of everything in content/, in the reader's words.

Imports nothing of ours. Nothing here reads a file, judges a fact or draws one. Texts are plain and
translatable: `Label` is short enough for a picture, `Prose` is a sentence or a few.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ID = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"

Id = Annotated[str, StringConstraints(pattern=ID)]
QuestionId = Annotated[str, StringConstraints(pattern=r"^Q[1-9]\d*\.[1-9]\d*[a-z]?$")]
ListId = Annotated[str, StringConstraints(pattern=r"^Q[1-9]\d*$")]
Label = Annotated[
    str,
    StringConstraints(min_length=1, max_length=90),
    Field(json_schema_extra={"translate": True}),
]
Prose = Annotated[
    str,
    StringConstraints(min_length=1, max_length=900),
    Field(json_schema_extra={"translate": True}),
]
Name = Annotated[  # proper names and titles: never translated
    str, StringConstraints(min_length=1, max_length=200)
]
Reference = Annotated[  # the id of a source, then the place in it: `report 2.1.3`
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*( .+)?$")
]
References = Annotated[tuple[Reference, ...], Field(min_length=1)]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]  # ISO 3166-1
PageLink = Annotated[  # a page below the edition, and a heading of it
    str, StringConstraints(pattern=r"^[a-z0-9/-]+\.md(#[a-z0-9-]+)?$")
]
OriginalPage = Annotated[int, Field(ge=6, le=52)]  # page of the VALUE Roadmap (2020)
Count = Annotated[int, Field(ge=0)]


class Role(StrEnum):
    """Who takes part. Each role has one shape in every picture."""

    CORE = "core"  # core practitioner: teacher, pedagogue
    ASSISTING = "assisting"  # assisting practitioner: childcare worker, assistant
    EITHER = "either"  # core or assisting; the source does not say how many of each
    LEADER = "leader"  # principal, manager, mentor
    FACILITATOR = "facilitator"
    OTHER = "other"  # coach, coordinator, volunteer, parent


class Model(BaseModel):
    """Frozen, and closed: a key that is not named here is an error."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        defer_build=True,  # validators are built for the facts that are read
    )


class Identified(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> str: ...


# What every fact carries


class Alternate(Model):
    """What another source says of the same thing."""

    value: Decimal | None = None
    text: Prose | None = None
    source: References
    note: Prose | None = None


class Sourced(Model):
    """A fact with the places it comes from; `alternates` are shown beside it as "sources
    differ".
    """

    source: References
    note: Prose | None = None
    inferred: bool = False  # our reading of the sources, not their words
    alternates: tuple[Alternate, ...] = ()


class Figure(Sourced):
    """A number. The unit is that of the field that holds it."""

    value: Decimal
    approximate: bool = False


class Statement(Sourced):
    """A sentence that retells a source."""

    text: Prose


# People and groups: what a set-up diagram draws


class People(Sourced):
    """Members of a group who share a role and a title."""

    role: Role
    title: Label
    number: Annotated[int, Field(ge=1)] | None = None  # people; None: the source gives no number
    completed: Count | None = None  # people who stayed to the end, where fewer did
    presence: Literal["regular", "at-times"] = "regular"


class Group(Model):
    """People who meet. `times` says how many such groups there are; `includes`, in a few words, who
    of the other groups is among its people.
    """

    id: Id
    name: Label
    times: Annotated[int, Field(ge=1)] = 1
    includes: Label | None = None
    people: tuple[People, ...] = ()


class Link(Model):
    """What passes between two groups, in both directions."""

    between: tuple[Id, Id]
    label: Label


class Facilitators(Sourced):
    """Who facilitates: outside the groups (external) or from the own staff (internal)."""

    number: Annotated[int, Field(ge=1)]
    kind: Literal["external", "internal"]
    title: Label
    text: Prose | None = None
    supports: tuple[Id, ...]  # groups
    roles: tuple[Label, ...] = ()  # one after the other, as the pathway goes on


class Arrangement(Model):
    """The set-up of a pathway: its groups, who passes what between them, who facilitates."""

    groups: Annotated[tuple[Group, ...], Field(min_length=1, max_length=12)]
    links: tuple[Link, ...] = ()
    facilitators: Facilitators


class Alongside(Sourced):
    """What happens beside the sessions of the main group."""

    text: Prose
    label: Label
    when: Literal["between", "start-and-end", "quarterly", "twice", "at-times"]


class Sessions(Model):
    """When the main group meets."""

    name: Label  # of one session: "joint learning lab"
    number: Figure  # sessions, kick-off and wrap-up not counted
    hours: Figure | None = None  # of one session
    hours_total: Figure | None = None  # of all sessions together
    weeks_apart: Figure | None = None  # from one session to the next
    months: Figure | None = None  # from the first session to the last
    months_total: Figure | None = None  # with kick-off and wrap-up
    phases: Figure | None = None
    time_of_day: Statement | None = None
    kick_off: Statement | None = None
    wrap_up: Statement | None = None
    alongside: tuple[Alongside, ...] = ()


# A country case


class Part(Sourced):
    """A part of a number of children: of one age, or of one centre."""

    by: Literal["age", "centre"]
    name: Label
    value: Count  # children
    approximate: bool = False


class Centre(Model):
    """An early-childhood centre (in Denmark three that took part together)."""

    id: Id
    name: Name
    name_source: References
    town: Statement
    kind: Statement
    ages: Statement
    children: Figure  # of early-childhood age
    children_parts: tuple[Part, ...] = ()
    whole_school: Figure | None = None  # children of every age, for a centre within a school
    groups: Figure | None = None  # groups or classes of children
    staff: tuple[Statement, ...] = ()
    context: tuple[Statement, ...] = ()


class Pathway(Model):
    """One learning pathway as it was piloted."""

    id: Id
    name: Label
    centres: Annotated[tuple[Id, ...], Field(min_length=1)]
    setup: Id  # the closest of the four set-ups
    setup_note: Statement  # how close
    approach: Statement
    group_type: Statement
    focus: Statement | None = None
    arrangement: Arrangement
    sessions: Sessions
    work_between: tuple[Statement, ...] = ()  # homework, portfolios, logs
    work_beyond: tuple[Statement, ...] = ()  # with leaders, whole staff, other groups
    outcomes: tuple[Statement, ...] = ()


class SystemFact(Sourced):
    """One thing to know of a country's early-childhood system."""

    topic: Literal[
        "ages",
        "childcare",
        "preschool",
        "governance",
        "curriculum",
        "core-practitioners",
        "assisting-practitioners",
        "educare",
    ]
    text: Prose


class System(Model):
    """How a country organises early childhood education and care."""

    type: Literal["split", "unitary"]
    source: References
    facts: tuple[SystemFact, ...]


class Partner(Sourced):
    name: Name
    does: Prose | None = None


class Outcomes(Model):
    """What changed, by core concept."""

    professional_identity: tuple[Statement, ...]
    educare: tuple[Statement, ...]
    collaboration: tuple[Statement, ...]


class Period(Statement):
    """When a pilot took place. `years`: the first and the last that it touches, where the source
    names them.
    """

    years: Annotated[str, StringConstraints(pattern=r"^\d{4}/\d{4}$")] | None = None


class Case(Model):
    """A country case. Its id is the name of its file."""

    id: Id
    country: CountryCode
    name: Label
    summary: Prose
    report: Name  # title of the country report
    report_source: References
    period: Period
    partners: Annotated[tuple[Partner, ...], Field(min_length=1)]
    system: System
    centres: Annotated[tuple[Centre, ...], Field(min_length=1)]
    pathways: Annotated[tuple[Pathway, ...], Field(min_length=1)]
    facilitation: tuple[Statement, ...] = ()
    lessons: Annotated[tuple[Statement, ...], Field(min_length=1)]
    conditions: Annotated[tuple[Statement, ...], Field(min_length=1)]
    outcomes: Outcomes
    stakeholders: Annotated[tuple[Statement, ...], Field(min_length=1)]
    evidence: tuple[Statement, ...] = ()  # how the researchers know


# The how-part


class Question(Model):
    """One question to tick. Its id never changes and is never given to another question."""

    id: QuestionId
    text: Prose


class Item(Model):
    """One bullet of a list in the original: a question, or a few that belong together."""

    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    hint: Prose | None = None


class QuestionList(Model):
    id: ListId
    title: Label
    intro: Prose
    page: OriginalPage
    items: Annotated[tuple[Item, ...], Field(min_length=1)]


class Stage(Model):
    id: Id
    title: Label
    short: Label  # for pictures
    summary: Prose
    page: OriginalPage
    lists: Annotated[tuple[QuestionList, ...], Field(min_length=1)]


class Stages(Model):
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]


class Closeness(Sourced):
    """Which pilot a set-up comes close to, and where it departs from it."""

    pathway: Id
    text: Prose


class Setup(Model):
    """One of the set-ups that the Roadmap describes. An example, not a pilot."""

    id: Id
    title: Label
    original_title: Name
    page: OriginalPage
    summary: Prose
    suits: Prose  # when a centre would choose it
    example: tuple[Statement, ...]
    ages: Statement
    arrangement: Arrangement
    rhythm: Statement
    close_to: tuple[Closeness, ...]


class Setups(Model):
    setups: Annotated[tuple[Setup, ...], Field(min_length=1)]


class Step(Model):
    id: Id
    name: Label
    text: Prose | None = None


class Method(Model):
    """A way of working, or a list from the original that pictures and sheets are made of."""

    id: Id
    title: Label
    kind: Literal["cycle", "steps", "list", "continuum"]
    page: OriginalPage
    summary: Prose
    ends: tuple[Label, Label] | None = None  # of a continuum: most guidance, most responsibility
    steps: Annotated[tuple[Step, ...], Field(min_length=2)]
    between: tuple[Step, ...] = ()  # what happens from one step to the next


class Methods(Model):
    methods: tuple[Method, ...]


class Voice(Model):
    """Somebody of the pilots, retold. `role` and `country` are left out where the original names
    nobody.
    """

    id: Id
    text: Prose
    role: Role | None = None
    title: Label | None = None
    country: CountryCode | None = None
    page: OriginalPage


class Voices(Model):
    voices: tuple[Voice, ...]


# Worksheets


class Block(Model):
    """What every block of a worksheet may have. Texts of the blocks are our own labels for what is
    left blank.
    """

    title: Label | None = None
    hint: Prose | None = None
    new_page: bool = False  # begins the second side
    cut: bool = False  # a slip: a line to cut along stands above it


WritingLines = Annotated[int, Field(ge=0, le=24)]  # lines to write on, 7.6 mm apart


class QuestionsBlock(Block):
    """Questions to tick, with room to write."""

    kind: Literal["questions"]
    ask: Annotated[tuple[ListId | QuestionId, ...], Field(min_length=1)]
    lines: WritingLines = 2  # for each question
    beside: bool = False  # the room stands beside the question


class MethodBlock(Block):
    """The steps of a method, with room to write."""

    kind: Literal["method"]
    method: Id
    steps: tuple[Id, ...] = ()  # all of them where none is named
    lines: WritingLines = 2  # for each step


class ChoiceBlock(Block):
    """Things to tick: our own `options`, the steps of a method, or the set-ups."""

    kind: Literal["choice"]
    options: tuple[Label, ...] = ()
    method: Id | None = None
    between: bool = False  # what happens from one step of the method to the next, not the steps
    setups: bool = False


class TableBlock(Block):
    """A table to fill in. The rows are named here, or are the steps of a method, or stay blank."""

    kind: Literal["table"]
    columns: Annotated[tuple[Label, ...], Field(min_length=1, max_length=6)]
    rows: tuple[Label, ...] = ()
    method: Id | None = None
    blank: WritingLines = 0  # rows without a name
    lines: WritingLines = 1  # height of a row
    wide: Annotated[int, Field(ge=0, le=6)] = 0  # column (from 1) that takes half of the width


class LinesBlock(Block):
    """Room to write, under its title."""

    kind: Literal["lines"]
    lines: Annotated[WritingLines, Field(ge=1)]
    ruled: bool = True  # else a frame to draw in


class FieldsBlock(Block):
    """Short blanks, side by side."""

    kind: Literal["fields"]
    fields: Annotated[tuple[Label, ...], Field(min_length=1)]


class DiagramBlock(Block):
    """A picture: of a stage, a method, a set-up, a pathway, or of the shapes of the roles
    (`roles`).
    """

    kind: Literal["diagram"]
    picture: Id
    size: Literal["small", "large"] = "small"


class ContinuumBlock(Block):
    """Places between the two ends of a continuum, one for each of its steps."""

    kind: Literal["continuum"]
    method: Id
    overall: Label  # the place that follows from all of them


WorksheetBlock = (
    QuestionsBlock
    | MethodBlock
    | ChoiceBlock
    | TableBlock
    | LinesBlock
    | FieldsBlock
    | DiagramBlock
    | ContinuumBlock
)


class Worksheet(Model):
    """A sheet to print: two A4 pages at most."""

    id: Id
    title: Label
    purpose: Prose  # one sentence
    stage: Id | None = None
    who: Label  # is at the table
    time: Prose  # how long it takes: our suggestion, or what the sources say
    page: OriginalPage
    blocks: Annotated[
        tuple[Annotated[WorksheetBlock, Field(discriminator="kind")], ...],
        Field(min_length=1),
    ]


class Worksheets(Model):
    worksheets: tuple[Worksheet, ...]


class Imprint(Model):
    """What a sheet says of the edition it belongs to."""

    name: str = ""  # “English edition”
    version: str = ""
    review: str = ""  # how far a translation has been read, as a whole
    sheet_reviews: Mapping[str, str] = Field(default_factory=dict)  # each worksheet, by its id
    address: str = ""  # of its first page, without `index.html`; empty where nobody has said


# Words and documents


class LocalTerm(Model):
    """A term in one of the partners' languages; `proposal` until a source in that language is
    found.
    """

    language: Literal["nl", "da", "pt", "sl"]
    term: Name
    proposal: bool = False


class Term(Model):
    id: Id
    term: Label
    definition: Prose
    country: CountryCode | None = None  # used there only
    local: tuple[LocalTerm, ...] = ()
    found_in: Name | None = None  # sources of the local terms
    page: PageLink | None = None


class Glossary(Model):
    terms: tuple[Term, ...]


class Source(Model):
    """A document or web page that a fact may name."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$")]
    title: Name
    kind: Literal["publication", "project-page", "partner-page", "other"]
    authors: Name | None = None
    year: int | None = None
    publisher: Name | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    note: Prose | None = None


class Sources(Model):
    sources: tuple[Source, ...]


class Facts(Model):
    """Everything in content/."""

    cases: tuple[Case, ...]
    stages: tuple[Stage, ...]
    setups: tuple[Setup, ...]
    methods: tuple[Method, ...]
    voices: tuple[Voice, ...]
    worksheets: tuple[Worksheet, ...]
    terms: tuple[Term, ...]
    sources: tuple[Source, ...]

    def one(self, name: str, id: str) -> Any:
        """The item of a list, such as `cases`, with this id; None where there is none."""
        for item in getattr(self, name):
            if item.id == id:
                return item
        return None

    def case_of(self, pathway: str) -> Case | None:
        """The case that holds a pathway."""
        for case in self.cases:
            if any(each.id == pathway for each in case.pathways):
                return case
        return None
