"""`python -m tests.audit.kill [rounds] [seed]`: builds that are killed at any moment. Run it before a release.

It builds a copy of the project, without PDFs. Then, 50 times, it changes a page, starts `roadmap build` and kills it with
all its processes: at a random moment, at a step that renames or removes folders, or around the swap; half of the builds run
on a system without an exchange. After each kill the site must be the old one or the new one, byte for byte. Then a build, of
the new page or of the old one again, must succeed and give what a build from nothing gives, and leave nothing of the killed
one. Only without an exchange there may be no site between two renames; then the next build, even one that fails, puts the old
one back.

It knows nothing but the command line, `site/` and `.cache/`. Two builds a round: half an hour. The seed is printed; the same
seed kills at the same steps, and at moments as near as the speed of the computer allows. Exit code 1 at the first fault; the
copy is kept.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT, copy_project

ROUNDS = 50
HOOKS = Path(__file__).parent / "hooks"
COMMAND = [sys.executable, "-m", "roadmap", "build", "--no-pdf"]
PAGE = "docs/en/glossary.md"
BROKEN = "{{ no_such_piece() }}\n"
EXCHANGES = ("renameat2", "renamex_np")
AIMS = ("os.rename ", "shutil.rmtree ", *EXCHANGES)
BESIDE = (0, 1, 2, 5)  # steps after one of these
AROUND = (-1, 0, 1, 2)  # steps beside those of a swap

Tree = dict[str, bytes]  # the bytes of each file, by its path in the site


class Fault(Exception):
    """A site or a build that is not as it must be."""


@dataclass(frozen=True)
class System:
    """A way that a site is swapped in, and the steps of a build that are worth a kill."""

    name: str
    environment: Mapping[str, str]
    aims: list[int]
    swaps: list[int]


class Copy:
    """A copy of the project whose page has one of two texts."""

    def __init__(self, root: Path):
        self.root = copy_project(root)
        self.site = root / "site"
        self.log = root / "log.txt"
        text = (root / PAGE).read_text(encoding="utf-8")
        self.texts = [text, f"{text}\nOne more line.\n"]

    def write(self, text: str) -> None:
        (self.root / PAGE).write_text(text, encoding="utf-8")

    def start(self, environment: Mapping[str, str]) -> subprocess.Popen:
        """A build in a process group of its own."""
        path = os.pathsep.join([str(HOOKS), str(ROOT)])
        with self.log.open("w") as log:
            return subprocess.Popen(
                COMMAND, cwd=self.root, env=os.environ | {"PYTHONPATH": path} | environment, stdout=log, stderr=log, start_new_session=True
            )

    def build(self, environment: Mapping[str, str] | None = None) -> Tree:
        """The site after a build that must succeed."""
        if self.start(environment or {}).wait() != 0:
            raise Fault(f"The build failed:\n{self.log.read_text()}")
        return self.tree()

    def build_from_nothing(self) -> Tree:
        shutil.rmtree(self.site, ignore_errors=True)
        shutil.rmtree(self.root / ".cache", ignore_errors=True)
        return self.build()

    def tree(self) -> Tree:
        """The site; empty where there is none."""
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in self.site.rglob("*") if path.is_file()}

    def cached(self) -> list[str]:
        """The files and folders in the cache."""
        return sorted(path.name for path in (self.root / ".cache").iterdir())


class Killing:
    """The rounds. Raises Fault."""

    def __init__(self, copy: Copy, dice: random.Random):
        self.copy, self.dice = copy, dice
        self.trees = [self.from_nothing(number) for number in (0, 1)]
        self.cached = copy.cached()
        begun = time.monotonic()
        self.systems = [self.system("", {}, 0), self.system(", without an exchange", {"NO_EXCHANGE": "1"}, 1)]
        self.usual = (time.monotonic() - begun) / 2
        self.standing = 1

    def from_nothing(self, number: int) -> Tree:
        self.copy.write(self.copy.texts[number])
        return self.copy.build_from_nothing()

    def system(self, name: str, environment: dict[str, str], number: int) -> System:
        """A build with this text, of which the steps are noted."""
        file = self.copy.root / f"steps-{number}.txt"
        self.must_be(number, environment | {"STEPS_FILE": str(file)})
        steps = file.read_text(encoding="utf-8").splitlines()
        aims = [place for place, step in enumerate(steps) if step.startswith(AIMS)]
        swaps = [place for place, step in enumerate(steps) if step in (*EXCHANGES, f"os.rename {self.copy.site}")]
        if not swaps:
            raise Fault(f"No step of the build swaps the site{name}: tests/audit/hooks does not see it")
        return System(name, environment, aims, swaps)

    def must_be(self, number: int, environment: Mapping[str, str] | None = None) -> None:
        """Builds this text; the site must be that of a build from nothing."""
        self.copy.write(self.copy.texts[number])
        built = self.copy.build(environment)
        if built != self.trees[number]:
            raise Fault(f"The site is another than from nothing: {differing(built, self.trees[number])}")
        if len(self.copy.cached()) > len(self.cached):
            raise Fault(f"Something is left in the cache: {self.copy.cached()}")

    def round(self) -> str:
        """Kills a build, and builds again; what happened."""
        old, new = self.standing, 1 - self.standing
        self.copy.write(self.copy.texts[new])
        system = self.dice.choice(self.systems)
        how = self.kill(system) + system.name
        found = self.what_stands(old, new, how, may_be_missing="NO_EXCHANGE" in system.environment)
        self.standing = self.dice.choice((old, new))
        self.must_be(self.standing)
        return f"{how}: {found}; then a build of the {'new' if self.standing == new else 'old'} page: as from nothing"

    def kill(self, system: System) -> str:
        """Starts a build and kills it; when."""
        aim = self.dice.choice(("moment", "step", "swap"))
        if aim == "moment":
            moment = self.dice.uniform(0, self.usual)
            build = self.copy.start(system.environment)
            time.sleep(moment)
            os.killpg(build.pid, signal.SIGKILL)
            how = f"after {moment:.2f} s"
        else:
            steps = places(system.aims, BESIDE) if aim == "step" else places(system.swaps, AROUND)
            at = self.dice.choice(steps)
            build = self.copy.start(system.environment | {"KILL_AT": str(at)})
            how = f"at step {at}, {aim}"
        ended = build.wait()
        if ended not in (0, -signal.SIGKILL):
            raise Fault(f"The build failed:\n{self.copy.log.read_text()}")
        return f"killed {how}" if ended else f"not killed {how}, it was done"

    def what_stands(self, old: int, new: int, how: str, *, may_be_missing: bool) -> str:
        tree = self.copy.tree()
        if tree == self.trees[old]:
            return "the old site"
        if tree == self.trees[new]:
            return "the new site"
        if self.copy.site.exists() or not may_be_missing:
            raise Fault(f"{how}: neither the old nor the new site: {differing(tree, self.trees[old])}")
        self.copy.write(BROKEN)
        if self.copy.start({}).wait() != 1 or self.copy.tree() != self.trees[old]:
            raise Fault(f"{how}: a failing build has not put the old site back:\n{self.copy.log.read_text()}")
        return "no site, the old one after a build that failed"


def places(steps: list[int], beside: tuple[int, ...]) -> list[int]:
    """The numbers of steps beside others."""
    return sorted({step + more for step in steps for more in beside})


def differing(tree: Tree, other: Tree) -> str:
    """The files that differ, or that one of the two lacks."""
    names = sorted(name for name in tree.keys() | other.keys() if tree.get(name) != other.get(name))
    return f"{len(names)} files, such as {', '.join(names[:5])}"


def main(rounds: int, seed: int) -> int:
    print(f"Seed {seed}. Building from nothing, then noting the steps of builds …", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="roadmap-kill-")).resolve()
    try:
        killing = Killing(Copy(folder), random.Random(seed))
        for number in range(1, rounds + 1):
            print(f"{number} of {rounds}: {killing.round()}", flush=True)
    except Fault as fault:
        print(f"{fault}\nThe copy is in {folder}.", file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*given, *(ROUNDS, random.randrange(10**6))[len(given) :]))
