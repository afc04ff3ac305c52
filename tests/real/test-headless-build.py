#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What docs/headless.md says about building: typed on a Debian 12 without a desktop, it installs none and builds a service that runs."""

import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from booted_tree import provision

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BLOCK = re.compile(r"^<!-- try: build -->\n```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LIMIT_S = 1500

# What is written is in memory; packages come from where this computer gets them.
ENTER = """set -e
mount -t tmpfs tmpfs "$2"
mkdir -m 755 "$2/upper"
mkdir "$2/work" "$2/root"
mount -t overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" overlay "$2/root"
cd "$2/root"
mount -t proc proc proc
mount --rbind /dev dev
cat /etc/resolv.conf > etc/resolv.conf
git clone --quiet --no-hardlinks "$3" home/pi/octoherald
chown -R 1000:1000 home/pi/octoherald
exec chroot . su --login pi --command 'cd octoherald; exec bash -e -s'
"""


class HeadlessBuild(unittest.TestCase):
    def test_commands_of_the_page_build_it_and_bring_no_desktop(self):
        block = BLOCK.search((ROOT / "docs/headless.md").read_text(encoding="utf-8"))[1]
        typed = block + "octoheraldctl --version\n/usr/local/libexec/octoherald-service --version\n" \
            "ls /usr/local/lib/systemd/user\ndpkg-query --show --showformat='package ${Package}\\n'\n"
        with tempfile.TemporaryDirectory(prefix="headless-build-") as folder:
            done = subprocess.run(["unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", ENTER, "-",
                                   provision() / "tree", folder, ROOT], input=typed, text=True, timeout=LIMIT_S,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-5000:])
        for word in ("octoheraldctl 0.", "octoherald-service 0.", "octoherald.service"):
            self.assertIn(word, done.stdout)
        packages = re.findall(r"^package (.*)", done.stdout, re.MULTILINE)
        self.assertIn("meson", packages)
        # Debian's headers of libsoup ask for those of GTK; programs of a desktop they must not bring.
        self.assertEqual([name for name in packages if re.search(r"xserver|^xorg$|gnome-(shell|keyring)|dunst|qt5|session$", name) and
                          name != "dbus-user-session"], [])


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
    import tap

    tap.main()
