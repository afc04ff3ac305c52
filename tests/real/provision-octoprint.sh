#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Puts a real OctoPrint into the cache and prints the path of its virtual environment:
#   tests/real/provision-octoprint.sh 1.11.8      (a version as pip knows it)
#
# It is there completely or not at all, and a second call costs nothing. Fails loudly: without OctoPrint
# the suite "real" proves nothing. Where packages come from is up to this machine's pip configuration.

set -euo pipefail
unset LIBRARY_PATH PYTHONPATH PYTHONHOME VIRTUAL_ENV

if (( $# != 1 )) || [[ ! $1 =~ ^[0-9]+\.[0-9]+\.[0-9]+((a|b|rc)[0-9]+)?$ ]]; then
  echo "usage: $0 VERSION   (for example 1.11.8)" >&2
  exit 2
fi

version=$1
cache=${OCTOHERALD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octoherald}
place=$cache/octoprint-$version
# A virtual environment knows its own path, so it cannot be renamed: it is made here, and a link is set at the end.
made=$cache/.octoprint-$version

mkdir -p "$cache"

# Two suites may ask at the same time: the second one waits and finds it done.
exec 9> "$made.lock"
flock -w 1200 9 || { echo "$0: gave up waiting for $made.lock" >&2; exit 1; }

if [[ ! -x $place/bin/octoprint ]]; then
  rm -rf "$place" "$made"

  # Debian's own Python: OctoPrint wants 3.9 to 3.13, and the first one in PATH may be any version.
  /usr/bin/python3 -m venv "$made"
  # netifaces comes as source and is built with what it finds in the environment.
  "$made/bin/pip" install --quiet --no-input wheel 'setuptools<81' >&2
  wanted=("OctoPrint==$version")
  # Up to 1.10 it takes any of these two, but later limits keep it from starting and later click hides --basedir.
  [[ $version == 1.[0-9].* || $version == 1.10.* ]] && wanted+=('limits<4' 'click<8.2')
  if [[ $version == 1.[0-8].* ]]; then
    # PyYAML 5.4, which 1.8 insists on, comes as source for Python 3.11, and its recipe breaks under Cython 3.
    echo 'Cython<3' > "$made/constraints.txt"
    # The first is for pip as Debian 12 has it, the second for pip since 25.3.
    export PIP_CONSTRAINT=$made/constraints.txt PIP_BUILD_CONSTRAINT=$made/constraints.txt
  fi
  "$made/bin/pip" install --quiet --no-input "${wanted[@]}" >&2

  found=$("$made/bin/python" -c 'import importlib.metadata as m; print(m.version("OctoPrint"))')
  if [[ $found != "$version" ]]; then
    echo "$0: asked for OctoPrint $version and got \"$found\"" >&2
    exit 1
  fi

  ln -sT ".octoprint-$version" "$place"
fi

echo "$place"
