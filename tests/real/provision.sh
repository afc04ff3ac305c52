# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# What the scripts provision-*.sh share. They read it in, and then say: begin NAME TOOL…

# A server that gives up its rights must be able to read it.
umask 022

cache="${OCTOHERALD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octoherald}"

fail ()
{
  echo "$(basename "$0" .sh): $*" >&2
  exit 1
}

# begin NAME TOOL…: the tools are there, and nobody else provides NAME at the same time
begin ()
{
  _lock="$cache/.$1.lock"
  shift
  for _tool in "$@"; do
    command -v "$_tool" > /dev/null || fail "the program '$_tool' is missing; install it and try again"
  done

  # Several tests may begin at once: the second one waits and finds it done.
  mkdir -p "$cache"
  exec 9> "$_lock"
  flock -w 600 9 || fail "gave up waiting for $_lock"
}

# unpack PLACE PROGRAM PACKAGE…: Debian's packages into PLACE, unless PROGRAM is there already. It is there completely or not
# at all. Where a function after_unpacking is defined, it is run in the folder before that becomes PLACE.
unpack ()
{
  _place=$1
  _program=$2
  shift 2
  [ -x "$_place/$_program" ] && return

  rm -rf "$_place.new"
  mkdir -p "$_place.new"
  cd "$_place.new" || exit
  apt-get -qq download "$@" >&2 || fail "apt-get could not download $*; is the network there?"
  for _package in *.deb; do
    dpkg-deb -x "$_package" .
  done
  rm -f ./*.deb
  [ -x "$_program" ] || fail "the packages have no $_program"
  if command -v after_unpacking > /dev/null; then
    after_unpacking
  fi
  cd "$cache" || exit
  rm -rf "$_place"
  mv "$_place.new" "$_place"
}

# make_debian SUITE TREE PACKAGES OPTION…: a Debian in the folder TREE, with PACKAGES parted by spaces or commas; the options are
# mmdebstrap's. Mirror and apt's settings are those of this computer.
make_debian ()
{
  _suite=$1
  _tree=$2
  _packages=$(echo "$3" | tr -s ' \n' ,)
  shift 3
  # shellcheck disable=SC2016  # apt's own variable
  _mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
  [ -n "$_mirror" ] || fail "apt-get does not know from where packages come"
  for _file in /etc/apt/apt.conf.d/99*; do
    [ ! -e "$_file" ] || set -- "$@" "--aptopt=$_file"
  done
  mmdebstrap --quiet --mode=root --include="$_packages" --aptopt='Apt::Install-Recommends "false"' "$@" "$_suite" "$_tree" \
    "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $_mirror $_suite main" >&2 \
    || fail "mmdebstrap could not make a Debian ($_suite); is the network there?"
}

# install_npm PLACE STAMP PACKAGE…: npm's packages into PLACE, unless exactly these are there; STAMP is a file that says so
install_npm ()
{
  _place=$1
  _stamp=$1/$2
  shift 2
  [ "$(cat "$_stamp" 2> /dev/null)" = "$*" ] && return

  mkdir -p "$_place"
  cd "$_place" || exit
  [ -e package.json ] || echo '{ "private": true }' > package.json
  npm install --silent --no-audit --no-fund --ignore-scripts --save-exact "$@" >&2 \
    || fail "npm could not install $*; is the network there?"
  echo "$*" > "$_stamp"
}
