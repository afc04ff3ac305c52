#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Proves that the repository needs nothing but itself: makes a Debian 12 with only git and ca-certificates
# in it, puts a clone of HEAD inside, and runs ./check there (or what is named):
#   tests/fresh-debian.sh [--suite trixie] [COMMAND…]        for example: tests/fresh-debian.sh ./check quick
#
# Debian 13 (trixie) has newer libraries: GTK 4.18 and libadwaita 1.7 warn of what is deprecated in them, and draw otherwise.
#
# Needs root, mmdebstrap and bwrap. Mirror, apt's, pip's and npm's settings and the certificates are this
# machine's, read when it runs. The tree is removed at the end unless KEEP=1.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=SCRIPTDIR/install/fresh-tree.sh
. tests/install/fresh-tree.sh

suite=bookworm
if [[ ${1-} == --suite ]]; then
  suite=${2:?a suite of Debian}
  shift 2
fi

tree=$(mktemp -d --tmpdir fresh-debian.XXXXXX)
if [[ -n ${KEEP-} ]]; then
  echo "The tree stays in $tree."
else
  trap 'rm -rf --one-file-system "$tree"' EXIT
fi

make_tree "$suite" "$tree" git,ca-certificates
kept=()
while IFS= read -r line; do
  kept+=(--setenv "${line%%=*}" "${line#*=}")
done < <(network_variables)

git clone --quiet --no-hardlinks . "$tree/srv/octoherald"

(( $# > 0 )) || set -- ./check
# apt checks signatures as a user of its own, who has to be able to write to /tmp.
bwrap --bind "$tree" / --dev /dev --proc /proc --perms 1777 --tmpfs /tmp --tmpfs /run --ro-bind /sys /sys \
  --unshare-pid --unshare-ipc --die-with-parent --clearenv \
  --setenv PATH /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --setenv HOME "$HOME" \
  --setenv CI true "${kept[@]}" --chdir /srv/octoherald "$@" < /dev/null
