"""The rows of the table: each measures one thing that somebody waits for.

A row takes the lab and returns its figures; it raises Failed where a command does.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from bench.bare import BareHugo, program_named
from bench.checkout import ENGLISH, PAGE, Checkout
from bench.figures import (
    Figure,
    Remark,
    Result,
    clock,
    growth,
    largest,
    processor,
    seconds,
)
from bench.instructions import counter_of
from bench.lab import CODES, FIVE, Lab
from bench.more_cases import add_cases
from bench.preview import Preview
from bench.process import ROOT, Usage, measure, python

Row = Callable[[Lab], list[Result]]

# An edition that is not English
OTHER = CODES[0]
SERVED_PAGE = f"{PAGE}.html"
ONLY_FULL = "only with --full"
# Seconds: nothing, as far as a clock can tell between two builds
UNCHANGED = 0.3
# Growth is linear when a further case costs what one did before, as far as a clock can tell
LINEAR = 1.25


# Builds from nothing


def one_cold(lab: Lab) -> list[Result]:
    """One edition from nothing."""
    return [processor("one edition cold", lab.one_cold, bar=3)]


def five_cold(lab: Lab) -> list[Result]:
    """Five editions from nothing."""
    return [
        processor("five cold", lab.five_cold, editions=FIVE, bar=9),
        clock("five cold", lab.five_cold, editions=FIVE, bar=5),
    ]


def further(lab: Lab) -> list[Result]:
    """What each edition adds beyond five."""
    editions = 24 if lab.full else 8
    many = lab.five.copy("many")
    many.add_editions(CODES[: editions - 1])
    pairs = lab.pairs(many.build, before=many.clear)
    five = median(pair.processor for pair in lab.five_cold)
    samples = [(pair.processor - five) / (editions - FIVE) for pair in pairs]
    figure = Figure(
        name=f"each further edition, {FIVE} to {editions}, processor",
        unit="bare",
        samples=tuple(samples),
        bare=1,
        bar=1.5,
        peak=largest(pairs),
    )
    return [figure]


def pull_request(lab: Lab) -> list[Result]:
    """One edition and English, checked and built in a fresh checkout of five."""
    checkout = lab.five.copy("pull-request")

    def run() -> Usage:
        checked = checkout.roadmap("check", ENGLISH, OTHER)
        return checked + checkout.build(ENGLISH, OTHER)

    pairs = lab.pairs(run, before=checkout.clear)
    return [processor("pull request for one edition", pairs, editions=2, bar=6)]


def mkdocs(lab: Lab) -> list[Result]:
    """MkDocs with the macros plugin, without the `roadmap` command."""
    checkout = lab.one.copy("mkdocs")
    command = python("mkdocs", "build", "--quiet")
    pairs = lab.pairs(lambda: measure(command, checkout.root), before=checkout.clear)
    return [processor("plain `mkdocs build` with macros", pairs, bar=2)]


# Builds after a change


def page(lab: Lab) -> list[Result]:
    """One page changed."""
    one = lab.built_one()
    words = lab.pairs(one.build, before=lambda: one.change_word(ENGLISH, lab.word()))
    blank_lines = lab.pairs(one.build, before=lambda: one.add_blank_line(ENGLISH))
    five = lab.built_five()
    in_five = lab.pairs(five.build, before=lambda: five.change_word(OTHER, lab.word()))
    return [
        processor("one page changed", words, bar=0.5),
        processor("one blank line added", blank_lines, bar=0.5),
        processor("one page changed, five editions", in_five, bar=0.5),
    ]


def fact(lab: Lab) -> list[Result]:
    """One number changed that pages of all editions show."""
    five = lab.built_five()
    pairs = lab.pairs(five.build, before=lambda: five.change_fact(lab.number()))
    return [processor("one fact changed, five editions", pairs, editions=FIVE, bar=2)]


def nothing(lab: Lab) -> list[Result]:
    """Nothing changed."""
    pairs = lab.pairs(lab.built_five().build)
    return [clock("nothing changed, five editions", pairs, editions=FIVE, bar=0.2)]


def check(lab: Lab) -> list[Result]:
    """Everything checked, nothing built."""
    pairs = lab.pairs(lambda: lab.five.roadmap("check"))
    return [clock("`check` of five editions", pairs, editions=FIVE, bar=1.5)]


# The preview


def preview(lab: Lab) -> list[Result]:
    """From the start to the first page; from saving a page or a fact to the page that shows it."""
    checkout = lab.one.copy("preview")
    first, again, pages, facts = [], [], [], []
    bare_first, bare_pages = [], []
    for _ in lab.rounds():
        with _bare_preview(lab) as bare:
            bare_first.append(bare.first_page())
            bare_pages.append(_save_bare_page(lab, bare))
        checkout.clear()
        with _preview(checkout) as cold:
            first.append(cold.first_page())
        with _preview(checkout) as warm:
            again.append(warm.first_page())
            pages.append(_save_page(lab, warm, checkout))
            facts.append(_save_fact(lab, warm, checkout))
    first_bare = median(bare_first)
    saved_bare = median(bare_pages)
    return [
        seconds("saved → served, a page", pages, bare=saved_bare, bar=0.5),
        seconds("saved → served, a fact", facts, bare=saved_bare, bar=0.5),
        seconds("`serve`, first page, cold", first, bare=first_bare, bar=2.5),
        seconds("`serve`, first page, again", again, bare=first_bare, bar=2.5),
    ]


def _preview(checkout: Checkout) -> Preview:
    return Preview(checkout.root, "roadmap", "--port=", f"/{ENGLISH}/")


def _bare_preview(lab: Lab) -> Preview:
    return Preview(lab.bare.root, "mkdocs", "--dev-addr=127.0.0.1:", "/")


def _save_page(lab: Lab, preview: Preview, checkout: Checkout) -> float:
    word = lab.word()
    return preview.saved_to_served(
        lambda: checkout.change_word(ENGLISH, word),
        SERVED_PAGE,
        word,
    )


def _save_fact(lab: Lab, preview: Preview, checkout: Checkout) -> float:
    number = lab.number()
    return preview.saved_to_served(
        lambda: checkout.change_fact(number),
        SERVED_PAGE,
        f"{number} children",
    )


def _save_bare_page(lab: Lab, preview: Preview) -> float:
    word = lab.word()
    return preview.saved_to_served(
        lambda: lab.bare.change_word(word),
        SERVED_PAGE,
        word,
    )


# Paper


def paper(lab: Lab) -> list[Result]:
    """What PDFs add to a build: the sheets of an edition without a book, then sheets and book."""
    checkout = lab.five.copy("paper")
    checkout.withhold(OTHER)

    def change_word() -> None:
        checkout.change_word(OTHER, lab.word())

    sheets = _added_by_pdfs(checkout, OTHER, checkout.clear)
    unchanged = _added_by_pdfs(checkout, OTHER, change_word)
    sheets_and_book = _added_by_pdfs(checkout, ENGLISH, checkout.clear)
    again = lab.pairs(lambda: checkout.roadmap("build", ENGLISH))
    return [
        seconds("34 sheets", [sheets], bar=8),
        seconds("34 sheets unchanged, a page changed", [unchanged], bar=UNCHANGED),
        seconds("book", [sheets_and_book - sheets], bar=20),
        clock("nothing changed, with PDFs", again, bar=0.2),
    ]


def _added_by_pdfs(checkout: Checkout, code: str, before: Callable[[], None]) -> float:
    """Seconds by the clock that the PDFs of an edition add to a build."""
    before()
    without = checkout.build(code)
    before()
    with_pdfs = checkout.roadmap("build", code)
    return with_pdfs.clock - without.clock


# Growth


def cases(lab: Lab) -> list[Result]:
    """What more cases cost, checked and built from nothing."""
    sizes = (4, 40, 200) if lab.full else (4, 22, 40)
    results: list[Result] = []
    costs = []
    for size in sizes:
        figure = _cost_of_cases(lab, size)
        costs.append(figure.value)
        results.append(figure)
    small, middle, large = sizes
    added = Figure(
        name=f"a case more: {middle} → {large}, in {small} → {middle}",
        unit="times",
        samples=(growth(sizes, costs),),
        bar=LINEAR,
    )
    return [*results, added]


def _cost_of_cases(lab: Lab, size: int) -> Figure:
    """What a project with so many cases costs, checked and built."""
    checkout = lab.one.copy(f"cases-{size}")
    add_cases(checkout, size)

    def run() -> Usage:
        return checkout.roadmap("check") + checkout.build()

    pairs = lab.pairs(run, before=checkout.clear)
    return processor(f"{size} cases, checked and built", pairs)


# Other generators, other measures


def peers(lab: Lab) -> list[Result]:
    """Hugo and Zensical on the same bare pages, where they are there."""
    results: list[Result] = []
    for name, run in (("hugo", _hugo), ("zensical", _zensical)):
        program = program_named(name)
        if program is None:
            results.append(Remark(name, "not there: neither beside Python nor on the PATH"))
        else:
            results.append(run(lab, program))
    return results


def _hugo(lab: Lab, program: str) -> Result:
    site = BareHugo(lab.folder / "hugo", FIVE)
    pairs = lab.pairs(lambda: site.build(program))
    return processor("Hugo, five bare, no search", pairs, editions=FIVE)


def _zensical(lab: Lab, program: str) -> Result:
    def run() -> Usage:
        usage = lab.bare.build_with_zensical(program)
        for _ in range(FIVE - 1):
            usage += lab.bare.build_with_zensical(program)
        return usage

    pairs = lab.pairs(run)
    return processor("Zensical, five bare in turn", pairs, editions=FIVE)


def counted(lab: Lab) -> list[Result]:
    """Instructions, which hang less on the machine than seconds do."""
    counter = counter_of(lab.full)
    if isinstance(counter, Remark):
        return [counter]
    one = lab.one
    bare = counter.count(lab.bare.command, lab.bare.root)
    build = python("roadmap", "build", "--no-pdf")
    one.clear()
    cold = counter.count(build, one.root)
    one.change_word(ENGLISH, lab.word())
    changed = counter.count(build, one.root)
    return [
        _instructions("one edition cold", cold / bare),
        _instructions("one page changed", changed / bare),
    ]


def _instructions(name: str, ratio: float) -> Figure:
    return Figure(name=f"{name}, instructions", unit="bare", samples=(ratio,), bare=1)


def tests(lab: Lab) -> list[Result]:
    """All tests, on both cores."""
    if not lab.full:
        return [Remark("`make test`", ONLY_FULL)]
    usage = measure(python("pytest"), ROOT)
    return [seconds("`make test`", [usage.clock], bar=300)]


ROWS: dict[str, Row] = {
    "preview": preview,
    "page": page,
    "fact": fact,
    "nothing": nothing,
    "check": check,
    "one": one_cold,
    "five": five_cold,
    "further": further,
    "pull-request": pull_request,
    "mkdocs": mkdocs,
    "cases": cases,
    "paper": paper,
    "peers": peers,
    "instructions": counted,
    "tests": tests,
}
