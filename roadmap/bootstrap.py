"""Makes `.venv`, installs what the lock names, then runs the command. Needs nothing but Python.

Runs on the Python of the machine, before anything is installed: the standard library only.

    python -m roadmap.bootstrap build [--no-pdf] | serve | check | bench | test | audit
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
ON_WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if ON_WINDOWS else "bin/python")
# The oldest Python that the packages in the lock run on
OLDEST = (3, 11)
# Commands for those who change the code: command → module that it runs
TESTING = {"test": "pytest", "audit": "tests.audit"}
MODULES = TESTING | {"bench": "bench"}
# Programs that the tests use: program → Debian package
TEST_PROGRAMS = {
    "chromium": "chromium",
    "firefox-esr": "firefox-esr",
    "java": "default-jre-headless",
    "pdftotext": "poppler-utils",
}
# The folder that names the programs of the tests that come from npm
TOOLS = ROOT / "tests" / "tools"
# Libraries that WeasyPrint loads to render PDFs: library → Debian package
PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def main(arguments: list[str]) -> int:
    """Installs what a command needs and runs it; returns its exit code."""
    if sys.version_info < OLDEST:
        present = sys.version.split()[0]
        oldest = ".".join(map(str, OLDEST))
        return _stop(f"this is Python {present}; Python {oldest} or newer is needed")
    if not arguments:
        return _stop("say what to do: build, serve, check, bench, test or audit")
    if importlib.util.find_spec("ensurepip") is None:
        return _stop(
            "this Python cannot make a .venv; install first: sudo apt-get install python3-venv"
        )
    testing = arguments[0] in TESTING
    try:
        if testing:
            install("requirements-test.lock")
            install_tools()
        else:
            install("requirements.lock")
    except (subprocess.CalledProcessError, OSError) as error:
        return _stop(f"installing stopped: {error}")
    missing = install_packages(arguments)
    if missing:
        return _stop(_how_to_install(missing, arguments[0]))
    return _run(arguments)


def _how_to_install(packages: list[str], command: str) -> str:
    install_command = "sudo apt-get install --no-install-recommends"
    advice = f"install first: {install_command} {' '.join(packages)}"
    if command == "build":
        advice += ", or leave the PDFs out: build --no-pdf"
    return advice


def _run(arguments: list[str]) -> int:
    """Runs a command with the Python of `.venv`; returns its exit code."""
    command, *options = arguments
    if command in MODULES:
        module = [MODULES[command], *options]
    else:
        module = ["roadmap", *arguments]
    finished = subprocess.run(
        [PYTHON, "-m", *module],
        cwd=ROOT,
        check=False,
    )
    return finished.returncode


# Packages for Python and Node


def install(lock: str) -> None:
    """Brings `.venv` in line with a lock. Does nothing when it is already.

    What broke off in the middle begins anew. Raises CalledProcessError where pip fails.
    """
    inputs = (ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    wanted = hashlib.sha256(inputs).hexdigest()
    stamp = VENV / f"{lock}.installed"
    if PYTHON.exists() and _is_stamped(stamp, wanted):
        return
    broken_off = VENV / "installing"
    if not PYTHON.exists() or broken_off.exists():
        print("Making .venv …", flush=True)
        venv.create(VENV, with_pip=True, clear=True)
    broken_off.touch()
    if not any(PYTHON.parent.glob("pip*")):
        _run_in_venv("ensurepip")  # uv makes a .venv without pip
    print(f"Installing what {lock} names (once; a minute or two) …", flush=True)
    _pip("install", "--require-hashes", "--requirement", lock)
    _pip("install", "--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(wanted, newline="\n")
    broken_off.unlink()


def install_tools() -> None:
    """Installs the programs of the tests that come from npm. Does nothing when they are there.

    Raises CalledProcessError where npm fails.
    """
    target = VENV / "tools"
    stamp = target / "installed"
    lock = TOOLS / "package-lock.json"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if _is_stamped(stamp, wanted):
        return
    print("Installing what tests/tools/package-lock.json names (once) …", flush=True)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(TOOLS, target)
    npm = PYTHON.with_name("npm.exe" if ON_WINDOWS else "npm")
    subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
        cwd=target,
        check=True,
    )
    stamp.write_text(wanted, newline="\n")


def _is_stamped(stamp: Path, wanted: str) -> bool:
    """Whether a file says that what is wanted has been installed."""
    return stamp.exists() and stamp.read_text() == wanted


def _pip(*arguments: str) -> None:
    _run_in_venv("pip", *arguments, "--quiet", "--disable-pip-version-check")


def _run_in_venv(module: str, *arguments: str) -> None:
    subprocess.run([PYTHON, "-m", module, *arguments], cwd=ROOT, check=True)


# Packages of Debian


def install_packages(arguments: list[str]) -> list[str]:
    """Installs the Debian packages that a command needs, where that is allowed.

    Returns the packages that are still missing.
    """
    missing = _missing(arguments)
    if not missing or not _may_install():
        return missing
    print(f"Installing {', '.join(missing)} …", flush=True)
    _apt_get("update")
    _apt_get("install", "-y", "--no-install-recommends", *missing)
    return _missing(arguments)


def _may_install() -> bool:
    if not shutil.which("apt-get"):
        return False
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _apt_get(command: str, *arguments: str) -> None:
    subprocess.run(
        ["apt-get", command, "-qq", *arguments],
        stdout=subprocess.DEVNULL,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        check=False,
    )


def _missing(arguments: list[str]) -> list[str]:
    """The Debian packages that a command needs and that are not there."""
    command, *options = arguments
    testing = command in TESTING
    makes_pdfs = command in ("build", "bench") or testing
    missing = []
    if testing:
        for program, package in TEST_PROGRAMS.items():
            if not shutil.which(program):
                missing.append(package)
    if makes_pdfs and "--no-pdf" not in options:
        for library, package in PDF_LIBRARIES.items():
            if not _loads(library):
                missing.append(package)
    return missing


def _loads(library: str) -> bool:
    """Whether a library is there.

    Asked on Linux only: elsewhere it has another name, and WeasyPrint its own message.
    """
    if sys.platform != "linux":
        return True
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _stop(reason: str) -> int:
    """Says why the command does not run; returns the exit code of that."""
    print(f"roadmap: {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
