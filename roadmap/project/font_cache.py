"""Keeps the fonts that were cut to some letters in `.cache/fonts`, for every build and edition."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from macros.typesetting import subset
from macros.typesetting.fonts import Face
from roadmap.project.cache import ValueCache, code_of, fingerprint, packages

Cut = Callable[[Face, Iterable[int]], bytes]

DAYS = 30  # that a font stays which no build asks for


class FontCache:
    """The web fonts of a project. Each is cut once for each set of letters.

    Builds and editions side by side share it.
    """

    def __init__(self, root: Path):
        self.fonts = ValueCache(root / ".cache" / "fonts", ".font")
        self.shared = fingerprint(packages(), code_of("macros/typesetting"))

    def web_font(self, face: Face, letters: Iterable[int]) -> bytes:
        """What `subset.web_font` answers, cut now or before."""
        return self._font("web", subset.web_font, face, letters)

    def picture_font(self, face: Face, letters: Iterable[int]) -> bytes:
        """What `subset.picture_font` answers, cut now or before."""
        return self._font("picture", subset.picture_font, face, letters)

    def _font(self, kind: str, cut: Cut, face: Face, letters: Iterable[int]) -> bytes:
        wanted = sorted(set(letters))
        return self.fonts.get(
            lambda: cut(face, wanted),
            kind,
            _digest(face.file),
            face.weight,
            face.family,
            wanted,
            self.shared,
        )

    def tidy(self) -> None:
        """Removes the fonts that no build has asked for in a long time."""
        self.fonts.tidy_old(DAYS)


@cache
def _digest(file: Path) -> str:
    """The hash of a font of a package, which stays as it is while we run."""
    digest = hashlib.sha256(file.read_bytes())
    return digest.hexdigest()
