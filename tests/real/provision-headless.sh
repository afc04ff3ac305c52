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
  rm -rf --one-file-system "$place.new"
  mkdir -p "$place.new"
  # First what such a computer has anyway, then what is wanted: so it is known what came along.
  make_debian bookworm "$place.new/tree" "$base" --variant=minbase \
    --customize-hook='chroot "$1" dpkg-query -W -f "\${Package}\n" > "$1/../packages-before"' \
    --customize-hook="chroot \"\$1\" env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends --yes $wanted > /dev/null 2>&1" \
    --customize-hook='chroot "$1" useradd --create-home --shell /bin/bash pi' \
    --customize-hook='echo "pi ALL=(ALL) NOPASSWD: ALL" > "$1/etc/sudoers.d/pi"'
  install -d -m 700 "$place.new/tree/root/.ssh"
  ssh-keygen -q -t ed25519 -N '' -f "$place.new/tree/root/.ssh/id_ed25519"
  install -d -o 1000 -g 1000 -m 700 "$place.new/tree/home/pi/.ssh"
  install -o 1000 -g 1000 -m 600 "$place.new/tree/root/.ssh/id_ed25519.pub" "$place.new/tree/home/pi/.ssh/authorized_keys"
  echo "$base $wanted" > "$place.new/packages"
  rm -rf --one-file-system "$place"
  mv "$place.new" "$place"
fi

echo "$place"
