"""MkDocs: reads its configuration, and turns its warnings into Problems."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import material
from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException
from mkdocs.utils import yaml_load

from macros.facts.problem import Problem, Problems, shown
from macros.facts.text_file import decode_text
from macros.language.locales import same_written_language
from macros.site_address import published
from roadmap.project.edition_file import ENGLISH

# The templates of Material for MkDocs
THEME = Path(material.__file__).parent / "templates"
CALLS_PIECES = "macros"  # as mkdocs.yml names the plugin
LARGEST = 1_000_000  # bytes of a configuration
YAML_PLACE = re.compile(r'\s+in "[^"]*", line (\d+), column \d+')
# The key that a warning of MkDocs is about
KEY = re.compile(r"Config value '(\w+)'")


def read_config(file: Path) -> Any:
    """The configuration in a file, as MkDocs reads it, without the plugin that calls pieces.

    Its `site_url` and its `repo_url` are empty while they are placeholders. Raises Problems where
    MkDocs warns of it or refuses it.
    """
    with _warnings_as_problems(file):
        config = load_config(str(file), **_other_plugins(file))
    for address in ("site_url", "repo_url"):
        config[address] = published(config[address])
    return config


def _other_plugins(file: Path) -> dict[str, Any]:
    """The plugins of a configuration but for the one that calls pieces, which takes long to load.

    Nothing where that cannot be told: MkDocs says why.
    """
    try:
        plugins = yaml_load(file.read_text(encoding="utf-8"))["plugins"]
    except (OSError, ValueError, LookupError, TypeError, ConfigurationError):
        return {}
    if not isinstance(plugins, list):
        return {}
    others = []
    for each in plugins:
        if CALLS_PIECES not in ([each] if isinstance(each, str) else each):
            others.append(each)
    return {"plugins": others}


def read_settings(file: Path, settings: Mapping[str, Any]) -> Any:
    """A configuration that stands in no file, as MkDocs reads it: paths count from that of `file`.

    Raises Problems where MkDocs warns of it or refuses it.
    """
    text = json.dumps(settings, ensure_ascii=False)  # JSON is YAML
    stream = io.BytesIO(text.encode())
    stream.name = str(file)
    with _warnings_as_problems(file):
        return load_config(stream)


def markdown_of(config: Any) -> Markdown:
    """Python-Markdown with the extensions that a configuration names."""
    return Markdown(
        extensions=config["markdown_extensions"],
        extension_configs=config["mdx_configs"],
    )


def theme_language(root: Path, code: str) -> str:
    """The language of the words of the theme in an edition: its code, or what serves for it.

    Raises Problems where neither overrides/ nor the theme have words in this language.
    """
    for language in same_written_language(code):
        for folder in (root / "overrides", THEME):
            words = folder / "partials" / "languages" / f"{language}.html"
            if words.exists():
                return language
    found = f"the language `{code}`, for which the theme has no words"
    expected = f"overrides/partials/languages/{code}.html, after the pattern of the theme's en.html"
    raise Problems([Problem(f"docs/{code}/edition.yml", 1, found, expected)])


def stemmer(code: str) -> str:
    """The language whose stemmer and stop words search uses: English where the theme has none."""
    scripts = THEME / "assets" / "javascripts" / "lunr" / "min"
    for language in same_written_language(code):
        if (scripts / f"lunr.{language}.min.js").exists():
            return language
    return ENGLISH


# Warnings


@contextmanager
def _warnings_as_problems(file: Path) -> Iterator[None]:
    """Turns warnings and errors of MkDocs into Problems of a configuration file."""
    handler = _ProblemHandler(file)
    log = logging.getLogger("mkdocs")
    log.addHandler(handler)
    try:
        yield
    except (Abort, MkDocsException, UnicodeDecodeError) as error:
        if file.is_file():
            decode_text(file.read_bytes(), handler.name_shown, LARGEST)  # raises Problems
        if not handler.problems:  # else the reason has been logged
            handler.problems.append(handler.problem(str(error)))
    finally:
        log.removeHandler(handler)
    if handler.problems:
        raise Problems(handler.problems)


class _ProblemHandler(logging.Handler):
    """Collects the warnings of MkDocs as problems of a configuration file."""

    def __init__(self, file: Path) -> None:
        super().__init__(logging.WARNING)
        self.name_shown = shown(file, file.parent)
        self.file = file
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.problems.append(self.problem(record.getMessage()))

    def problem(self, message: str) -> Problem:
        if place := YAML_PLACE.search(message):
            found = f"YAML cannot be read here: {message[: place.start()].strip().splitlines()[-1]}"
            expected = "`key: value` lines, two spaces for each level"
            return Problem(self.name_shown, int(place[1]), found, expected)
        found = " ".join(message.split()).rstrip(".")
        line = self._line_of(message)
        return Problem(self.name_shown, line, found, "a build without warnings")

    def _line_of(self, message: str) -> int:
        """The line, from 1, with the key that a message is about; 1 where it names none."""
        key = KEY.search(message)
        if not key:
            return 1
        lines = self.file.read_text(encoding="utf-8").splitlines()
        for number, text in enumerate(lines, start=1):
            if text.lstrip().startswith(key[1]):
                return number
        return 1
