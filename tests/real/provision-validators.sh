#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes a Debian 13 with the programs that judge what a desktop reads of us, which are newer there than in Debian 12.
# May be run again at any time; prints the folder.

set -eu
# shellcheck source-path=SCRIPTDIR
. "${0%/*}/provision.sh"

begin validators mmdebstrap
wanted=appstream,desktop-file-utils,gettext,groff,libglib2.0-bin,man-db,mandoc
place="$cache/validators"

if [ "$(cat "$place/packages" 2> /dev/null)" != "$wanted" ]; then
  rm -rf --one-file-system "$place.new"
  mkdir -p "$place.new"
  make_debian trixie "$place.new/tree" "$wanted" --variant=minbase
  echo "$wanted" > "$place.new/packages"
  rm -rf --one-file-system "$place"
  mv "$place.new" "$place"
fi

echo "$place"
