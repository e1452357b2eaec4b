#!/bin/sh
# Finds Chromium, PostgreSQL, strace, libfaketime and nginx for the tests; where it may, installs what is missing.
# Without them the tests that need them are skipped, except under CI=true, where this stops.
set -eu

has_chromium() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        # Ask its version: on Ubuntu the name may be an empty shell around snap.
        if "$name" --version >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

has_postgresql() {
    command -v initdb >/dev/null && return 0
    for initdb in /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb; do
        if [ -x "$initdb" ]; then return 0; fi
    done
    return 1
}

# Stands between a server and the system's clock, so that a test may set it; Linux only as well.
has_faketime() {
    for library in /usr/lib*/*/faketime/libfaketimeMT.so.1 /usr/lib*/faketime/libfaketimeMT.so.1; do
        if [ -e "$library" ]; then return 0; fi
    done
    return 1
}

missing() {
    has_chromium || printf ' chromium'
    has_postgresql || printf ' postgresql'
    # Writes down what a server asks of the disk, and fails it; there is none but on Linux.
    [ "$(uname)" != Linux ] || command -v strace >/dev/null || printf ' strace'
    [ "$(uname)" != Linux ] || has_faketime || printf ' libfaketime'
    # Runs the configuration in deploy/; Debian keeps it where only root looks.
    command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || printf ' nginx'
}

packages=$(missing)
if [ -n "$packages" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests:$packages ..." >&2
    export DEBIAN_FRONTEND=noninteractive
    # $packages is a list of words on purpose.
    # shellcheck disable=SC2086
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages; } >&2 || true
    packages=$(missing)
fi

[ -n "$packages" ] || exit 0
cat >&2 <<TEXT

The tests also need:$packages. What is missing could not be installed from here: install it with
your package manager and run make test again. On Debian, sudo apt-get install$packages; on
Fedora, sudo dnf install chromium postgresql-server strace libfaketime nginx; on a Mac, brew install --cask chromium and
brew install postgresql nginx. Any chromium, chromium-browser or google-chrome on the PATH will do.
Until then the tests that need it are skipped, and pytest says which.

TEXT
[ "${CI:-}" != true ]
