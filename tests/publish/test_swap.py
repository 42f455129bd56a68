"""The swap, with every step of it refused, missing or killed: the site is the old one or the fresh one, whole."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from macros.facts.problem import Problems
from roadmap import cli
from roadmap.publish import swap as swapping
from roadmap.publish.build_folder import PREFIX, build_folder
from roadmap.publish.swap import OLD, place_of, swap

OLD_SITE, FRESH_SITE = {"index.html": "old", "en/gone.html": "old"}, {"index.html": "fresh", "en/new.html": "fresh"}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def files_of(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The old site of a project with a cache."""
    monkeypatch.setattr(swapping, "WAITS", (0, 0, 0))
    (tmp_path / ".cache").mkdir()
    write(tmp_path / "site", OLD_SITE)
    return tmp_path / "site"


@pytest.fixture
def fresh(site: Path) -> Path:
    """A fresh site in the folder of a build that nobody locks."""
    write(cache_of(site) / "site-abc" / "site", FRESH_SITE)
    return cache_of(site) / "site-abc" / "site"


def cache_of(site: Path) -> Path:
    return site.with_name(".cache")


def build(site: Path) -> None:
    """What `roadmap build` does around the swap."""
    with build_folder(cache_of(site), site) as folder:
        write(folder / "site", FRESH_SITE)
        swap(folder / "site", site)


def leftovers(site: Path) -> list[Path]:
    return list(cache_of(site).glob(f"{PREFIX}*"))


def start_and_stop_a_build(site: Path) -> None:
    """A build that ends before it has made anything."""
    with build_folder(cache_of(site), site):
        pass


# Systems


def no_exchange(patch: pytest.MonkeyPatch) -> None:
    """Elsewhere than on Linux and macOS."""
    patch.setattr(sys, "platform", "aix")


def no_function(patch: pytest.MonkeyPatch) -> None:
    """An older C library."""
    patch.setattr(swapping.ctypes, "CDLL", lambda name: SimpleNamespace())


def refusing_file_system(patch: pytest.MonkeyPatch) -> None:
    """The system call answers with an error, as it does for EINVAL, ENOSYS and EXDEV."""
    patch.setattr(swapping.ctypes, "CDLL", lambda name: SimpleNamespace(renameat2=lambda *given: -1, renamex_np=lambda *given: -1))


def refused_mac(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys, "platform", "darwin")
    refusing_file_system(patch)


FALLBACKS = [no_exchange, no_function, refusing_file_system, refused_mac]


def refuse(patch: pytest.MonkeyPatch, *, sources: tuple[str, ...]) -> None:
    """Refuses to rename folders of these names."""
    rename = Path.rename

    def refusing(source: Path, target: Path) -> Path:
        if source.name in sources:
            raise PermissionError(13, "Permission denied")
        return rename(source, target)

    patch.setattr(Path, "rename", refusing)


# The swap


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="has no exchange")
def test_linux_and_macos_exchange_the_two_without_a_rename(fresh: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, sources=("site", "old"))
    swap(fresh, site)
    assert files_of(site) == FRESH_SITE
    assert files_of(fresh) == OLD_SITE


def test_macos_is_asked_with_its_own_function(fresh: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(sys, "platform", "darwin")
    library = SimpleNamespace(renamex_np=lambda *given: asked.append(given) or 0)
    monkeypatch.setattr(swapping.ctypes, "CDLL", lambda name: library)
    swap(fresh, site)
    assert asked == [(os.fsencode(fresh), os.fsencode(site), 2)]
    assert files_of(site) == OLD_SITE, "renamed after an exchange"


@pytest.mark.parametrize("system", FALLBACKS)
def test_without_an_exchange_the_two_are_renamed(system: Callable, fresh: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system(monkeypatch)
    swap(fresh, site)
    assert files_of(site) == FRESH_SITE
    assert files_of(fresh.with_name(OLD)) == OLD_SITE and not fresh.exists()


@pytest.mark.parametrize("system", [lambda patch: None, no_exchange])
def test_there_need_be_no_old_site(system: Callable, fresh: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(site)
    system(monkeypatch)
    swap(fresh, site)
    assert files_of(site) == FRESH_SITE and not fresh.exists()


@pytest.mark.parametrize("refused", ["site", "fresh"], ids=["the first rename", "the second rename"])
def test_a_refused_rename_is_a_problem_and_the_old_site_stays(refused: str, fresh: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = fresh.rename(fresh.with_name("fresh"))
    no_exchange(monkeypatch)
    refuse(monkeypatch, sources=(refused,))
    with pytest.raises(Problems) as raised:
        swap(fresh, site)
    assert [str(problem) for problem in raised.value.problems] == [
        "site:1: the built site cannot be put here: Permission denied; a folder that may be renamed and that nothing holds open, neither a window nor a virus scanner; build again"
    ]
    assert files_of(site) == OLD_SITE


def test_a_first_site_that_is_refused_leaves_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(site)
    refuse(monkeypatch, sources=("site",))
    with pytest.raises(Problems, match=r"^site:1: the built site cannot be put here: Permission denied; "):
        build(site)
    assert not site.exists() and leftovers(site) == []


def test_an_old_site_that_cannot_be_put_back_is_named_kept_and_put_back_by_the_next_build(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        no_exchange(patch)
        rename = Path.rename
        patch.setattr(Path, "rename", lambda source, target: rename(source, target) if source == site else refuse_all())
        with pytest.raises(Problems) as raised:
            build(site)
    [folder] = leftovers(site)
    place = f".cache/{folder.name}/old"
    assert [problem.path for problem in raised.value.problems] == [place, "site"]
    start_and_stop_a_build(site)
    assert files_of(site) == OLD_SITE and leftovers(site) == []


def refuse_all() -> None:
    raise PermissionError(13, "Permission denied")


# Killed


def killed(action: Callable[[], None]) -> int:
    """Runs an action in a child process, which ends by itself at some point; its exit code."""
    child = os.fork()
    if child == 0:
        try:
            action()
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def exit_at(step: int, name: str, owner: object) -> None:
    """Ends the process at call number `step` of a function, in its place. Calls count from 0."""
    original, calls = getattr(owner, name), []

    def exiting(*given: object, **named: object) -> object:
        if len(calls) == step:
            os._exit(9)
        calls.append(given)
        return original(*given, **named)

    setattr(owner, name, exiting)


@pytest.mark.parametrize(("step", "left", "then"), [(0, OLD_SITE, OLD_SITE), (1, None, OLD_SITE), (2, FRESH_SITE, FRESH_SITE)])
def test_killed_at_a_rename_it_leaves_what_the_next_build_recovers(
    step: int, left: dict | None, then: dict, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_exchange(monkeypatch)

    def dying_build() -> None:
        exit_at(step, "rename", Path)
        exit_at(0, "rmtree", shutil)
        build(site)

    assert killed(dying_build) == 9
    assert (files_of(site) if site.exists() else None) == left
    assert len(leftovers(site)) == 1
    start_and_stop_a_build(site)
    assert files_of(site) == then and leftovers(site) == []


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="has no exchange")
@pytest.mark.parametrize(("name", "owner", "left"), [("_exchange", swapping, OLD_SITE), ("rmtree", shutil, FRESH_SITE)], ids=["before", "after"])
def test_killed_at_the_exchange_there_is_always_a_site(name: str, owner: object, left: dict, site: Path) -> None:
    def dying_build() -> None:
        exit_at(0, name, owner)
        build(site)

    assert killed(dying_build) == 9
    assert files_of(site) == left and len(leftovers(site)) == 1
    start_and_stop_a_build(site)
    assert files_of(site) == left and leftovers(site) == []


def test_a_swap_stopped_by_hand_between_the_renames_puts_the_old_site_back(fresh: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_exchange(monkeypatch)
    rename = Path.rename

    def interrupted(source: Path, target: Path) -> Path:
        if source == fresh:
            raise KeyboardInterrupt
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        swap(fresh, site)
    assert files_of(site) == OLD_SITE


def test_what_was_built_since_is_not_replaced_by_an_older_site(fresh: Path, site: Path) -> None:
    write(fresh.with_name(OLD), {"index.html": "older"})
    start_and_stop_a_build(site)
    assert files_of(site) == OLD_SITE and leftovers(site) == []


# The folder of a build


@pytest.mark.parametrize("system", [lambda patch: None, no_exchange])
def test_nothing_is_left_of_a_build(system: Callable, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system(monkeypatch)
    build(site)
    assert files_of(site) == FRESH_SITE and leftovers(site) == []


@pytest.mark.parametrize("system", [lambda patch: None, no_exchange])
def test_an_old_site_that_cannot_be_removed_fails_nothing(system: Callable, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system(monkeypatch)
    unlink = os.unlink

    def refusing(path: str, **given: int) -> None:
        if Path(path).name == "gone.html":
            raise PermissionError(13, "Permission denied")
        unlink(path, **given)

    monkeypatch.setattr(os, "unlink", refusing)
    for _ in range(2):  # the next build meets what the first one left
        build(site)
        assert files_of(site) == FRESH_SITE
        assert [list(files_of(folder).values()) for folder in leftovers(site)] == [["old"]]


RUNNING = """
import os, sys, time
from pathlib import Path
from roadmap.publish.build_folder import build_folder
site = Path(sys.argv[1])
with build_folder(site.with_name(".cache"), site) as folder:
    child = os.fork()
    if child:
        print(folder.name, child, flush=True)
    time.sleep(60)
"""


def test_the_folder_of_a_running_build_is_kept_and_that_of_a_killed_one_is_not(site: Path) -> None:
    """Even where a process that the killed one had started still runs, as workers do."""
    abandoned = cache_of(site) / "site-abandoned"
    abandoned.mkdir()
    with subprocess.Popen([sys.executable, "-c", RUNNING, site], stdout=subprocess.PIPE, text=True) as running:
        name, worker = running.stdout.readline().split()
        try:
            assert [folder.name for folder in leftovers(site)] == [name], "the abandoned one is gone"
            abandoned.mkdir()
            start_and_stop_a_build(site)
            assert [folder.name for folder in leftovers(site)] == [name]
            running.kill()
            running.wait()
            start_and_stop_a_build(site)
            assert leftovers(site) == []
        finally:
            os.kill(int(worker), signal.SIGKILL)
            running.kill()


MANY = """
import sys
from pathlib import Path
from roadmap.publish.build_folder import build_folder
site = Path(sys.argv[1])
for _ in range(30):
    with build_folder(site.with_name(".cache"), site) as folder:
        (folder / "mine").touch()
        assert (folder / "mine").exists()
"""


def test_builds_that_start_at_the_same_time_leave_each_other_alone(site: Path) -> None:
    builds = [subprocess.Popen([sys.executable, "-c", MANY, site]) for _ in range(4)]
    assert [build.wait() for build in builds] == [0] * 4
    assert leftovers(site) == []


def test_a_cache_that_cannot_be_written_to_is_a_problem(site: Path) -> None:
    (cache_of(site) / "site.lock").mkdir()
    with pytest.raises(Problems, match=r"^\.cache:1: a folder that cannot be written to: Is a directory; "):
        build(site)
    assert files_of(site) == OLD_SITE


# The command


def test_a_refused_command_says_so_and_leaves_the_site_that_it_put_back(project: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    """A killed build had left the old site in its folder; the next build may not replace what it puts back."""
    killed_build = project / ".cache" / "site-killed"
    write(killed_build / "old", OLD_SITE)
    write(killed_build / "site", FRESH_SITE)
    rename, site = Path.rename, project / "site"

    def refusing(source: Path, target: Path) -> Path:
        if target == site and source.parent != killed_build and source.name == "site":
            raise PermissionError(13, "Permission denied")
        return rename(source, target)

    no_function(monkeypatch)
    monkeypatch.setattr(Path, "rename", refusing)
    monkeypatch.chdir(project)
    assert cli.main(["build", "--no-pdf"]) == 1
    said = capsys.readouterr().err
    assert "site:1: the built site cannot be put here: Permission denied; " in said and "Traceback" not in said
    assert files_of(site) == OLD_SITE and leftovers(site) == []


# Where a site can be put


def test_a_rename_that_is_refused_for_a_moment_is_tried_again(fresh: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_exchange(monkeypatch)
    rename, tries = Path.rename, []

    def scanned(path: Path, target: Path) -> Path:
        tries.append(path.name)
        if len(tries) % 3:
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", scanned)
    swap(fresh, site)
    assert files_of(site) == FRESH_SITE and tries == 6 * ["site"]


def test_a_link_is_followed_and_stays(site: Path, tmp_path: Path) -> None:
    public = site.rename(tmp_path / "public")
    site.symlink_to(public.name)
    place = place_of(site, cache_of(site))
    assert place == public
    with build_folder(cache_of(site), place) as folder:
        write(folder / place.name, FRESH_SITE)
        swap(folder / place.name, place)
    assert site.is_symlink() and files_of(site) == files_of(public) == FRESH_SITE


def in_a_circle(site: Path, patch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(site)
    site.symlink_to(site)


def to_nowhere(site: Path, patch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(site)
    site.symlink_to(site.parent / "not-here" / "site")


def a_file(site: Path, patch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(site)
    site.write_text("mine", encoding="utf-8")


def a_mount(site: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os.path, "ismount", lambda path: Path(path) == site)


def on_another_disk(site: Path, patch: pytest.MonkeyPatch) -> None:
    stat = Path.stat
    other = SimpleNamespace(st_dev=-1)
    patch.setattr(Path, "stat", lambda path, **how: other if path == cache_of(site) else stat(path, **how))


@pytest.mark.parametrize(("place", "found"), [
    (in_a_circle, "a link that leads nowhere"), (to_nowhere, "above which there is no folder"), (a_file, "a file"),
    (a_mount, "a mount, which no other folder can take the place of"), (on_another_disk, "a link to another disk"),
])
def test_where_no_site_can_be_put_it_is_said_before_anything_is_built(place: Callable, found: str, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place(site, monkeypatch)
    with pytest.raises(Problems) as raised:
        place_of(site, cache_of(site))
    [problem] = raised.value.problems
    assert problem.path == "site" and found in problem.found
