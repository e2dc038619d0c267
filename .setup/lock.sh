#!/bin/sh
# Writes the lock files anew, from the ranges in pyproject.toml and tests/tools/package.json.
#
#   sh .setup/lock.sh PYTHON      a Python 3.11, so that what only older Pythons need is in the lock
set -eu

cd "$(dirname "$0")/.."
python=${1:-.venv/bin/python}
tools=.lock-venv

"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || {
    echo "Lock files are made on Python 3.11, the oldest the press runs on; $python is another." >&2
    exit 1
}
# Only the public index answers: hashes of wheels that lie on one machine would fail on every other.
unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL PIP_CONSTRAINT
export PIP_CONFIG_FILE=/dev/null

[ -x "$tools/bin/pip-compile" ] || {
    "$python" -m venv "$tools"
    "$tools/bin/python" -m pip --quiet install pip-tools==7.6.2
}

compile() {
    "$tools/bin/pip-compile" --quiet --upgrade --strip-extras --allow-unsafe --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --annotation-style=line "$@"
}
compile --build-deps-for editable --output-file .setup/requirements.txt pyproject.toml
# pip-compile does not read dependency groups, so the names are handed to it.
"$python" -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' |
    compile --constraint .setup/requirements.txt --output-file .setup/requirements-dev.txt -
sed -i.old 's/-r -$/pyproject.toml, group dev/' .setup/requirements-dev.txt
rm -f .setup/requirements-dev.txt.old

(cd tests/tools && npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund)

if grep -nE -- '--(index-url|extra-index-url|find-links|trusted-host)|file:|"resolved"|^ *(https?|/)' \
    .setup/requirements*.txt tests/tools/package-lock.json; then
    echo "An address of this machine got into a lock file (above). Do not commit it." >&2
    exit 1
fi
