"""Files that editors, systems and merges leave beside one's work. They belong to no edition: nobody
reads them, and none of them is a fault.
"""

from __future__ import annotations

import re
from pathlib import PurePath

STRAY = re.compile(
    r"""
    \.DS_Store | \._.* | __MACOSX | \.AppleDouble | Icon\r          # macOS
    | (?i:thumbs\.db | ehthumbs\.db | desktop\.ini)                 # Windows
    | \.directory | \.Trash.* | \.fuse_hidden.*                     # Linux
    | .*~ | ~\$.* | \#.*\# | \.\#.* | \.~lock\..*\#                 # open files, backups
    | .*\.(?:bak | orig | rej | tmp | swp | swo | swn)
    | .*\.mo | messages\.pot                                        # compiled from messages.po
    | \.idea | \.vscode | \.obsidian | \.git(?:keep|ignore)
    """,
    re.VERBOSE,
)


def is_stray(path: PurePath) -> bool:
    """Whether a path below an edition is such a file, or in such a folder."""
    return any(map(STRAY.fullmatch, path.parts))
