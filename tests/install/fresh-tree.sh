# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Trees with a fresh Debian in them, for those who source this. Mirror, apt's, pip's and npm's settings and the certificates
# are this machine's, read when it runs. Needs root and mmdebstrap.

# make_tree SUITE TREE PACKAGES [RECOMMENDS]: PACKAGES parted by commas; RECOMMENDS is "true" if apt is to follow them there
make_tree () {
  local suite=$1 tree=$2 packages=$3 recommends=${4-false} mirror file
  local options=()
  mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources | head -n 1 | awk '{ print $1 }')
  for file in /etc/apt/apt.conf.d/99*; do
    [[ -e $file ]] && options+=("--aptopt=$file")
  done

  mmdebstrap --quiet --mode=root --variant=apt --include="$packages" \
    --aptopt="Apt::Install-Recommends \"$recommends\"" "${options[@]}" "$suite" "$tree" \
    "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
  connect_tree "$tree"
}

# What a machine needs to reach its package servers and itself, and nothing else of this one.
connect_tree () {
  local tree=$1 file
  mkdir -p "$tree$HOME"
  cp -L /etc/resolv.conf "$tree/etc/resolv.conf"
  printf '127.0.0.1 localhost\n::1 localhost\n' > "$tree/etc/hosts"
  cp -L /etc/ssl/certs/ca-certificates.crt "$tree/etc/ssl/certs/ca-certificates.crt"
  for file in /etc/pip.conf "$HOME/.npmrc" "$HOME/.config/pip/pip.conf" "$HOME/.pip/pip.conf" /etc/npmrc; do
    if [[ -f $file ]]; then
      mkdir -p "$tree$(dirname "$file")"
      cp -L "$file" "$tree$file"
    fi
  done
}

# The variables by which this machine reaches its package servers: "NAME=VALUE", one a line
network_variables () {
  local name
  for name in $(compgen -e | grep -E '^(PIP_CERT|PIP_INDEX_URL|PIP_DEFAULT_TIMEOUT|SSL_CERT_FILE|REQUESTS_CA_BUNDLE|NODE_EXTRA_CA_CERTS|npm_config_.*|https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY)$'); do
    printf '%s=%s\n' "$name" "${!name}"
  done
}
