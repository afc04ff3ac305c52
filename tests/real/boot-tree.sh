#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Becomes the systemd of a Debian in a folder, as process 1 of namespaces of its own; what is written goes to memory:
#   boot-tree.sh TREE FOLDER      FOLDER/upper may hold what is laid over TREE
#
# It keeps the network of whoever starts it. For booted_tree.py, which makes the group of processes and ends it.
set -euo pipefail
tree=$1
folder=$2

# shellcheck disable=SC2016  # expanded inside
exec unshare --mount --pid --fork --cgroup --uts --ipc --propagation private --kill-child bash -c '
set -euo pipefail
mkdir -p "$2/upper" "$2/work" "$2/root"
mount -t overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" overlay "$2/root"
cd "$2/root"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
for place in run tmp dev; do
  mount -t tmpfs -o mode=755 tmpfs "$place"
done
chmod 1777 tmp
for name in null zero full random urandom tty; do
  touch "dev/$name"
  mount --bind "/dev/$name" "dev/$name"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mkdir -p .old
pivot_root . .old
umount -l .old
# Secrets are put into place where others see them only if mounts are shared, as on a computer.
mount --make-rshared /
exec env -i container=octoherald-test PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --show-status=no
' - "$tree" "$folder"
