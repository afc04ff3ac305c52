#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Puts what the manifest downloads into flatpak-builder's own store of downloads, out of Debian's source packages: for a
# computer that reaches Debian and nothing else. The manifest is built unchanged then.
#
#     flatpak/fetch-sources.sh STATE-DIR
#
# Debian leaves documentation that is not free out of some (“+dfsg”). Those cannot have the checksum of the release, and it
# is said for which that is so; what Debian has signed is checked by apt for all of them. Where Debian's is the state of a
# repository instead of a release, it is completed as its authors do it.

# shellcheck disable=SC2016  # single quotes: apt's
set -eu
here=$(cd "${0%/*}" && pwd)
# shellcheck source-path=SCRIPTDIR
. "$here/../tests/real/provision.sh"

for tool in apt-get autoreconf gtkdocize tar sha256sum; do
  command -v "$tool" > /dev/null || fail "the program '$tool' is missing; ./run packages flatpak installs it"
done
[ $# -eq 1 ] || fail "usage: fetch-sources.sh STATE-DIR"
mkdir -p "$1"
state=$(cd "$1" && pwd)
manifest="$here/io.github.octoherald.OctoHerald.yml"

# list_sources: a line “ADDRESS CHECKSUM” for each archive
list_sources ()
{
  sed -n 's/^ *url: //p; s/^ *sha256: //p' "$manifest" | paste -d ' ' - -
}

# Which of Debian's packages an archive is, and its version
package_of ()
{
  case $1 in
    */yaml/libyaml/*) echo libyaml ;;
    *) basename "$1" | sed 's/-[0-9].*//' ;;
  esac
}

version_of ()
{
  basename "$1" | sed 's/\.tar\..*//; s/.*-//'
}

# A list of source packages of its own: the computer's may have none. Newer releases have what the latest stable one has not.
prepare_apt ()
{
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
  [ -n "$mirror" ] || fail "apt-get does not know from where packages come"
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/got"
  for suite in trixie unstable; do
    echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
  done > "$work/sources.list"
  with_list apt-get update -qq || fail "apt-get could not read the list of source packages; is the network there?"
}

# with_list PROGRAM WORD...: one of apt's programs, with that list and no other
with_list ()
{
  program=$1
  shift
  "$program" -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists" \
    -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none "$@"
}

# finish ARCHIVE: what a release has and the state of a repository has not, made as a release is made: the script configure
finish ()
{
  if ! tar -tf "$1" | grep -q '^[^/]*/configure\.ac$' || tar -tf "$1" | grep -qE '^[^/]*/(configure|bootstrap)$'; then
    return 0
  fi
  rm -rf "$work/tree"
  mkdir "$work/tree"
  tar -C "$work/tree" -xf "$1"
  (cd "$work/tree"/* && touch ChangeLog && autoreconf --force --install > "$work/autoreconf.txt" 2>&1) \
    || { cat "$work/autoreconf.txt" >&2; fail "autoreconf could not finish $1"; }
  tar -C "$work/tree" -caf "$1" "$(ls "$work/tree")"
}

# fetch ADDRESS CHECKSUM
fetch ()
{
  package=$(package_of "$1")
  version=$(version_of "$1")
  full=$(with_list apt-cache showsrc "$package" | sed -n 's/^Version: //p' | grep -E "^([0-9]+:)?${version}[+-]" | tail -n 1)
  [ -n "$full" ] || fail "Debian has no $package $version"
  (cd "$work/got" && with_list apt-get source -qq --download-only --only-source "$package=$full" > /dev/null) \
    || fail "apt-get could not download $package $full"
  archive=$(find "$work/got" -name "${package}_$version*.orig.tar.*" ! -name '*.asc' | head -n 1)
  [ -n "$archive" ] || fail "$package $full has no archive of its own"
  [ "$(sha256sum < "$archive" | cut -d ' ' -f 1)" = "$2" ] \
    || echo "$package $version: Debian's copy, not the release byte for byte" >&2
  finish "$archive"
  mkdir -p "$state/downloads/$2"
  mv "$archive" "$state/downloads/$2/$(basename "$1")"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
list_sources | while read -r address checksum; do
  [ ! -e "$state/downloads/$checksum/$(basename "$address")" ] || continue
  [ -e "$work/sources.list" ] || prepare_apt
  fetch "$address" "$checksum"
done
