"""Makes `.venv`, installs what the lock names, then runs the command. Needs nothing but Python.

Runs on the Python of the machine, before anything is installed: the standard library only.

    python -m roadmap.bootstrap build [--no-pdf] | serve | check | test | audit
"""

import ctypes
import hashlib
import importlib.util
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
TESTING = {"test": "pytest", "audit": "tests.audit"}  # command → module that it runs
TEST_PROGRAMS = {  # program → Debian package
    "chromium": "chromium",
    "firefox-esr": "firefox-esr",
    "java": "default-jre-headless",
    "pdftotext": "poppler-utils",
}
TOOLS = ROOT / "tests" / "tools"  # names programs that come from npm
PDF_LIBRARIES = {  # library that makes the PDFs → Debian package
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def main(arguments: list[str]) -> int:
    """Exit code of the command."""
    if sys.version_info < OLDEST:
        return _stop(
            f"this is Python {sys.version.split()[0]}; Python {OLDEST[0]}.{OLDEST[1]} or newer is needed"
        )
    if not arguments:
        return _stop("say what to do: build, serve, check, test or audit")
    if importlib.util.find_spec("ensurepip") is None:
        return _stop(
            "this Python cannot make a .venv; install first: sudo apt-get install python3-venv"
        )
    testing = arguments[0] in TESTING
    try:
        install("requirements-test.lock" if testing else "requirements.lock")
        if testing:
            install_tools()
    except (subprocess.CalledProcessError, OSError) as error:
        return _stop(f"installing stopped: {error}")
    if missing := install_packages(arguments):
        packages, instead = (
            " ".join(missing),
            "" if testing else ", or leave the PDFs out: build --no-pdf",
        )
        return _stop(
            f"install first: sudo apt-get install --no-install-recommends {packages}{instead}"
        )
    command = [TESTING[arguments[0]], *arguments[1:]] if testing else ["roadmap.cli", *arguments]
    return subprocess.run([PYTHON, "-m", *command], cwd=ROOT, check=False).returncode


def install(lock: str) -> None:
    """Brings `.venv` in line with a lock. Does nothing when it is already."""
    wanted = hashlib.sha256(
        (ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    ).hexdigest()
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


def install_tools() -> None:
    """Puts the programs that the tests use beside the packages. Does nothing when they are there
    already.
    """
    target, lock = VENV / "tools", (TOOLS / "package-lock.json").read_bytes()
    wanted, stamp = hashlib.sha256(lock).hexdigest(), target / "installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Installing what tests/tools/package-lock.json names (once) …", flush=True)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(TOOLS, target)
    npm = PYTHON.with_name("npm.exe" if os.name == "nt" else "npm")
    subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
        cwd=target,
        check=True,
    )
    stamp.write_text(wanted)


def _pip(*arguments: str) -> None:
    quiet = ("--quiet", "--disable-pip-version-check")
    subprocess.run([PYTHON, "-m", "pip", *arguments, *quiet], cwd=ROOT, check=True)


def install_packages(arguments: list[str]) -> list[str]:
    """Installs the Debian packages that a command needs, where that is allowed. Returns what is
    still missing.
    """
    missing = _missing(arguments)
    if missing and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"Installing {', '.join(missing)} …", flush=True)
        quietly = {
            "stdout": subprocess.DEVNULL,
            "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        }
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quietly)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
            check=False,
            **quietly,
        )
    return _missing(arguments)


def _missing(arguments: list[str]) -> list[str]:
    command, *options = arguments
    programs = TEST_PROGRAMS if command in TESTING else {}
    libraries = (
        PDF_LIBRARIES if command in {"build", *TESTING} and "--no-pdf" not in options else {}
    )
    return [
        *(package for program, package in programs.items() if not shutil.which(program)),
        *(package for library, package in libraries.items() if not _loads(library)),
    ]


def _loads(library: str) -> bool:
    """Whether a library is there. Asked on Linux only: elsewhere it has another name, and its own
    message.
    """
    if sys.platform != "linux":
        return True
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _stop(reason: str) -> int:
    print(f"roadmap: {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
