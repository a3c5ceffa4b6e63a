#!/bin/sh
# Gets this folder ready on a bare machine: system packages, .venv, locked Python packages.
# Usage: prepare.sh run | test. Does nothing, in a few milliseconds, when nothing has changed.
set -eu
unset PYTHONPATH PYTHONHOME PYTHONSTARTUP || true

purpose=${1:-run}
here=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)
venv=$here/.venv
lock=$here/requirements.lock
PATH=$PATH:/usr/sbin:/sbin # ldconfig, for users whose path lacks it

say() { printf '%s\n' "$*" >&2; }

# What holds when this folder is ready: the locked versions, this file, the place, the Python.
state() {
    sha256sum <"$lock"
    sha256sum <"$here/scripts/prepare.sh"
    printf '%s\n' "$here"
    "$venv/bin/python" -c 'import sys; print(sys.version)' 2>/dev/null || echo none
}

is_ready() { [ -f "$venv/ready-$1" ] && [ "$(state)" = "$(cat "$venv/ready-$1")" ]; }

# A shared library and the Debian package that brings it; Qt needs them, off screen and on.
libraries='
libglib-2.0.so.0 libglib2.0-0
libGL.so.1 libgl1
libEGL.so.1 libegl1
libfontconfig.so.1 libfontconfig1
libdbus-1.so.3 libdbus-1-3
libxkbcommon.so.0 libxkbcommon0
libthai.so.0 libthai0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-sync.so.1 libxcb-sync1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libX11-xcb.so.1 libx11-xcb1
libgssapi_krb5.so.2 libgssapi-krb5-2
libbrotlidec.so.1 libbrotli1
'

# A Python that will do: 3.11 or newer, able to make a virtual environment.
find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        path=$(command -v "$name" 2>/dev/null) || continue
        "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        printf '%s\n' "$path"
        return
    done
}

missing_packages() {
    python=$(find_python)
    if [ -z "$python" ]; then
        printf '%s\n' python3 python3-venv
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        case $python in
        */python3) echo python3-venv ;;
        *) echo "${python##*/}-venv" ;;
        esac
    fi
    known=$(ldconfig -p 2>/dev/null || true)
    printf '%s' "$libraries" | while read -r library package; do
        case $known in
        *"$library "*) ;;
        *) [ -z "$library" ] || printf '%s\n' "$package" ;;
        esac
    done
    if [ "$purpose" = test ]; then
        command -v Xvfb >/dev/null || echo xvfb
        command -v xdotool >/dev/null || echo xdotool
        command -v sqlite3 >/dev/null || echo sqlite3
        command -v pdftotext >/dev/null || echo poppler-utils
    fi
}

install_packages() {
    packages=$(missing_packages | tr '\n' ' ')
    [ -n "${packages% }" ] || return 0
    line="apt-get install -y --no-install-recommends ${packages% }"
    as_root=
    if [ "$(id -u)" != 0 ]; then
        as_root=sudo
        [ -t 0 ] || as_root='sudo -n' # nobody is there to type a password
    fi
    if ! command -v apt-get >/dev/null; then
        say "These system packages are missing (Debian's names): ${packages% }"
        exit 2
    elif [ -n "$as_root" ] && ! $as_root true 2>/dev/null; then
        say "Some system packages are missing. Ask the administrator to run:"
        say "    sudo $line"
        exit 2
    fi
    say "Installing system packages: ${packages% }"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2
    $as_root env DEBIAN_FRONTEND=noninteractive $line -q >&2
    if [ -z "$(find_python)" ]; then
        say "This system's Python is older than 3.11. Install Python 3.11 or newer, then try again."
        exit 2
    fi
}

install_python_packages() {
    if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
        say "Making $venv"
        "$(find_python)" -m venv --clear "$venv" >&2
    fi
    say "Installing the locked Python packages"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --only-binary=:all: --require-hashes -r "$lock" >&2
}

is_ready "$purpose" && exit 0
if command -v flock >/dev/null; then
    exec 9<"$lock"
    flock 9 # ./run and ./test may be started at the same moment
fi
is_ready "$purpose" && exit 0
install_packages
if ! is_ready packages; then
    rm -f "$venv"/ready-*
    install_python_packages
    state >"$venv/ready-packages"
fi
cp "$venv/ready-packages" "$venv/ready-$purpose"
