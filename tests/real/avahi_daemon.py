# SPDX-License-Identifier: GPL-3.0-or-later
"""A real avahi-daemon on a system bus of its own.

    with AvahiDaemon() as avahi:
        environment.update(avahi.environment)

Only for a program in a network, a /run and an /etc of its own: avahi-daemon has fixed places there.
"""

import os
import pathlib
import shutil
import subprocess
import tempfile
import time

from private_network import place

HERE = pathlib.Path(__file__).parent
LIMIT_S = 60

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/system-bus</listen>
  <policy context="default">
    <allow user="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

AVAHI_CONFIG = """[server]
host-name=desktop
use-ipv4=yes
use-ipv6=yes
enable-dbus=yes

[publish]
publish-workstation=no
"""


def provision():
    """Folder of the programs; fetches them if they are missing, so it wants the real network."""
    done = subprocess.run([HERE / "provision-avahi.sh"], check=True, stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, text=True, timeout=300)
    return pathlib.Path(done.stdout.strip())


class AvahiDaemon:
    """`environment` is for programs that are to ask it, also for names through nss-mdns."""

    def __init__(self):
        self.root = provision()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="avahi-test-"))
        self.bus = None
        self.daemon = None
        libraries = sorted({str(path.parent) for path in self.root.rglob("*.so*")})
        self.environment = {
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.folder}/system-bus",
            "LD_LIBRARY_PATH": ":".join(libraries),
        }

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_error):
        self.close()

    def place(self, path, content):
        """Puts a file of ours over one of the system's, in this program's own view of it."""
        place(self.folder, path, content)

    def stop_daemon(self):
        """The bus stays."""
        self._end(self.daemon)
        self.daemon = None

    def close(self):
        self._end(self.daemon)
        self._end(self.bus)
        self.daemon = self.bus = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self):
        return (self.folder / "log.txt").read_text(encoding="utf-8", errors="replace")

    @staticmethod
    def _end(process):
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(LIMIT_S)

    def _spawn(self, *command):
        with open(self.folder / "log.txt", "ab") as log:
            return subprocess.Popen(command, env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL,
                                    stdout=log, stderr=log)

    def _start(self):
        (self.folder / "bus.conf").write_text(BUS_CONFIG.format(folder=self.folder))
        (self.folder / "avahi.conf").write_text(AVAHI_CONFIG)
        self.bus = self._spawn("dbus-daemon", f"--config-file={self.folder}/bus.conf", "--nofork")
        self._wait((self.folder / "system-bus").exists)
        # Even where it stays root it wants to know who it would have become.
        for name, line in (("passwd", "avahi:x:0:0::/:/bin/false\n"), ("group", "avahi:x:0:\n")):
            path = pathlib.Path("/etc", name)
            self.place(path, path.read_text(encoding="utf-8") + line)
        self.daemon = self._spawn(self.root / "usr/sbin/avahi-daemon", f"--file={self.folder}/avahi.conf",
                                  "--no-drop-root", "--no-chroot", "--no-rlimits", "--debug")
        self._wait(self._is_there)

    def _wait(self, condition):
        deadline = time.monotonic() + LIMIT_S
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"Avahi or its bus did not start: {self.log()}")
            time.sleep(0.05)

    def _is_there(self):
        asked = subprocess.run(["gdbus", "call", "--system", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                                "org.freedesktop.DBus.NameHasOwner", "org.freedesktop.Avahi"],
                               env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL, timeout=LIMIT_S,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        return "true" in asked.stdout
