"""Hostile files: name → what is done to the folder of an edition, what must be named, words that must be said."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

Deed = Callable[[Path], object]
BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


def write(name: str, content: str | bytes = "# x\n") -> Deed:
    def deed(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return deed


def link(name: str, target: str) -> Deed:
    return lambda folder: (folder / name).symlink_to(target)


def zipped() -> bytes:
    """A zip of zips, the same at every hour: a byte of its date may else be the end of a line."""
    inner = b"x"
    for _ in range(5):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo("a.zip"), inner * 20, zipfile.ZIP_DEFLATED)
        inner = packed.getvalue()
    return inner


def many(folder: Path) -> None:
    for i in range(600):
        (folder / f"p{i}.md").write_text("# x\n")


LONG = "a" * 60
KIND, ODD = "a file `", "an odd name"
FILES: dict[str, tuple[Deed, str, str]] = {
    "a zip of zips": (write("bomb.zip", zipped()), "bomb.zip:1", KIND),
    "a zip named as a page": (write("bomb.md", zipped()), "bomb.md:1", ""),
    "a picture": (write("x.png", b"\x89PNG"), "x.png:1", "pictures and other assets do not belong"),
    "a drawing": (write("x.svg", "<svg onload=alert(1)>"), "x.svg:1", "pictures and other assets do not belong"),
    "a page of HTML": (write("x.html"), "x.html:1", KIND),
    "a script": (write("assets/x.js"), "assets/x.js:1", KIND),
    "a style sheet": (write("assets/x.css"), "assets/x.css:1", KIND),
    "a program": (write("main.py"), "main.py:1", KIND),
    "a configuration": (write("mkdocs.yml"), "mkdocs.yml:1", KIND),
    "an edition in an edition": (write("how/edition.yml"), "how/edition.yml:1", KIND),
    "another text": (write("notes.txt"), "notes.txt:1", KIND),
    "a list with unseen letters": (write("to-do.txt", "a\u202eb"), "to-do.txt:1", "U+202E"),
    "a hidden file": (write(".htaccess"), ".htaccess:1", ODD),
    "a hidden folder": (write(".git/hooks/x.md"), ".git:1", ODD),
    "a file without an ending": (write("readme"), "readme:1", KIND),
    "a name in capitals": (write("Index.md"), "Index.md:1", ODD),
    "a name with spaces": (write("a b.md"), "a b.md:1", ODD),
    "a name with two endings": (write("x.html.md"), "x.html.md:1", ODD),
    "a name with code": (write("{{ config }}.md"), "{{ config }}.md:1", ODD),
    "a name with a new line": (write("a\nb.md"), "a\\nb.md:1", ODD),
    "a name that writes on the terminal": (write("\x1b[2Jx.md"), "\\x1b[2Jx.md:1", ODD),
    "a name in two ways of writing": (write("cafe\u0301.md"), "cafe\u0301.md:1", ODD),
    "a name that is no text": (
        lambda folder: Path(os.fsdecode(os.fsencode(folder) + b"/\xff.md")).write_text("x"), "\\udcff.md:1", ODD),
    "a name that Windows keeps": (write("con.md"), "con.md:1", ODD),
    "a long path": (write(f"{LONG}/{LONG}.md"), f"{LONG}/{LONG}.md:1", "a path of 124 characters"),
    "deep folders": (write("a/b/c/d/e/f/g.md"), "a/b/c/d/e/f/g.md:1", "folders in folders"),
    "many files": (many, ":1", "more than 500 files and folders"),
    "a link to a secret": (link("secret.md", "/etc/passwd"), "secret.md:1", "a symbolic link"),
    "a link out of the folder": (link("up.md", "../../mkdocs.yml"), "up.md:1", "a symbolic link"),
    "a link within the folder": (link("twin.md", "page.md"), "twin.md:1", "a symbolic link"),
    "a link to a folder": (link("root", "/"), "root:1", "a symbolic link"),
    "a link to itself": (link("loop.md", "loop.md"), "loop.md:1", "a symbolic link"),
    "a link for the edition file": (link("edition.yml", "/etc/passwd"), "edition.yml:1", "a symbolic link"),
    "a pipe": (lambda folder: os.mkfifo(folder / "pipe.md"), "pipe.md:1", "something that is no file"),
    "a large page": (write("large.md", b"words \n" * 1_500_000), "large.md:1", "10500000 bytes; at most 200000"),
    "many quotes": (write("quotes.md", b">" * 1_000_000), "quotes.md:1", "1000000 bytes"),
    "much nesting in a call": (write("nested.md", b"{{ " + b"(" * 1_000_000), "nested.md:1", "1000003 bytes"),
    "large messages": (write("messages.po", b"# x\n" * 600_000), "messages.po:1", "2400000 bytes; at most 2000000"),
    "a large state": (write("state.yml", b"a: b\n" * 30_000), "state.yml:1", "150000 bytes; at most 100000"),
    "a large edition": (
        lambda folder: [write(f"p{i}.md", b"words \n" * 28_000)(folder) for i in range(42)], ":1", "in one edition"),
    "Latin-1": (write("latin.md", "# São\n".encode("latin-1")), "latin.md:1", "a byte that is not UTF-8 (0xe3)"),
    "UTF-16": (write("wide.md", "# x\n\n<script>".encode("utf-16")), "wide.md:1", "a byte that is not UTF-8"),
    "UTF-16 without a mark": (write("wide.md", "# x\n".encode("utf-16-le")), "wide.md:1", "U+0000"),
    "a long form of a letter": (write("long.md", b"# x\n\n\xc0\xbcscript>"), "long.md:3", "not UTF-8 (0xc0)"),
    "half a letter": (write("half.md", b"# x\n\n\xed\xa0\x80"), "half.md:3", "a byte that is not UTF-8"),
}

YAML: dict[str, tuple[str, str, int, str]] = {
    "a bomb": ("edition.yml", BOMB, 1, "the anchor or alias `a`"),
    "a bomb in the state": ("state.yml", "x: y\nz: *a\n", 2, "the anchor or alias `a`"),
    "an object": ("edition.yml", "name: x\nteam: !!python/object/apply:os.mkdir [CANARY]\n", 2, "the tag"),
    "the environment": ("edition.yml", "name: !ENV HOME\n", 1, "the tag `!ENV`"),
    "nesting": ("edition.yml", "a: " + "[" * 40_000, 1, "values inside values"),
    "some nesting": ("edition.yml", "a: [[[[[[[[x]]]]]]]]\n", 1, "values inside values"),
    "a key twice": ("edition.yml", "name: a\nname: b\n", 2, "`name` a second time"),
    "a script": ("edition.yml", "name: a\ntitle: <script>alert(1)</script>\n", 2, "markup (`<`)"),
    "a script in a key": ("edition.yml", "name: a\nreviews:\n  <script>: x\n", 3, "markup (`<`)"),
    "an attribute that ends early": ("edition.yml", "title: x\" onload=\"y\n", 1, 'markup (`"`)'),
    "escapes": ("edition.yml", 'title: "\\x3cscript>"\n', 1, "markup (`<`)"),
    "an unseen escape": ("edition.yml", 'name: a\ntitle: "a\\u202eb"\n', 2, "U+202E"),
    "a call": ("edition.yml", "title: a {{ config }}\n", 1, "markup (`{`)"),
    "a script as address": ("edition.yml", "official_address: javascript:alert(1)\n", 1, "markup (`javascript:`)"),
    "an address that is not safe": ("edition.yml", "official_address: http://evil.example\n", 1, "the address `http://evil.example`"),
    "a file": ("edition.yml", "official_address: file:///etc/passwd\n", 1, "the address `file:///etc/passwd`"),
    "a path out of the folder": ("state.yml", "../../mkdocs.yml:\n  a: 0123\n", 1, "a path out of the folder"),
    "a path from the top": ("queries.yml", "- query: x\n  page: /etc/passwd\n", 2, "a path out of the folder"),
    "a path of Windows": ("queries.yml", "- query: x\n  page: C:\\x\n", 2, "a path out of the folder"),
    "two documents": ("edition.yml", "name: a\n---\nname: b\n", 2, "another document"),
    "control characters": ("edition.yml", "name: a\nteam: b\x07\n", 2, "U+0007"),
    "a turned direction": ("queries.yml", "- query: a\u202eb\n", 1, "U+202E"),
}
