"""A checkout and its editions: all that the command reads, each thing on first use and once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from gettext import NullTranslations
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urljoin

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from markdown import Markdown

from macros.edition_pieces import make_pieces, read_catalogue
from macros.facts import rules
from macros.facts.load import LARGEST, Content, load, read_yaml, validate
from macros.facts.problem import Problem, Problems
from macros.facts.text_file import decode_text
from macros.language import messages, same_meaning
from macros.language.messages import Messages
from macros.language.translator import Translator
from macros.pieces import Pieces
from roadmap.project import edition_file, mkdocs_config
from roadmap.project.cache import Memo, fingerprint, hashes
from roadmap.project.edition_file import ENGLISH, EditionFile, check_direction, check_language
from roadmap.project.markdown_pages import MarkdownPage, convert
from roadmap.project.once import once, outcome_of
from roadmap.project.pages import Page
from roadmap.project.remembered import remembered
from roadmap.project.reviews import review_notes
from roadmap.project.stray_files import is_stray
from roadmap.project.version import version_in

Yaml = tuple[Any, dict[tuple[str | int, ...], int]]  # data, and the line of each key and item

SHARED = "all"  # in the place of a code: what belongs to no edition


class Project:
    """A checkout by its folder, `root`.

    Properties read on first use and keep what they read: whoever writes into the checkout makes a
    new Project afterwards. Each raises Problems when what it reads cannot be read.
    """

    def __init__(self, root: Path, memos: dict[tuple[str, str], Memo] | None = None):
        """`memos` are those of an earlier look at the checkout."""
        self.root = root.resolve()
        self._bytes: dict[Path, bytes] = {}
        self._editions: dict[str, Edition] = {}
        self.memos: dict[tuple[str, str], Memo] = {} if memos is None else memos

    def read_bytes(self, path: Path) -> bytes:
        """What a file holds. Raises OSError when it cannot be opened."""
        if path not in self._bytes:
            self._bytes[path] = path.read_bytes()
        return self._bytes[path]

    def read_text(self, path: Path) -> str:
        """A text file of the checkout. Raises Problems when it is not UTF-8."""
        return decode_text(self.read_bytes(path), self.name_of(path), LARGEST)

    def name_of(self, path: Path) -> str:
        """A path as messages name it: below the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def memo(self, name: str, code: str = SHARED) -> Memo:
        """Values that earlier runs have worked out, of an edition by its code or of all."""
        if (name, code) not in self.memos:
            path = self.root / ".cache" / "memo" / code / f"{name}.json"
            self.memos[name, code] = Memo(path)
        return self.memos[name, code]

    def save_memos(self, code: str = SHARED) -> None:
        """Keeps for the next run what has been worked out of an edition, or of all.

        Each is to be saved by one process only.
        """
        for (_, owner), memo in self.memos.items():
            if owner == code:
                memo.save()

    @property
    @once
    def bytecode(self) -> BytecodeCache:
        """Compiled templates of all runs, in `.cache/templates`."""
        folder = self.root / ".cache" / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        return FileSystemBytecodeCache(str(folder))

    def files_key(self, *paths: Path) -> str:
        """A fingerprint of files and folders of the checkout, whether they are there or not."""
        found = []
        for path in paths:
            found += hashes(self.root, [path, *path.rglob("*")], self.read_bytes)
        return fingerprint(found)

    # Configuration

    @property
    def config_file(self) -> Path:
        """The configuration that all editions share."""
        return self.root / "mkdocs.yml"

    @property
    @once
    def config(self) -> Any:
        """The shared configuration as MkDocs reads it."""
        return mkdocs_config.read_config(self.config_file)

    @property
    @once
    def config_key(self) -> str:
        """A fingerprint of the shared configuration."""
        return self.files_key(self.config_file)

    @property
    @once
    def templates_key(self) -> str:
        """A fingerprint of the shared configuration and of our templates of the theme."""
        files = [self.config_file]
        for pattern in ("*.html", "*.svg"):
            files += (self.root / "overrides").rglob(pattern)
        return self.files_key(*files)

    @property
    def nav(self) -> list[Any]:
        """The navigation, as mkdocs.yml writes it."""
        return self.config["nav"] or []

    @property
    @once
    def markdown(self) -> Markdown:
        """Python-Markdown with the extensions of the site; call `reset()` before each page."""
        return mkdocs_config.markdown_of(self.config)

    @property
    @once
    def version(self) -> str:
        """The version of the site, from pyproject.toml; empty where there is none."""
        path = self.root / "pyproject.toml"
        return version_in(self.read_text(path), path.name) if path.exists() else ""

    # Facts

    @property
    @once
    def content_key(self) -> str:
        """A fingerprint of the facts, and of what else every piece depends on: the version."""
        return fingerprint(self.files_key(self.root / "content"), self.version)

    @property
    @once
    def content(self) -> Content:
        """The facts of content/, which obey all rules, and where each of them stands."""
        content = load(self.root / "content", self.read_bytes)
        key = [self.content_key]
        if broken := remembered(self.memo("check"), rules.broken, content, values=key):
            raise Problems(broken)
        return content

    # Editions

    @property
    @once
    def codes(self) -> tuple[str, ...]:
        """The code of each edition, English first: whatever folder stands in docs/ is one."""
        found = {ENGLISH}
        for path in (self.root / "docs").iterdir():
            if (path.is_dir() or path.is_symlink()) and not is_stray(PurePath(path.name)):
                found.add(path.name)
        return tuple(sorted(found, key=lambda code: (code != ENGLISH, code)))

    def edition(self, code: str) -> Edition:
        """An edition by its code, whether it has been begun or not."""
        if code not in self._editions:
            self._editions[code] = Edition(self, code)
        return self._editions[code]

    def known(self, codes: list[str]) -> list[str]:
        """The codes, if each is of an edition in a folder of its own. Raises Problems."""
        problems = []
        for code in codes:
            if code not in self.codes:
                expected = f"one of the editions: {', '.join(self.codes)}; "
                expected += f"`roadmap new edition {code}` begins one"
                problems.append(Problem(f"docs/{code}", 1, "no such edition", expected))
            elif self.edition(code).folder.is_symlink():
                problems.append(Problem(f"docs/{code}", 1, "a link", "a folder of the edition"))
        if problems:
            raise Problems(problems)
        return codes

    @property
    def english(self) -> Edition:
        """The English edition, which all others translate."""
        return self.edition(ENGLISH)

    @property
    def editions(self) -> dict[str, Edition]:
        """Every edition by its code, English first."""
        return {code: self.edition(code) for code in self.codes}

    def edition_files(self) -> dict[str, EditionFile]:
        """What each edition says of itself. Raises Problems with what is wrong in any of them."""
        found: dict[str, EditionFile] = {}
        problems: list[Problem] = []
        for code, edition in self.editions.items():
            try:
                found[code] = edition.file
            except Problems as error:
                problems += error.problems
        if problems:
            raise Problems(problems)
        return found


class Edition:
    """The folder docs/<code>/ of a project. Reads on first use and keeps what it read."""

    def __init__(self, project: Project, code: str):
        self.project = project
        self.code = code
        self._yaml: dict[str, Yaml | Problems] = {}
        self._pages: dict[str, Page | Problems] = {}
        self._converted: dict[str, MarkdownPage] = {}  # by the text of the page

    @property
    def folder(self) -> Path:
        return self.project.root / "docs" / self.code

    @property
    def is_english(self) -> bool:
        return self.code == ENGLISH

    def file_name(self, path: str) -> str:
        """A file of the edition as messages name it: `docs/da/state.yml`."""
        return f"docs/{self.code}/{path}"

    def yaml(self, path: str) -> Yaml:
        """A YAML file of the edition, and the line of each key and item. Raises Problems."""
        name = self.file_name(path)
        file = self.folder / path
        return outcome_of(self._yaml, path, lambda: read_yaml(file, name, self.project.read_bytes))

    @property
    @once
    def file(self) -> EditionFile:
        """What the edition says of itself: edition.yml. Raises Problems."""
        check_language(self.code)
        data, lines = self.yaml(edition_file.FILE)
        edition = validate(data, lines, EditionFile, self.file_name(edition_file.FILE))
        check_direction(edition, self.code)
        return edition

    @property
    def reviews(self) -> Mapping[str, edition_file.Reviewed]:
        """Who has read what; of an edition.yml that cannot be read, nothing."""
        with suppress(Problems):
            return self.file.reviews
        return {}

    # Pages

    @property
    @once
    def page_paths(self) -> tuple[str, ...]:
        """The path of each page below the edition, sorted."""
        files = (path for path in self.folder.rglob("*.md") if path.is_file())
        names = (path.relative_to(self.folder) for path in files)
        return tuple(sorted(name.as_posix() for name in names if not is_stray(name)))

    @property
    def own_pages(self) -> frozenset[str]:
        """The pages that the edition has in its own language and that English has, too."""
        return frozenset(self.page_paths) & frozenset(self.project.english.page_paths)

    def page(self, path: str) -> Page:
        """A page by its path below the edition. Raises Problems when it is not UTF-8."""
        name = self.file_name(path)
        file = self.folder / path
        return outcome_of(
            self._pages, path, lambda: Page.decode(path, name, self.project.read_bytes(file))
        )

    @property
    @once
    def pages(self) -> dict[str, Page]:
        """The pages that can be read, by their paths."""
        found = {}
        for path in self.page_paths:
            with suppress(Problems):
                found[path] = self.page(path)
        return found

    def converted(self, page: Page) -> MarkdownPage:
        """A page as Markdown reads it, once for each text. Raises Problems."""
        if page.text not in self._converted:
            data = self.project.memo("markdown", self.code).get(
                lambda: convert(page, self.project.markdown).as_json(),
                page.text,
                self.project.config_key,
            )
            self._converted[page.text] = MarkdownPage.from_json(data)
        return self._converted[page.text]

    @property
    def unreadable_pages(self) -> list[Problem]:
        """Why the other pages cannot be read."""
        readable = self.pages
        problems: list[Problem] = []
        for path in self.page_paths:
            kept = self._pages.get(path)
            if path not in readable and isinstance(kept, Problems):
                problems += kept.problems
        return problems

    # Language

    @property
    @once
    def messages(self) -> Messages:
        """The catalogue; empty where there is none. Raises Problems."""
        check_language(self.code)
        return read_catalogue(self.project.root / "docs", self.code, self.project.read_bytes)

    @property
    @once
    def translations(self) -> NullTranslations:
        """The messages that may be shown. Raises Problems."""
        return messages.compile_shown(self.messages, self.code)

    @property
    @once
    def translator(self) -> Translator:
        """Says a sentence in the language of the edition, else in English. Raises Problems."""
        return Translator(self.code, self.translations)

    # Pieces

    @property
    @once
    def pieces_key(self) -> str:
        """A fingerprint of the facts and of all else that decides what a piece answers."""
        return fingerprint(self.project.content_key, self.language_key)

    @property
    @once
    def language_key(self) -> str:
        """A fingerprint of what decides what a piece answers, besides the facts and our code."""
        sheets = [each for each in self.reviews.items() if each[0].startswith("worksheets/")]
        return fingerprint(self.catalogue_key, self.project.version, self.address, sheets)

    @property
    @once
    def catalogue_key(self) -> str:
        """A fingerprint of the catalogue."""
        english = self.project.english.folder
        files = (self.folder / messages.FILE, english / same_meaning.FILE)
        return fingerprint(self.code, self.project.files_key(*files))

    @property
    def address(self) -> str:
        """Where the edition will be published, ending in a slash; empty where nobody has said."""
        english = self.project.config["site_url"]
        return urljoin(english, f"../{self.code}/") if english else ""

    @property
    @once
    def pieces(self) -> Callable[[str], Pieces]:
        """The pieces in the language of the edition, for a page by its path. Raises Problems."""
        facts = self.project.content.facts
        notes = {} if self.is_english else review_notes(self.reviews, self.own_pages, facts)
        return make_pieces(
            facts,
            self.translator,
            version=self.project.version,
            address=self.address,
            edition=self.code,
            bytecode=self.project.bytecode,
            **notes,
        )

    @property
    @once
    def english_pieces(self) -> Callable[[str], Pieces]:
        """The pieces in English, for pages that the edition has not translated."""
        if self.is_english:
            return self.pieces
        return make_pieces(
            self.project.content.facts,
            Translator(),
            version=self.project.version,
            address=self.address,
            edition=self.code,
            fillable_fields_work=self.translator.fillable_fields_work,
            bytecode=self.project.bytecode,
        )
