"""The bundled font: where its files lie. Cuts nothing, measures nothing."""

from pathlib import Path

import fontpkg_source_sans_3

FAMILY = "Source Sans 3"
FOLDER = Path(fontpkg_source_sans_3.__file__).parent
UPRIGHT = FOLDER / "files" / "SourceSans3[wght].ttf"
ITALIC = FOLDER / "files" / "SourceSans3-Italic[wght].ttf"
LICENCE = FOLDER / "LICENSE"
REGULAR, BOLD = 400, 700
