#!/bin/sh
# Lays out what the press needs (`run`), and what its tests need beyond that (`test`).
#
#   sh .setup/setup.sh run|test
#
# Nothing is installed that is there already, nothing is asked of a person who is not at the terminal,
# and whatever cannot be had ends in one line that says what to install.
set -eu

goal=${1:-run}
cd "$(dirname "$0")/.."
folder=$(pwd -P)
venv=.venv

say() { printf '%s\n' "$*"; }
stop() {
    printf '%s\n' "$*" >&2
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# ── Python ──────────────────────────────────────────────────────────────────────────────────────

# Each candidate is run, not only looked up: pyenv leaves a `python3.12` on PATH that may lead nowhere.
# 3.11 comes first because the lock files were resolved on it.
python=
for candidate in ${PYTHON:-python3.11 python3 python3.12 python3.13 python3.14}; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    if [ -n "${PYTHON:-}" ]; then
        stop "PYTHON=$PYTHON is not a Python 3.11 or newer. Name another, or leave PYTHON away."
    fi
    stop "Python 3.11 or newer is missing. Install it (Debian 12, Ubuntu 24.04: apt install python3), then run make again."
fi

# ── What the system must have ───────────────────────────────────────────────────────────────────

# Libraries are loaded, not looked up in a package list: that answers for every system and architecture.
# The names are those that WeasyPrint itself tries (weasyprint/text/ffi.py).
loads() {
    "$python" - "$@" <<'PY' 2>/dev/null
import ctypes, ctypes.util, sys
for name in sys.argv[1:]:
    try:
        # Homebrew's folder is not on the loader's path; find_library knows more places.
        ctypes.CDLL(ctypes.util.find_library(name) or name if sys.platform == "darwin" else name)
        sys.exit(0)
    except OSError:
        pass
sys.exit(1)
PY
}

missing=    # Debian's package names, one word each
advice=     # for everybody else
lacks() {   # lacks PACKAGE NAME FEDORA ARCH HOMEBREW
    missing="$missing $1"
    advice="$advice
  $2 is missing. Debian, Ubuntu: $1; Fedora: $3; Arch: $4; macOS (Homebrew): $5"
}

find_missing() {
    missing=
    advice=
    # Debian splits ensurepip off, and a venv cannot be made without it.
    if [ ! -x "$venv/bin/python" ] && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        lacks "python$version-venv" "Python's venv module" python3 python python
    fi
    loads libpango-1.0.so.0 libpango-1.0.dylib pango-1.0 ||
        lacks libpango-1.0-0 "Pango (libpango-1.0)" pango pango pango
    loads libpangoft2-1.0.so.0 libpangoft2-1.0.dylib pangoft2-1.0 ||
        lacks libpangoft2-1.0-0 "PangoFT2 (libpangoft2-1.0)" pango pango pango
    loads libharfbuzz-subset.so.0 libharfbuzz-subset.0.dylib harfbuzz-subset ||
        lacks libharfbuzz-subset0 "HarfBuzz subset (libharfbuzz-subset)" harfbuzz harfbuzz harfbuzz
    [ "$goal" = test ] || return 0

    # `java` on macOS is a stub that only says where to buy one, so it is run too.
    # EPUBCheck is driven by a one-file Java program; Debian's headless runtime has the compiler for that.
    java -version >/dev/null 2>&1 ||
        lacks default-jre-headless "Java" java-latest-openjdk-devel jdk-openjdk openjdk
    # Ace 1.4.6 asks for Node 20. Debian 12's Node 18.20 with npm 9.2 installs and runs it all the same
    # (npm says EBADENGINE and goes on), so Debian's own packages are enough.
    has node || lacks nodejs "Node.js" nodejs nodejs node
    has npm || lacks npm "npm" nodejs-npm npm node
    has qpdf || lacks qpdf "qpdf" qpdf qpdf qpdf
    { has pdftotext && has pdftoppm; } || lacks poppler-utils "Poppler's tools" poppler-utils poppler poppler
    has_chromium || lacks chromium "Chromium" chromium chromium "--cask chromium"
}

has_chromium() {
    [ -z "${PUPPETEER_EXECUTABLE_PATH:-}" ] || return 0
    # The same names, in the same order, as tests/validators/ace.py.
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        ! has "$name" || return 0
    done
    [ -x "/Applications/Chromium.app/Contents/MacOS/Chromium" ]
}

# Ubuntu renamed libraries (…t64) when it widened time_t; take whichever name its lists know.
known_to_apt() {
    for name in "$1" "$1t64"; do
        if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
            printf '%s' "$name"
            return
        fi
    done
    printf '%s' "$1"
}

install_missing() {
    has apt-get || stop "The press needs a little more from this system.$advice
Install that, then run make again."

    case " $missing " in
    *" chromium "*)
        # Ubuntu's package of that name only fetches a snap, which needs a running snapd.
        if grep -qs '^ID=ubuntu' /etc/os-release; then
            stop "The tests need a Chromium, and Ubuntu has it only as a snap. Run: sudo snap install chromium (or install Google Chrome), then make test again."
        fi
        ;;
    esac

    # Debian's npm alone draws in hundreds of small packages, so say what the wait is for.
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif has sudo && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    elif has sudo && [ -t 0 ] && [ -z "${CI:-}" ]; then
        say "Installing system packages needs your password:$missing"
        as_root=sudo
    else
        stop "Some system packages are missing, and only an administrator can add them. As one, run: apt-get update && apt-get install --no-install-recommends$missing — then run make again."
    fi
    say "Installing system packages:$missing"
    apt() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@" </dev/null; }
    log=$(mktemp)
    if ! apt update >"$log" 2>&1; then
        # Old lists are often good enough; if not, the install says so.
        tail -n 3 "$log" >&2
    fi
    names=
    for name in $missing; do
        names="$names $(known_to_apt "$name")"
    done
    # shellcheck disable=SC2086  # a list of words
    if ! apt install -y --no-install-recommends $names >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        stop "apt could not install:$names. Its last words are above. Check the network, then run make again."
    fi
    rm -f "$log"
}

find_missing
if [ -n "$missing" ]; then
    install_missing
    find_missing
    [ -z "$missing" ] || stop "Installed, but still not usable:$missing.$advice"
fi

# ── Python packages, in .venv ───────────────────────────────────────────────────────────────────

# A venv does not survive a move of its folder or the loss of its Python; both mean a new one.
if ! "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 ||
    [ "$(cat "$venv/.folder" 2>/dev/null)" != "$folder" ]; then
    say "Making a Python environment in $venv"
    rm -rf "$venv"
    "$python" -m venv "$venv" || stop "Python could not make an environment in $venv. Its words are above."
fi

# pip never asks for a name or password, and speaks up only when something fails.
pip() { PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 "$venv/bin/python" -m pip -qq "$@" </dev/null; }
offline="The Python packages could not be fetched or did not match their hashes; pip's words are above. Check the network, then run make again."

say "Fetching Python packages (exact versions, checked against their hashes)"
if [ "$goal" = test ]; then
    pip install --require-hashes -r .setup/requirements.txt -r .setup/requirements-dev.txt || stop "$offline"
else
    pip install --require-hashes -r .setup/requirements.txt || stop "$offline"
fi
# The project itself, in place: an edit is live at once. Its build tool is in the lock, so nothing is fetched.
pip install --no-deps --no-build-isolation --editable . || stop "The press itself could not be installed; pip's words are above."
printf '%s' "$folder" >"$venv/.folder"

# ── Programs from npm, for the tests ────────────────────────────────────────────────────────────

if [ "$goal" = test ]; then
    say "Fetching Ace, the checker of accessible EPUBs"
    # No install scripts: the only one would fetch a browser, and the system's Chromium is used instead.
    log=$(mktemp)
    if ! (cd tests/tools && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund) \
        >"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        stop "npm could not install Ace; its last words are above. Check the network, then run make test again."
    fi
    rm -f "$log"
fi
