"""The first page of the site: choose an edition. It remembers the choice and works without
script.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

from roadmap.postprocess import content_security_policy
from roadmap.postprocess.unused_css import Used, prune
from roadmap.project import mkdocs_config
from roadmap.project.addresses import HOME, Site
from roadmap.project.edition_file import ENGLISH
from roadmap.publish import social_card

STYLE = "styles/landing-page/choose.css"  # which takes in the styles of the theme
STYLES = ("styles/frame/theme.css", STYLE)
FILES = ("scripts/landing-page/choose.js", "logo.svg")


def write(root: Path, folder: Path, site: Site) -> None:
    """Writes index.html and what it shows. Each edition is named in its own language."""
    own, assets = root / "overrides" / "assets", folder / "assets"
    shutil.rmtree(assets, ignore_errors=True)
    shutil.copytree(own / "fonts", assets / "fonts", ignore=shutil.ignore_patterns("made-from.txt"))
    for name in FILES:
        (assets / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(own / name, assets / name)
    shared = mkdocs_config.config(root / "mkdocs.yml")
    loader = ChoiceLoader([PackageLoader("roadmap"), FileSystemLoader(root / "overrides")])
    templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    page = templates.get_template("choose.html.j2").render(
        editions=site.offered,
        main=ENGLISH,
        root=site.root,
        alternates=site.alternates(HOME),
        picture=social_card.file(ENGLISH),
        description=shared["site_description"],
        letters=shared["extra"]["letters"],
    )
    (folder / "index.html").write_text(
        content_security_policy.sealed(page, "site/index.html"), encoding="utf-8"
    )
    used = Used()
    used.page(page)
    used.script((own / FILES[0]).read_text(encoding="utf-8"))
    styles = "\n".join((own / name).read_text(encoding="utf-8") for name in STYLES)
    (assets / STYLE).parent.mkdir(parents=True)
    (assets / STYLE).write_text(prune(styles, used), encoding="utf-8")
