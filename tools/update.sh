#!/bin/sh
# Brings a checkout to the newest version: fetch, build, bring the database along. `make update`.
# Nothing is changed when the checkout has changes of its own, or when it cannot simply go ahead.
set -eu
cd "$(dirname "$0")/.."

say() { printf 'update: %s\n' "$1"; }
fail() { printf 'update: %s\n' "$1" >&2; exit 1; }

git rev-parse --git-dir >/dev/null 2>&1 || fail "this folder is no git checkout; unpack the new version beside it instead"
[ -z "$(git status --porcelain --untracked-files=no)" ] || fail "files here were changed by hand; 'git status' names them, 'git stash' puts them aside"

before=$(git rev-parse HEAD)
git fetch --quiet || fail "the newest version cannot be fetched; is there a network?"
git merge --ff-only --quiet '@{upstream}' 2>/dev/null || fail "this checkout has commits of its own, or follows no other: update it with git by hand"
after=$(git rev-parse HEAD)

if [ "$before" = "$after" ]; then
    say "there is nothing newer"
else
    count=$(git rev-list --count "$before..$after")
    [ "$count" = 1 ] && changes="1 change" || changes="$count changes"
    say "$changes since $(git log -1 --format=%cs "$before")"
fi
# Also when nothing is newer: an update that was cut off goes on here.
"${MAKE:-make}" --no-print-directory setup || fail "it could not be built; 'git reset --keep $before' goes back to the version before"

if [ -n "${CHECKIN_SECRET_KEY:-}${CHECKIN_SECRET_KEY_FILE:-}" ]; then
    .venv/bin/checkin migrate || fail "the database was left as it was; 'git reset --keep $before' and 'make' go back"
else
    say "no CHECKIN_* settings here: the server brings the database along when it starts"
fi
[ "$before" = "$after" ] || say "now start 'checkin serve' anew, for example: systemctl restart checkin"
