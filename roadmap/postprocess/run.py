"""One run over the pages of a built edition: `STEPS` in order, then policy, file, verification.

Between the two the book and the ZIP are made from the pages (see build.py). Nothing edits a page
after its policy.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from macros.facts.problem import Problems
from roadmap.postprocess import (
    bundle,
    content_security_policy,
    picture_files,
    search_index,
    theme_fixes,
    verify,
)
from roadmap.postprocess.built_edition import BuiltEdition

STEPS: tuple[Callable[[BuiltEdition], None], ...] = (
    theme_fixes.fix_theme_markup,
    theme_fixes.remove_spare_files,
    picture_files.write_picture_files,  # needs the pictures as the page shows them
    search_index.rebuild_index,  # needs the headings and the prose
    bundle.remove_pdf_links,
    bundle.collapse_whitespace,
    bundle.bundle_scripts,
    bundle.bundle_styles,  # needs the pages as they will be: what they do not use is left out
    bundle.remove_unused_files,
)


def process(edition: BuiltEdition) -> None:
    """Runs every step on the pages in memory; files beside them are written at once."""
    for step in STEPS:
        step(edition)


def finish(edition: BuiltEdition, beside: Collection[str] = ()) -> None:
    """Gives each page its policy, writes it, and verifies it. Raises Problems.

    `beside` are paths of files below the site that stand outside the edition.
    """
    content_security_policy.add_csp(edition)
    edition.write()
    if problems := verify.verify(edition, beside):
        raise Problems(problems)
