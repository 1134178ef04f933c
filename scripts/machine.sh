# shellcheck shell=sh disable=SC2154
# What scripts/run and scripts/test expect of the machine. Sourced, not run.
# The caller has set $root, the directory of the checkout.

setup_log=$root/var/setup.log
missing_packages=

say() {
    printf '%s\n' "$@"
}

stop_with() {
    printf '%s\n' "$*" >&2
    exit 1
}

make_var() {
    { mkdir -p "$root/var" && chmod 700 "$root/var"; } 2>/dev/null ||
        stop_with "$root/var belongs to another user. Start as that user, or remove it."
}

# Sets $python to a Python that is new enough.
find_python() {
    found=
    for python in python3 python3.13 python3.12 python3.11; do
        version=$("$python" -c 'import platform; print(platform.python_version())' 2>/dev/null) || continue
        found="$found $version"
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' && return
    done
    stop_with "Tilts needs Python 3.11 or newer, found:${found:- none}. Debian 12 and Ubuntu 24.04 have it: apt-get install python3"
}

# Python without venv is how Debian packages it.
want_venv() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        want "$("$python" -c 'import sys; print("python{}.{}-venv".format(*sys.version_info))')"
}

want() {
    missing_packages="$missing_packages $*"
}

want_command() {
    command -v "$1" >/dev/null || want "$2"
}

# The libraries WeasyPrint loads while it runs.
want_pango() {
    "$python" -c '
import ctypes
for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"):
    ctypes.CDLL(name)
' 2>/dev/null || want libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
}

# Installs what was wanted and not found: at once where that is allowed,
# otherwise by the one command that is printed.
install_missing_packages() {
    [ -n "$missing_packages" ] || return 0
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        as_root=none
    fi
    if [ "$as_root" = none ] || ! command -v apt-get >/dev/null; then
        stop_with "The operating system lacks packages. Run this once, then start again: sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing_packages"
    fi
    say "Installing from the operating system:$missing_packages"
    # Lists of words
    # shellcheck disable=SC2086
    {
        $as_root apt-get update &&
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y \
                --no-install-recommends $missing_packages
    } >"$setup_log" 2>&1 </dev/null ||
        stop_with "apt could not install$missing_packages. Is there a network? Details: $setup_log"
}

# Makes .venv with exactly what the lock file names; nothing to do when it has
# not changed since.
install_python_packages() {
    lock=$1
    stamp=$root/.venv/installed-$lock
    checksum=$(cksum <"$root/$lock")
    if [ "$(cat "$stamp" 2>/dev/null)" = "$checksum" ] && "$root/.venv/bin/python" -c '' 2>/dev/null; then
        return
    fi
    say "Installing Python packages (about a minute)"
    {
        "$root/.venv/bin/python" -m pip --version || make_venv
    } >"$setup_log" 2>&1
    "$root/.venv/bin/python" -m pip install --disable-pip-version-check --retries 2 \
        --require-hashes --only-binary :all: -r "$root/$lock" >>"$setup_log" 2>&1 ||
        stop_with "The Python packages could not be installed. Is there a network? Nothing is lost, start again later. Details: $setup_log"
    printf '%s\n' "$checksum" >"$stamp"
}

make_venv() {
    rm -rf "$root/.venv"
    "$python" -m venv "$root/.venv"
}
