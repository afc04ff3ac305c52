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

sources=/etc/apt/sources.list.d/debian.sources
mirror=$(sed -n 's/^URIs: *//p' "$sources" | head -n 1 | awk '{ print $1 }')
options=()
for file in /etc/apt/apt.conf.d/99*; do
  [[ -e $file ]] && options+=("--aptopt=$file")
done

mmdebstrap --quiet --mode=root --variant=apt --include=git,ca-certificates \
  --aptopt='Apt::Install-Recommends "false"' "${options[@]}" "$suite" "$tree" \
  "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"

# What a machine needs to reach its package servers and itself, and nothing else of this one.
mkdir -p "$tree$HOME"
cp -L /etc/resolv.conf "$tree/etc/resolv.conf"
printf '127.0.0.1 localhost\n::1 localhost\n' > "$tree/etc/hosts"
cp -L /etc/ssl/certs/ca-certificates.crt "$tree/etc/ssl/certs/ca-certificates.crt"
for file in /etc/pip.conf "$HOME/.npmrc" "$HOME/.config/pip/pip.conf" "$HOME/.pip/pip.conf" /etc/npmrc; do
  if [[ -f $file ]]; then
    target=$tree$file
    mkdir -p "$(dirname "$target")"
    cp -L "$file" "$target"
  fi
done
kept=()
for name in $(compgen -e | grep -E '^(PIP_CERT|PIP_INDEX_URL|PIP_DEFAULT_TIMEOUT|SSL_CERT_FILE|REQUESTS_CA_BUNDLE|NODE_EXTRA_CA_CERTS|npm_config_.*|https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY)$'); do
  kept+=(--setenv "$name" "${!name}")
done

git clone --quiet --no-hardlinks . "$tree/srv/octoherald"

(( $# > 0 )) || set -- ./check
# apt checks signatures as a user of its own, who has to be able to write to /tmp.
bwrap --bind "$tree" / --dev /dev --proc /proc --perms 1777 --tmpfs /tmp --tmpfs /run --ro-bind /sys /sys \
  --unshare-pid --unshare-ipc --die-with-parent --clearenv \
  --setenv PATH /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --setenv HOME "$HOME" \
  --setenv CI true "${kept[@]}" --chdir /srv/octoherald "$@" < /dev/null
