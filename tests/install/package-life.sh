#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What becomes of the packages on somebody's computer, from a first mail until nothing of them is left. Changes the computer it
# runs on: it is for a tree, where from-nothing.sh starts it as a user who has sudo.
#   package-life.sh FOLDER      with the packages, and debian/tests
#
# Its figures are the lines "figure WHAT: N s".

set -euo pipefail
cd "$1"
export DEBIAN_FRONTEND=noninteractive
packages=(./octoherald-service_*.deb ./octoherald_*.deb)
names=(octoherald octoherald-service)

fail () { echo "$0: $*" >&2; exit 1; }

# shellcheck disable=SC2024  # the user's own log
apt () { sudo --preserve-env=DEBIAN_FRONTEND apt-get -qy "$@" > apt.log 2>&1 || { cat apt.log >&2; fail "apt-get $*"; }; }

# timed WHAT COMMAND…
timed () {
  local what=$1 start=$EPOCHREALTIME
  shift
  "$@"
  echo "figure $what: $(( (${EPOCHREALTIME/[,.]/} - ${start/[,.]/} + 500000) / 1000000 )) s"
}

# Everything there is, by name; what apt has fetched and written down is its own.
list_files () {
  sudo find / -xdev \( -path /var/cache -o -path /var/lib/apt -o -path /var/log -o -path "$PWD" -o -name '*-old' \) -prune \
    -o -print | sort
}

nothing_is_left () {
  local left
  left=$(list_files | grep -i octoherald || true)
  [[ -z $left ]] || fail "these are left: $left"
  # Caches of others, too, in which it was listed
  left=$(sudo grep -rlsi --exclude='*-old' --exclude-dir=apt octoherald /etc /usr /var/lib || true)
  [[ -z $left ]] || fail "it is still mentioned in: $left"
}

# Of the same files and one more, that a later version no longer has
make_older () {
  local package
  mkdir older
  for package in "${packages[@]}"; do
    rm -rf parts
    dpkg-deb -R "$package" parts
    sed -i -E 's/^(Version: ).*/\10.0.1/; s/(octoherald-service \(= )[^)]*/\10.0.1/' parts/DEBIAN/control
    mkdir -p parts/usr/share/octoherald
    echo old > "parts/usr/share/octoherald/old-$(dpkg-deb -f "$package" Package)"
    dpkg-deb --root-owner-group -b parts older > /dev/null
  done
}

version () { dpkg-query -W -f '${Version}' "$1"; }

relay () {
  tests/relay "$1" > relay.log 2>&1 || { cat relay.log >&2; fail "nothing was relayed"; }
  tail -n 1 relay.log
}

for program in cc gcc make meson ninja; do
  ! command -v "$program" || fail "a computer that shows what the package needs has no $program"
done
apt update

apt-get -s install ./octoherald-service_*.deb > service.log
! grep -E '^Inst (libgtk|libadwaita|libqt|xserver|gnome-)' service.log || fail "the service brings a desktop along"
echo "octoherald-service alone brings $(grep -c '^Inst' service.log) packages"

timed "apt-get install of both packages" apt install "${packages[@]}"
octoherald --help > help.log
timed "the first relayed print" relay keyring
[[ ! -e /etc/systemd/user/default.target.wants/octoherald.service ]] || fail "the service starts for everybody, unasked"

timed "apt-get purge" apt purge "${names[@]}"
nothing_is_left
list_files > files-before
apt install "${packages[@]}"
apt purge "${names[@]}"
list_files > files-after
diff files-before files-after || fail "installing and purging changes what is there"

make_older
apt install ./older/*.deb
[[ $(version octoherald-service) == 0.0.1 && -e /usr/share/octoherald/old-octoherald ]] || fail "the older version is not there"
timed "apt-get install of a newer version" apt install "${packages[@]}"
[[ $(version octoherald-service) == "$(dpkg-deb -f "${packages[0]}" Version)" ]] || fail "it was not upgraded"
[[ -z $(find /usr/share/octoherald -name 'old-*') ]] || fail "what the newer version no longer has is still there"
relay files
apt remove "${names[@]}"
[[ -z $(find /usr -name '*octoherald*' -not -path '/usr/share/doc/*') ]] || fail "removed programs are still there"
apt purge "${names[@]}"
nothing_is_left
echo "Nothing is left."
