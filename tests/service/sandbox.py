# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that see what they would see in a sandbox of Flatpak: the file /.flatpak-info, and portals.

    session.spawn(in_sandbox(session.folder, ["octoherald-service"]))

Everything else is as outside. Without the right to mount, the test fails.
"""

import os
import pathlib

INFO = "[Application]\nname=io.github.octoherald.OctoHerald\n[Context]\nshared=network;\n"

SCRIPT = """set -e
root=$1
shift
mount -t tmpfs tmpfs "$root"
for entry in /* ; do
  if [ -L "$entry" ]; then
    cp -P "$entry" "$root$entry"
  elif [ -d "$entry" ]; then
    mkdir "$root$entry"
    mount --rbind "$entry" "$root$entry"
  fi
done
cp "$FLATPAK_INFO" "$root/.flatpak-info"
cd /
exec chroot "$root" "$@"
"""


def in_sandbox(folder, command):
    """The command that runs @command there."""
    root = pathlib.Path(folder, "sandbox-root")
    root.mkdir(exist_ok=True)
    info = pathlib.Path(folder, "flatpak-info")
    info.write_text(INFO, encoding="utf-8")
    unshare = ["unshare", "--mount"]
    if os.geteuid() != 0:
        unshare += ["--user", "--map-root-user"]
    return [*unshare, "env", f"FLATPAK_INFO={info}", "sh", "-c", SCRIPT, "sh", str(root), *command]
