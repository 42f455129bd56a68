"""The address of the site, once somebody has chosen one. The name in mkdocs.yml stands for none."""

from __future__ import annotations

from urllib.parse import urlsplit

# Names below it are kept free for examples (RFC 2606): nobody is reached there
PLACEHOLDER = ".example"


def published(site_url: str | None) -> str:
    """An address of the site that a reader can go to; empty while it is a placeholder."""
    if not site_url:
        return ""
    host = (urlsplit(site_url).hostname or "").removesuffix(".")
    if f".{host}".endswith(PLACEHOLDER):
        return ""
    return site_url
