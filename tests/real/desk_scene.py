# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk somebody sits at or does not: logind as python-dbusmock plays it, on a system bus of its own, for one session.

    with Desk() as desk:
        session.environment.update(desk.environment)    before the service starts
        desk.go_idle(minutes=10)
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "service"))

from herald_session import HeraldSession, wait_until  # noqa: E402  pylint: disable=wrong-import-position
from smtp_server import SmtpSink  # noqa: E402  pylint: disable=wrong-import-position

PYTHON = "/usr/bin/python3"
NAME = "org.freedesktop.login1"
SESSION_PATH = "/org/freedesktop/login1/session/auto"
SESSION = "org.freedesktop.login1.Session"
MOCK = "org.freedesktop.DBus.Mock"
LIMIT_S = 30

MINUTE = 60
WAITING = "It waits to see whether somebody is at this computer."
SEEN = "You were at the computer, where it was shown."

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path={folder}/system</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class Desk:
    """Somebody is logged in at it, in a desktop of the type `kind`."""

    def __init__(self, kind="wayland", logind=True):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="desk-"))
        self.environment = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.folder}/system"}
        self.kind = kind
        self.wants_logind = logind
        self.processes = []
        self.logind = None

    def __enter__(self):
        try:
            (self.folder / "bus.conf").write_text(BUS_CONFIG.format(folder=self.folder), encoding="utf-8")
            self.spawn(["dbus-daemon", f"--config-file={self.folder}/bus.conf", "--nofork"])
            wait_until((self.folder / "system").exists)
            if self.wants_logind:
                self.start_logind()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error):
        for process in reversed(self.processes):
            self.end(process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def end(self, process):
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)

    def spawn(self, command):
        with open(self.folder / "output", "ab") as output:
            process = subprocess.Popen(command, env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL,
                                       stdout=output, stderr=output)
        self.processes.append(process)
        return process

    def gdbus(self, *arguments):
        return subprocess.run(["gdbus", "call", "--system", *arguments], env={**os.environ, **self.environment},
                              text=True, timeout=LIMIT_S, check=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def call(self, path, method, *arguments):
        done = self.gdbus("-d", NAME, "-o", path, "-m", method, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start_logind(self):
        self.logind = self.spawn([PYTHON, "-m", "dbusmock", "--system", "--template", "logind"])
        wait_until(lambda: self.gdbus("-d", NAME, "-o", "/org/freedesktop/login1", "-m",
                                    "org.freedesktop.DBus.Peer.Ping").returncode == 0)
        if self.kind:
            self.call("/org/freedesktop/login1", f"{MOCK}.AddSession", "auto", "seat0", str(os.getuid()), "maker", "true")
            self.set(Type=f"'{self.kind}'")
            self.call("/org/freedesktop/login1", f"{MOCK}.EmitSignal", "org.freedesktop.login1.Manager", "SessionNew", "so",
                      f"[<'auto'>, <objectpath '{SESSION_PATH}'>]")

    def stop_logind(self):
        self.end(self.logind)

    def set(self, **properties):
        """What logind says of the session from now on, and says at once; values as GVariant texts."""
        values = ", ".join(f"'{name}': <{value}>" for name, value in properties.items())
        self.call(SESSION_PATH, f"{MOCK}.UpdateProperties", SESSION, f"{{{values}}}")

    @staticmethod
    def ago(seconds):
        return f"uint64 {int((time.time() - seconds) * 1e6)}"

    def go_idle(self, seconds=0):
        """Since so many seconds ago the session calls itself idle."""
        self.set(IdleHint="true", IdleSinceHint=self.ago(seconds))

    def come_back(self, seconds=0):
        self.set(IdleHint="false", IdleSinceHint=self.ago(seconds))

    def lock(self, locked=True):
        self.set(LockedHint="true" if locked else "false")


class AtTheDesk(unittest.TestCase):
    """Custom messages go by mail only when nobody was at the computer for a minute."""

    desk = {}
    session = {}
    make_session = HeraldSession

    def setUp(self):
        self.desk = self.enterContext(Desk(**type(self).desk))
        self.sink = self.enterContext(SmtpSink())
        self.session = type(self).make_session(service=False, **{"keyring": False, **type(self).session})
        self.session.environment.update(self.desk.environment)
        self.enterContext(self.session)
        self.session.start_service()
        self.ctl, self.json = self.session.ctl, self.session.ctl_json
        self.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", f"port={self.sink.port}",
                 "security=plain", "from=herald@example.org", "to=maker@example.org")
        self.ctl("message", "set", "custom", "away-minutes=1")

    def send(self, title="News"):
        self.ctl("send", "--title", title, "--text", "x")
        return time.monotonic()

    def row(self, channel="mail"):
        rows = [row for row in self.json("history")["messages"] if row["channel"] == channel]
        return rows[0] if rows else None

    def state(self, channel="mail"):
        return self.row(channel)["state"]

    def presence(self):
        return self.json("status")["presence"]

    def await_presence(self, expected):
        wait_until(lambda: self.presence() == expected)

    def await_state(self, expected, limit=30):
        wait_until(lambda: self.state() == expected, limit)

    def ledger(self):
        """Nothing is lost on the way: all that was accepted is over, or waits. What is shown between the two looks is both."""
        def look():
            rows = self.json("history", "--limit", "1000")["messages"]
            waiting = sum(row["state"] in ("pending", "deferred", "sending", "committing") for row in rows)
            return rows if self.json("status")["outbox"] == {"waiting": waiting, "held": 0} else None

        return wait_until(look)
