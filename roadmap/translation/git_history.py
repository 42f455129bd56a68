"""Earlier versions of English pages, from git. Where git does not know them, there are none."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

TIMEOUT = 60  # seconds for one command
QUIET = {  # environment of git: fetches nothing, asks nothing, locks nothing, speaks English
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
SETTINGS = ("-c", "log.showSignature=false", "--no-pager", "--literal-pathspecs")
LOG = (  # every change of a file on every line of history, merges included
    "log",
    "--format=",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--full-history",
    "-m",
    "--relative",
    "-z",
    "--",
)


def versions(root: Path, paths: Iterable[str]) -> dict[str, list[str]]:
    """Every committed version of these files, newest first: path below the root → texts.

    Runs git twice, however many files there are.
    """
    wanted = sorted(set(paths))
    blobs_of = _blobs(root, wanted)
    every_blob: list[str] = []
    for blobs in blobs_of.values():
        every_blob += blobs
    texts = _texts(root, every_blob)

    found: dict[str, list[str]] = {}
    for path in wanted:
        of_path = found.setdefault(path, [])
        for blob in blobs_of.get(path, ()):
            if blob in texts:
                of_path.append(texts[blob])
    return found


def versions_elsewhere(root: Path, folder: str, paths: Iterable[str]) -> list[str]:
    """Every committed version of each file of a folder that is none of these files."""
    known = set(paths)
    blobs: list[str] = []
    for path, of_path in _blobs(root, [folder]).items():
        if path not in known:
            blobs += of_path
    return list(_texts(root, blobs).values())


def committed(root: Path, path: str, revision: str = "HEAD") -> str | None:
    """A file as a commit has it. None when there is no such commit or file."""
    name = f"{revision}:./{path}"
    texts = _texts(root, [name])
    return texts.get(name)


def committed_in(root: Path, path: str, commits: Iterable[str]) -> dict[str, str]:
    """A file as each of these commits has it; without those that have it not."""
    names = {commit: f"{commit}:./{path}" for commit in commits}
    texts = _texts(root, names.values())
    return {commit: texts[name] for commit, name in names.items() if name in texts}


def commits(root: Path, path: str) -> list[str]:
    """The commits that gave a file another text, newest first."""
    log = _git(root, "log", "--format=%H", "--", path) or b""
    return log.decode("ascii", "replace").split()


def renames(root: Path, path: str) -> dict[str, str]:
    """The files of a folder that got another path, and which: since the last commit, else then."""
    found: dict[str, str] = {}
    words = ("--diff-filter=R", "--find-renames", "--name-status", "--relative", "-z")
    for command in (("diff", "HEAD", *words), ("log", "--format=", *words)):  # newest first
        answer = _git(root, *command, "--", path) or b""
        fields = iter(answer.decode("utf-8", "replace").split("\0"))
        for field in fields:
            if re.fullmatch(r"\s*R\d+", field):
                old = next(fields)
                found.setdefault(old, next(fields))
    return found


def folder(root: Path, path: str, revision: str) -> dict[str, str]:
    """Every text file of a folder as a commit has it, by its path; none without such a commit."""
    listed = _git(root, "ls-tree", "-r", "-z", "--name-only", "--end-of-options", revision, path)
    names = (listed or b"").decode("utf-8", "replace").split("\0")[:-1]
    texts = _texts(root, [f"{revision}:./{name}" for name in names])
    return {
        name: texts[f"{revision}:./{name}"] for name in names if f"{revision}:./{name}" in texts
    }


def _blobs(root: Path, paths: list[str]) -> dict[str, list[str]]:
    """The names of the blobs that each file has been, newest first, none twice."""
    if not paths:
        return {}
    log = _git(root, *LOG, *paths) or b""
    fields = iter(log.decode("utf-8", "replace").split("\0"))
    found: dict[str, list[str]] = {}
    for field in fields:
        if not field.lstrip().startswith(":"):
            continue
        _, _, _, blob, *_ = field.split()  # `:mode mode old-blob new-blob status`
        path = next(fields)
        blobs = found.setdefault(path, [])
        if blob not in blobs:
            blobs.append(blob)
    return found


def _texts(root: Path, names: Iterable[str]) -> dict[str, str]:
    """The text of each of these blobs that git has. A name is a hash or `commit:./path`."""
    asked = []
    for name in dict.fromkeys(names):
        if "\n" not in name:  # git takes one name a line
            asked.append(name)
    if not asked:
        return {}
    lines = "\n".join(asked) + "\n"
    answer = _git(
        root,
        "cat-file",
        "--batch",
        stdin=lines.encode(),
    )
    if answer is None:
        return {}
    texts: dict[str, str] = {}
    for name, content in zip(asked, _objects(answer), strict=False):
        if content is not None:
            texts[name] = content.decode("utf-8", "replace")
    return texts


def _objects(answer: bytes) -> Iterator[bytes | None]:
    """What `cat-file --batch` answers to each name, in order; None for all that is no blob.

    An object is a line `name type size`, its content and a line feed; one that git does not have is
    a line of another form.
    """
    start = 0
    while start < len(answer):
        end = answer.index(b"\n", start)
        header = answer[start:end].split(b" ")
        start = end + 1
        size = header[-1]
        if not size.isdigit():
            yield None
            continue
        end = start + int(size)
        is_blob = len(header) == 3 and header[1] == b"blob"
        if is_blob:
            yield answer[start:end]
        else:
            yield None
        start = end + 1


def why_unknown(root: Path) -> str:
    """Why git does not know an earlier version, and what helps, in a line."""
    try:
        done = _run(root, "rev-parse", "--is-shallow-repository")
    except (OSError, subprocess.SubprocessError):
        return "git does not answer; install it, or look whether it hangs"
    said = done.stderr.decode("utf-8", "replace")
    if "dubious ownership" in said:
        trust = f"git config --global --add safe.directory {root}"
        return f"git does not trust this folder, which belongs to another user; `{trust}`"
    if done.returncode:
        return "there is no history here, perhaps because the folder came as a ZIP; make a clone"
    if done.stdout.strip() == b"true":
        return "the history of this clone is cut off; `git fetch --unshallow`"
    return "no commit has this text; it was changed again before it was committed"


def _git(
    root: Path,
    *words: str,
    stdin: bytes = b"",
) -> bytes | None:
    """What a git command prints; None when it fails."""
    try:
        done = _run(root, *words, stdin=stdin)
    except (OSError, subprocess.SubprocessError):
        return None
    return None if done.returncode else done.stdout


def _run(root: Path, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Runs git in this folder whatever the environment says; asks nobody else, changes nothing."""
    return subprocess.run(
        ["git", "-C", str(root), *SETTINGS, *words],
        input=stdin,
        capture_output=True,
        env=_environment(),
        timeout=TIMEOUT,
        check=False,
    )


def _environment() -> dict[str, str]:
    """The environment of this process without what steers git, and with what keeps it quiet."""
    environment = dict(QUIET)
    for name, value in os.environ.items():
        if not name.startswith("GIT_"):
            environment.setdefault(name, value)
    return environment
