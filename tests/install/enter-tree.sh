#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a command in a tree, on this machine's network, with processes, /tmp and /run of its own; all of them end with it:
#   tests/install/enter-tree.sh TREE USER COMMAND…      USER is one of the tree's, in whose home it begins
#
# Not bwrap: it forbids programs like sudo to become anybody else, and a user who is not root needs sudo. Needs root.

set -euo pipefail
tree=$1
user=$2
shift 2

# shellcheck disable=SC2016  # expanded inside
exec unshare --mount --pid --ipc --uts --fork --propagation private --kill-child bash -c '
set -euo pipefail
tree=$1
user=$2
shift 2
mount --bind "$tree" "$tree"
cd "$tree"
mount -t proc proc proc
# sudo looks it up
echo localhost > proc/sys/kernel/hostname
mount --rbind /sys sys
mount -t tmpfs -o mode=1777 tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=755 tmpfs dev
for name in null zero full random urandom tty; do
  touch "dev/$name"
  mount --bind "/dev/$name" "dev/$name"
done
mkdir -m 1777 dev/shm
mkdir dev/pts
mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mkdir -p .outside
pivot_root . .outside
umount -l .outside
rmdir .outside
home=$(getent passwd "$user" | cut -d: -f6)
cd "$home"
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME="$home" USER="$user" LOGNAME="$user" \
  LANG=C.UTF-8 setpriv --reuid "$user" --regid "$user" --init-groups -- "$@"
' - "$tree" "$user" "$@" < /dev/null
