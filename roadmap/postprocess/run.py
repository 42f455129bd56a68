"""What happens to the pages of an edition once the theme has rendered them.

`PAGE_STEPS` change a page and need nothing else; the rest is derived from the pages, see
`BuiltPage.derive`, and put together for the edition. A page gets its policy last.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from macros.facts.problem import Problem, Problems
from roadmap.postprocess import bundle, content_security_policy, theme_fixes, verify
from roadmap.postprocess.built_edition import BuiltEdition, BuiltPage
from roadmap.postprocess.bundle import Bundles
from roadmap.project.cache import Memo

PAGE_STEPS: tuple[Callable[[str], str], ...] = (
    theme_fixes.fixed,
    bundle.collapsed,
    bundle.with_marks,
)


def processed(html: str, *, has_pdfs: bool) -> str:
    """The HTML of a page after all steps."""
    if not has_pdfs:
        html = bundle.without_pdf_links(html)
    for step in PAGE_STEPS:
        html = step(html)
    return html


def finish(
    edition: BuiltEdition, bundles: Bundles, memo: Memo, beside: Collection[str] = ()
) -> None:
    """Writes each page with its bundles and its policy, and verifies the edition. Raises Problems.

    `beside` are paths of files below the site that stand outside the edition.
    """
    problems: list[Problem] = []
    for page in edition.pages.values():
        for found in page.derive(content_security_policy.blocked_in):
            problems.append(Problem(edition.name_of(page), *found))
    if problems:
        raise Problems(problems)
    for page in edition.pages.values():
        path = edition.folder / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(finished(page, page.html, bundles), encoding="utf-8", newline="\n")
    if problems := verify.verify(edition, beside, memo):
        raise Problems(problems)


def finished(page: BuiltPage, html: str, bundles: Bundles) -> str:
    """The HTML of a page, or of another form of it with the same scripts, as readers get it."""
    policy = page.derive(content_security_policy.policy_of)
    return content_security_policy.insert(bundle.with_bundles(html, bundles), policy)
