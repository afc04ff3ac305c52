#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Puts what others read and write thumbnails with into the cache and prints the path of its virtual environment:
# OctoPrint's own reader of g-code, and the library that makes binary g-code, with a reader of that by somebody else.
# Beside it Debian's charon is used, which writes Cura's UFP.
#
# It is there completely or not at all, and a second call costs nothing.

set -euo pipefail
unset LIBRARY_PATH PYTHONPATH PYTHONHOME VIRTUAL_ENV

packages=(gcode-thumbnail-tool==0.1.4 pybgcode-jneilliii==0.2.1 gcode-lib==1.1.13)
cache=${OCTOHERALD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octoherald}
place=$cache/slicer-tools
# A virtual environment knows its own path, so it cannot be renamed: it is made here, and a link is set at the end.
made=$cache/.slicer-tools

mkdir -p "$cache"

# Two suites may ask at the same time: the second one waits and finds it done.
exec 9> "$made.lock"
flock -w 600 9 || { echo "$0: gave up waiting for $made.lock" >&2; exit 1; }

if [[ ! -x $place/bin/python ]]; then
  rm -rf "$place" "$made"
  /usr/bin/python3 -m venv --system-site-packages "$made"
  "$made/bin/pip" install --quiet --no-input "${packages[@]}" >&2
  "$made/bin/python" -c 'import gcode_thumbnail_tool, pybgcode, gcode_lib, Charon.VirtualFile' >&2
  ln -sT .slicer-tools "$place"
fi

echo "$place"
