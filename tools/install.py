"""Makes .venv and builds checkin in it, where there is no `make`: `py -m tools.install`.

The same as `make setup`, with the standard library alone: a Python environment of its own, packages
whose hashes are checked, the catalogues compiled. A second time it brings along what is newer.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)
PLACE = ROOT / ".venv"
PYTHON = PLACE / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
MADE_IN = PLACE / "made-in"
"""A copied or moved environment would run another checkout: it is made anew."""
PIP = ["pip", "--disable-pip-version-check", "-qq", "install"]
LOCKED = [*PIP, "--require-hashes", "--only-binary", ":all:", "--requirement"]
EDITABLE = [*PIP, "--no-deps", "--no-build-isolation", "--editable", "."]
CATALOGUES = ["babel.messages.frontend", "--quiet", "compile", "--use-fuzzy"]


def main() -> None:
    """Make the environment, fill it and compile the catalogues."""
    if sys.version_info < OLDEST:
        _stop(f"checkin needs Python 3.11 or newer, and this is {sys.version.split()[0]}")
    what = "requirements-dev.txt" if "--tests" in sys.argv else "requirements.txt"
    refuse_while_it_runs()
    _make_venv()
    print(f"Installing what checkin needs into {PLACE} ...", flush=True)
    _run([*LOCKED, what], "the packages could not be installed; is there a network?")
    _run(EDITABLE, "checkin itself could not be installed")
    _lead_here_without_a_name()
    _run([*CATALOGUES, "--directory", "translations"], "the translations could not be compiled")
    print(f"Done. The command is {PYTHON.with_name('checkin')}")


def refuse_while_it_runs() -> None:
    """Stop where Windows would let nothing be replaced: while checkin runs from here."""
    if sys.platform != "win32":
        return
    for program in (PYTHON, PYTHON.with_name("checkin.exe")):
        try:
            with program.open("r+b"):
                pass
        except FileNotFoundError:
            pass
        except OSError:
            _stop(f"{program} is in use: stop checkin first, and do this as administrator")


def _make_venv() -> None:
    """Make .venv, unless one is there that works and was made here."""
    if _is_ours():
        return
    if Path(sys.prefix).resolve() == PLACE:
        _stop("this Python is that of a .venv from elsewhere: use the machine's own, with 'py'")
    try:
        import ensurepip  # noqa: F401  # Debian keeps it apart
    except ImportError:
        _stop("this Python cannot make a virtual environment: its ensurepip module is missing")
    try:
        venv.create(PLACE, clear=True, with_pip=True)
        MADE_IN.write_text(str(ROOT), encoding="utf-8")
    except (OSError, subprocess.CalledProcessError) as error:
        _stop(f"no virtual environment could be made in {PLACE}: {error}")


def _is_ours() -> bool:
    try:
        made_in = MADE_IN.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    if made_in != str(ROOT):
        return False
    code = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    try:
        return _call("-c", code) == 0
    except OSError:
        return False


def _run(words: list[str], trouble: str) -> None:
    """Run a module of the environment; what it said stands above our sentence."""
    if _call("-m", *words):
        _stop(trouble)


def _call(*words: str) -> int:
    """Run the Python of the environment, without what would lead another's astray."""
    own = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH")}
    line = [str(PYTHON), *words]
    return subprocess.run(line, cwd=ROOT, env=own, check=False).returncode  # noqa: S603  # ours


def _lead_here_without_a_name() -> None:
    """Lead to the checkout by a relative path: C:\\Users\\Zoë is misread in such a file."""
    for lead in PLACE.glob("[Ll]ib/**/site-packages/_checkin.pth"):
        lead.write_text(os.path.relpath(ROOT, lead.parent), encoding="ascii")


def _stop(why: str) -> None:
    sys.exit(f"install: {why}")


if __name__ == "__main__":
    main()
