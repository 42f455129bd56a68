"""Makes `.venv`, installs what the lock names, then runs the command. Needs nothing but Python.

Runs on the Python of the machine, before anything is installed: the standard library only.

    python -m roadmap.bootstrap build | serve | check | test
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
TEST_PROGRAMS = {"chromium": "chromium", "pdftotext": "poppler-utils"}  # program → Debian package


def main(arguments: list[str]) -> int:
    """Exit code of the command."""
    if sys.version_info < OLDEST:
        return _stop(f"this is Python {sys.version.split()[0]}; Python {OLDEST[0]}.{OLDEST[1]} or newer is needed")
    if not arguments:
        return _stop("say what to do: build, serve, check or test")
    testing = arguments[0] == "test"
    try:
        install("requirements-test.lock" if testing else "requirements.lock")
    except (subprocess.CalledProcessError, OSError) as error:
        return _stop(f"installing stopped: {error}")
    if testing and (missing := install_programs()):
        return _stop(f"the tests need {', '.join(missing)}; install with: sudo apt-get install {' '.join(missing)}")
    module = "pytest" if testing else "roadmap.cli"
    rest = arguments[1:] if testing else arguments
    return subprocess.run([PYTHON, "-m", module, *rest], cwd=ROOT, check=False).returncode


def install(lock: str) -> None:
    """Brings `.venv` in line with a lock. Does nothing when it is already."""
    wanted = hashlib.sha256((ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / f"{lock}.installed"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        print("Making .venv …", flush=True)
        venv.create(VENV, with_pip=True, clear=True)
    print(f"Installing what {lock} names (once; a minute or two) …", flush=True)
    _pip("install", "--require-hashes", "--requirement", lock)
    _pip("install", "--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(wanted)


def _pip(*arguments: str) -> None:
    quiet = ("--quiet", "--disable-pip-version-check")
    subprocess.run([PYTHON, "-m", "pip", *arguments, *quiet], cwd=ROOT, check=True)


def install_programs() -> list[str]:
    """Installs the Debian packages that the tests need, where that is allowed. Returns what is still missing."""
    missing = _missing_programs()
    if missing and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"Installing {', '.join(missing)} for the tests …", flush=True)
        quietly = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quietly)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], check=False, **quietly)
    return _missing_programs()


def _missing_programs() -> list[str]:
    return [package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)]


def _stop(reason: str) -> int:
    print(f"roadmap: {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
