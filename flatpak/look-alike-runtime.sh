#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes a runtime that looks like the one the manifest asks for, out of Debian 13's packages, where the real one cannot be
# had: without Flathub, and with GTK of another year. May be run again at any time; prints the folder that holds it as a
# repository of Flatpak:
#
#     flatpak --user remote-add --no-gpg-verify look-alike "$(flatpak/look-alike-runtime.sh)"
#     flatpak --user install look-alike org.gnome.Platform org.gnome.Sdk

set -eu
here="${0%/*}"
# shellcheck source-path=SCRIPTDIR
. "$here/../tests/real/provision.sh"

manifest="$here/io.github.octoherald.OctoHerald.yml"
suite=trixie

# What GNOME's runtime and its SDK have, as far as we ask for it; the tests look at the window with fonts and icons.
packages='gcc libc6-dev make meson ninja-build pkg-config gettext
  libglib2.0-dev libglib2.0-bin libgtk-4-dev libadwaita-1-dev libsecret-1-dev libsoup-3.0-dev libjson-glib-dev
  libgnutls28-dev libsqlite3-dev libunistring-dev libjpeg-dev libpng-dev libcairo2-dev libidn2-dev zlib1g-dev
  glib-networking librsvg2-common
  autoconf automake libtool ccache dbus appstream appstream-util desktop-file-utils gtk-update-icon-cache shared-mime-info
  adwaita-icon-theme fonts-dejavu-core fonts-cantarell ca-certificates'

# field NAME: what the manifest says of it
field ()
{
  sed -n "s/^$1: *'\{0,1\}\([^' ]*\)'\{0,1\}.*/\1/p" "$manifest"
}

# Where libraries of an application are looked for: as Flatpak arranges it in its own runtimes
write_library_folders ()
{
  cat > "$1" << END
include /run/flatpak/ld.so.conf.d/app-*.conf
/app/lib
include /run/flatpak/ld.so.conf.d/runtime-*.conf
include /etc/ld.so.conf.d/*.conf
END
}

write_metadata ()
{
  cat > "$2" << END
[Runtime]
name=org.gnome.$1
runtime=org.gnome.Platform/$architecture/$branch
sdk=org.gnome.Sdk/$architecture/$branch

[Environment]
XDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share:/run/host/user-share:/run/host/share
END
}

make_tree ()
{
  make_debian "$suite" "$place.new/tree" "$packages" --variant=apt --dpkgopt=path-exclude='/usr/share/doc/*' \
    --dpkgopt=path-exclude='/usr/share/man/*' --dpkgopt=path-exclude='/usr/share/info/*'
  # Flatpak calls it there.
  [ -e "$place.new/tree/usr/bin/ldconfig" ] || ln -s ../sbin/ldconfig "$place.new/tree/usr/bin/ldconfig"
}

# export_runtime Platform|Sdk: the same for both, but for its name
export_runtime ()
{
  folder="$place.new/$1"
  mkdir "$folder"
  cp -al "$place.new/tree/usr" "$folder/files"
  cp -a "$place.new/tree/etc" "$folder/files/etc"
  rm -rf "$folder"/files/etc/apt "$folder"/files/etc/resolv.conf "$folder"/files/etc/hosts \
    "$folder"/files/etc/hostname "$folder"/files/etc/machine-id "$folder"/files/etc/ld.so.conf
  write_library_folders "$folder/files/etc/ld.so.conf"
  write_metadata "$1" "$folder/metadata"
  flatpak build-export --runtime --files=files --disable-sandbox --no-update-summary \
    "$place.new/repo" "$folder" "$branch" >&2
}

begin flatpak-runtime apt-get mmdebstrap flatpak ostree
branch=$(field runtime-version)
architecture=$(flatpak --default-arch)
place="$cache/flatpak-runtime"
recipe=$(sha256sum < "$0" | cut -d ' ' -f 1)

if [ "$(cat "$place/recipe" 2> /dev/null)" != "$branch $architecture $recipe" ]; then
  rm -rf --one-file-system "$place.new"
  mkdir -p "$place.new"
  make_tree
  # Of all kinds of repositories the one that costs least time: what is in it is linked, not packed.
  ostree --repo="$place.new/repo" init --mode=bare-user-only
  export_runtime Platform
  export_runtime Sdk
  flatpak build-update-repo "$place.new/repo" >&2
  rm -rf --one-file-system "$place.new/tree" "$place.new/Platform" "$place.new/Sdk"
  echo "$branch $architecture $recipe" > "$place.new/recipe"
  rm -rf --one-file-system "$place"
  mv "$place.new" "$place"
fi

echo "$place/repo"
