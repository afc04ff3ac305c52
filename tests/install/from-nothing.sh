#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# From a fresh computer to a relayed message, in the ways that the README names, each step timed:
#   tests/install/from-nothing.sh [--packages FOLDER] demo|package COMPUTER…
# COMPUTER is bookworm, trixie or ubuntu-like; FOLDER has packages that are built already.
#
# demo: ./run demo, typed by somebody who is not root, has sudo and speaks German, ends by itself and has relayed mails and posts.
# package: the packages are built on one computer and installed on another without a compiler; a mail is relayed, they are
# upgraded, removed and purged, and nothing of them is left.
#
# "ubuntu-like" is not Ubuntu: it is Debian's next release with newer libraries, calls itself Ubuntu, and builds packages with
# the flags of Ubuntu, which are dpkg's. It shows that nothing here depends on being Debian, and what newer libraries do.
#
# Its figures are the lines "COMPUTER WHAT: N s". What is said meanwhile goes to stderr. KEEP=1 leaves the trees.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# shellcheck source=SCRIPTDIR/fresh-tree.sh
. tests/install/fresh-tree.sh

trees=$(mktemp -d --tmpdir from-nothing.XXXXXX)
chmod 755 "$trees"
if [[ -n ${KEEP-} ]]; then
  echo "The trees stay in $trees." >&2
else
  trap 'rm -rf --one-file-system "$trees"' EXIT
fi

fail () { echo "$0: $*" >&2; exit 1; }

figure () { printf '%s: %d s\n' "$1" "$(( ($3 - $2 + 500) / 1000 ))"; }

now_ms () { local now=${EPOCHREALTIME/,/.}; now=${now/./}; echo "$(( now / 1000 ))"; }

# What this script's processes have reckoned for so far, on all processors: it is the same on a computer that is busy
reckoned_ms () { awk -v ticks="$(getconf CLK_TCK)" '{ print int(($16 + $17) * 1000 / ticks) }' "/proc/$$/stat"; }

# Somebody's computer: a user who may become root, and apt as it comes. make_computer COMPUTER TREE PACKAGES
make_computer () {
  local computer=$1 tree=$2 suite=$1
  [[ $computer != ubuntu-like ]] || suite=forky
  make_tree "$suite" "$tree" "mount,passwd,sudo,ca-certificates,$3" true
  chroot "$tree" useradd --create-home --shell /bin/bash user
  echo 'user ALL=(ALL) NOPASSWD: ALL' > "$tree/etc/sudoers.d/user"
  if [[ $computer == ubuntu-like ]]; then
    ln -sf ubuntu "$tree/etc/dpkg/origins/default"
    printf 'Vendor: Ubuntu\nVendor-URL: https://www.ubuntu.com/\nParent: Debian\n' > "$tree/etc/dpkg/origins/ubuntu"
    rm "$tree/etc/os-release"
    printf '%s\n' 'NAME="Ubuntu"' 'ID=ubuntu' 'ID_LIKE=debian' 'PRETTY_NAME="Ubuntu, or nearly"' > "$tree/etc/os-release"
  fi
}

clone_into () {
  git clone --quiet --no-hardlinks . "$1/home/user/octoherald"
  chroot "$1" chown -R user: /home/user/octoherald
}

as () { tests/install/enter-tree.sh "$@"; }

# Each line after the milliseconds at which it was said; the last of them is kept for a while.
stamp () {
  local line
  while IFS= read -r line; do
    echo "$(now_ms) $line"
    echo "$line" >&2
  done
}

# When it was first said, in milliseconds; the end if it never was. said_at FILE PATTERN END
said_at () {
  local at
  at=$(grep -m1 -E -- "^[0-9]+ $2" "$1" | cut -d' ' -f1 || true)
  echo "${at:-$3}"
}

demo () {
  local computer=$1 tree=$trees/$1-demo log=$trees/$1-demo.log start end meson status before
  make_computer "$computer" "$tree" git,locales
  chroot "$tree" localedef -i de_DE -f UTF-8 de_DE.UTF-8
  clone_into "$tree"

  before=$(reckoned_ms)
  start=$(now_ms)
  as "$tree" user bash -c 'cd octoherald && LANG=de_DE.UTF-8 exec ./run demo' 2>&1 | stamp > "$log"
  end=$(now_ms)
  grep -qE '^[0-9]+ [1-9][0-9]* mails arrived in the mailbox, [1-9][0-9]* posts at X\.$' "$log" ||
    fail "$computer: the demo did not end with what was relayed"
  grep -q 'Druck fertig' "$log" || fail "$computer: what was relayed is not in German"
  meson=$(said_at "$log" 'The Meson build system' "$end")
  status=$(said_at "$log" '✉' "$end")
  figure "$computer packages that ./run demo installs" "$start" "$meson"
  figure "$computer build, until the first mail" "$meson" "$status"
  figure "$computer the demo itself, to its end" "$status" "$end"
  figure "$computer ./run demo from nothing to the first mail" "$start" "$status"
  figure "$computer of all processors, for ./run demo" "$before" "$(reckoned_ms)"
}

# Leaves the packages in the tree's home/user. With Ubuntu as its vendor dpkg uses the flags of Ubuntu.
build_packages () {
  local computer=$1 tree=$2 start before
  make_computer "$computer" "$tree" git,dpkg-dev
  clone_into "$tree"
  start=$(now_ms)
  as "$tree" user bash -c 'cd octoherald && sudo apt-get -q update && sudo apt-get -qy build-dep .' >&2
  figure "$computer packages to build the packages" "$start" "$(now_ms)"
  before=$(reckoned_ms)
  start=$(now_ms)
  as "$tree" user bash -c 'cd octoherald && dpkg-buildpackage -us -uc -b' >&2
  figure "$computer dpkg-buildpackage" "$start" "$(now_ms)"
  figure "$computer of all processors, for dpkg-buildpackage" "$before" "$(reckoned_ms)"
}

package () {
  local computer=$1 tree=$trees/$1-package from=$packages
  if [[ -z $from ]]; then
    build_packages "$computer" "$trees/$1-build"
    from=$trees/$1-build/home/user
  fi
  make_computer "$computer" "$tree" sudo
  mkdir "$tree/srv/packages"
  cp -r tests/install/package-life.sh debian/tests "$from"/octoherald*.deb "$tree/srv/packages"
  chmod -R a+rX "$tree/srv/packages"
  chroot "$tree" chown -R user: /srv/packages
  as "$tree" user /srv/packages/package-life.sh /srv/packages | sed -u "s/^figure /$computer /"
}

packages=
if [[ ${1-} == --packages ]]; then
  packages=${2:?a folder}
  shift 2
fi
way=${1-}
if [[ $way != demo && $way != package ]] || (( $# < 2 )); then
  fail "demo or package, then the computers"
fi
shift
for computer in "$@"; do
  [[ $computer == bookworm || $computer == trixie || $computer == ubuntu-like ]] || fail "there is no computer \"$computer\""
  "$way" "$computer"
done
