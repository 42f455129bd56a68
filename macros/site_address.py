"""The addresses of the site and of its files, once somebody has chosen them. A name for examples
in mkdocs.yml stands for none.
"""

from __future__ import annotations

from urllib.parse import urlsplit

# Names below it are kept free for examples (RFC 2606): nobody is reached there
PLACEHOLDER = ".example"


def published(address: str | None) -> str:
    """An address that a reader can go to; empty while it is a placeholder."""
    if not address:
        return ""
    host = (urlsplit(address).hostname or "").removesuffix(".")
    if f".{host}".endswith(PLACEHOLDER):
        return ""
    return address
