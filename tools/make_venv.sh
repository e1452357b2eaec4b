#!/bin/sh
# Makes .venv with a Python that is new enough, or says in one paragraph what is missing.
# PYTHON, when set, is the interpreter to use. Run from the top of the checkout.
set -eu

oldest="3.11"

stop() {
    printf '\n%s\n\n' "$*" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_new_enough "$name"; then
            printf '%s' "$name"
            return
        fi
    done
}

version_of() {
    "$1" -c 'import platform; print(platform.python_version())' 2>/dev/null || printf 'nothing that runs'
}

can_make_venvs() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null
}

# A .venv that works and was made here is kept; a copied or moved one would run another checkout.
here=$(pwd -P)
if is_new_enough .venv/bin/python; then
    made_in=$(cat .venv/made-in 2>/dev/null || printf '%s' "$here")
    if [ "$made_in" = "$here" ]; then
        printf '%s' "$here" >.venv/made-in
        exit 0
    fi
fi

if [ -n "${PYTHON:-}" ]; then
    is_new_enough "$PYTHON" || stop "checkin needs Python $oldest or newer, but PYTHON=$PYTHON is" \
        "$(version_of "$PYTHON"). Set PYTHON to a newer one, for instance: make PYTHON=python3.12"
    python=$PYTHON
else
    python=$(find_python)
    [ -n "$python" ] || stop "checkin needs Python $oldest or newer, but python3 is" \
        "$(version_of python3). Install a newer one, or say where it is: make PYTHON=/path/to/python3.12"
fi

if ! can_make_venvs "$python"; then
    package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $package, which Debian keeps apart from Python ..." >&2
        apt-get update -qq && apt-get install -y -qq --no-install-recommends "$package" >&2 || true
    fi
    can_make_venvs "$python" || stop "This Python cannot make a virtual environment: its venv or" \
        "ensurepip module is missing. On Debian and Ubuntu: sudo apt-get install $package"
fi

rm -rf .venv
"$python" -m venv .venv
printf '%s' "$here" >.venv/made-in
