#!/usr/bin/env bash
# Makes .venv hold exactly what a lock names; does nothing when it already does.
#   scripts/setup.sh run    what the app needs       (requirements.txt)
#   scripts/setup.sh dev    and what the tests need  (requirements-dev.txt)
# PYTHON=… chooses the interpreter a new .venv is made with.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

venv=.venv
python="$venv/bin/python"

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

is_suitable() {
    command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# PYTHON when given, else python3, else the newest named one.
choose_python() {
    local candidate
    if [[ -n "${PYTHON:-}" ]]; then
        is_suitable "$PYTHON" || fail "Local Context needs Python 3.11 or newer, and PYTHON=$PYTHON is not: name another."
        printf '%s' "$PYTHON"
        return
    fi
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_suitable "$candidate"; then
            printf '%s' "$candidate"
            return
        fi
    done
    fail "Local Context needs Python 3.11 or newer and found none: install it, or name one with PYTHON=/path/to/python3."
}

# Debian keeps the part that makes environments in a package of its own.
require_venv() {
    local chosen=$1 package
    can_make_venv "$chosen" && return
    package="python$("$chosen" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if [[ "$(id -u)" == 0 ]] && command -v apt-get >/dev/null; then
        echo "Installing $package …"
        apt_install "$package" || true
    fi
    can_make_venv "$chosen" ||
        fail "Python's venv module is missing: install it (on Debian and Ubuntu: sudo apt-get install $package), then run this again."
}

can_make_venv() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null
}

# The package lists of a fresh machine may be missing or old, so a first refusal is followed by an update.
apt_install() {
    local install=(apt-get install --yes --no-install-recommends "$1")
    export DEBIAN_FRONTEND=noninteractive
    "${install[@]}" >/dev/null 2>&1 || { apt-get update >/dev/null && "${install[@]}" >/dev/null; }
}

lock_of() {
    case "$1" in
    run) printf requirements.txt ;;
    dev) printf requirements-dev.txt ;;
    *) fail "scripts/setup.sh takes run or dev." ;;
    esac
}

# What .venv was last made to hold, against what the lock says now.
is_ready() {
    [[ "$(cat "$venv/ready-$1" 2>/dev/null)" == "$(git hash-object --no-filters "$(lock_of "$1")")" ]]
}

mark_ready() {
    git hash-object --no-filters "$(lock_of "$1")" >"$venv/ready-$1"
}

has_changed() {
    [[ -e "$venv/ready-$1" ]] && ! is_ready "$1"
}

make_venv() {
    local chosen
    chosen=$(choose_python)
    require_venv "$chosen"
    "$chosen" -m venv --clear "$venv"
}

kind=${1:-run}
lock=$(lock_of "$kind")

# Two commands at once, as in two terminals, take turns: one would install into what the other clears.
if command -v flock >/dev/null; then
    exec 9<scripts/setup.sh
    flock 9
fi

# Without a working pip, .venv was cut short or its Python has gone. A changed lock may have dropped a package, and pip
# only adds, so a new start is what keeps .venv to what the lock names.
if ! "$python" -c 'import pip' 2>/dev/null || has_changed run || has_changed "$kind"; then
    make_venv
fi
is_ready "$kind" && exit 0

echo "Installing what $lock names; this takes a minute or two the first time …"
"$python" -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"
mark_ready "$kind"
mark_ready run # the tests' environment holds the app's as well
