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
  # shellcheck disable=SC2016  # apt's own variable
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
  [ -n "$mirror" ] || fail "apt-get does not know from where packages come"
  rm -rf --one-file-system "$place.new"
  mkdir -p "$place.new"
  set --
  for file in /etc/apt/apt.conf.d/99*; do
    [ ! -e "$file" ] || set -- "$@" "--aptopt=$file"
  done
  mmdebstrap --quiet --mode=root --variant=minbase --include="$wanted" --aptopt='Apt::Install-Recommends "false"' "$@" \
    trixie "$place.new/tree" "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >&2 \
    || fail "mmdebstrap could not make a Debian 13; is the network there?"
  echo "$wanted" > "$place.new/packages"
  rm -rf --one-file-system "$place"
  mv "$place.new" "$place"
fi

echo "$place"
