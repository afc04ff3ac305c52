#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes a Debian 12 with systemd, ssh and a user, to which the packages are added that docs/headless.md names, and nothing
# else: no desktop, no keyring. May be run again at any time; prints the folder.

# shellcheck disable=SC2016  # single quotes: sed's and the tree's, not ours
set -eu
# shellcheck source-path=SCRIPTDIR
. "${0%/*}/provision.sh"

begin headless mmdebstrap ssh-keygen
page="${0%/*}/../../docs/headless.md"
wanted=$(sed -n '/^<!-- try: packages -->$/,/^```$/{/^sudo apt-get install/,/^```$/p}' "$page" \
  | sed 's/^sudo apt-get install//; s/--[a-z-]*//g; s/[\\`]//g' | tr -s ' \n' ' ')
base='systemd-sysv openssh-server sudo'
place="$cache/headless"

if [ "$(cat "$place/packages" 2> /dev/null)" != "$base $wanted" ]; then
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
  [ -n "$mirror" ] || fail "apt-get does not know from where packages come"
  rm -rf --one-file-system "$place.new"
  mkdir -p "$place.new"
  set --
  for file in /etc/apt/apt.conf.d/99*; do
    [ ! -e "$file" ] || set -- "$@" "--aptopt=$file"
  done
  # First what such a computer has anyway, then what is wanted: so it is known what came along.
  # shellcheck disable=SC2086  # a list of words is what it is
  mmdebstrap --quiet --mode=root --variant=minbase --include="$(echo $base | tr ' ' ,)" \
    --aptopt='Apt::Install-Recommends "false"' "$@" \
    --customize-hook='chroot "$1" dpkg-query -W -f "\${Package}\n" > "$1/../packages-before"' \
    --customize-hook="chroot \"\$1\" env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends --yes $wanted > /dev/null 2>&1" \
    --customize-hook='chroot "$1" useradd --create-home --shell /bin/bash pi' \
    --customize-hook='echo "pi ALL=(ALL) NOPASSWD: ALL" > "$1/etc/sudoers.d/pi"' \
    bookworm "$place.new/tree" "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror bookworm main" >&2 \
    || fail "mmdebstrap could not make a Debian; is the network there?"
  install -d -m 700 "$place.new/tree/root/.ssh"
  ssh-keygen -q -t ed25519 -N '' -f "$place.new/tree/root/.ssh/id_ed25519"
  install -d -o 1000 -g 1000 -m 700 "$place.new/tree/home/pi/.ssh"
  install -o 1000 -g 1000 -m 600 "$place.new/tree/root/.ssh/id_ed25519.pub" "$place.new/tree/home/pi/.ssh/authorized_keys"
  echo "$base $wanted" > "$place.new/packages"
  rm -rf --one-file-system "$place"
  mv "$place.new" "$place"
fi

echo "$place"
