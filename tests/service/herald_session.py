# SPDX-License-Identifier: GPL-3.0-or-later
"""A private session with octoherald-service in it, and octoheraldctl to command it.

The programs come from the environment: OCTOHERALD_SERVICE and OCTOHERALDCTL, set by the build.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "real"))

from private_session import PrivateSession  # noqa: E402  pylint: disable=wrong-import-position

SERVICE = os.environ["OCTOHERALD_SERVICE"]
CTL = os.environ["OCTOHERALDCTL"]
BUS_NAME = "io.github.octoherald.OctoHerald.Service"
OBJECT_PATH = "/io/github/octoherald/OctoHerald"
LIMIT_S = 30


def pauses():
    """Seconds between one look and the next: few at first and more later, because to look is work, too."""
    pause_s = 0.05
    while True:
        yield pause_s
        pause_s = min(1.25 * pause_s, 0.3)


def wait_until(condition, limit=LIMIT_S):
    """What `condition` answers as soon as that is true."""
    deadline = time.monotonic() + limit
    for pause_s in pauses():
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError("it did not come true in time")
        time.sleep(pause_s)
    return None


def midday_zone():
    """A time zone (POSIX TZ) in which it is between 12:00 and 13:00 now: no day ends while a test reckons with days."""
    return f"MID{time.gmtime().tm_hour - 12:+d}"


BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class HeraldSession(PrivateSession):
    """Unless `service` is None it is running and has its name on the bus.

    Its bus starts nothing that a test has not put into the folder `services`: what is not there is absent.
    """

    def __init__(self, *arguments, service=True, **more):
        super().__init__(*arguments, **more)
        self.bus = None
        self.service = None
        self.wants_service = service

    def _begin(self):
        super()._begin()
        if self.wants_service:
            self.start_service()

    def close(self):
        """A service that does not end properly is a failure, and so is a sanitizer's complaint."""
        service, self.service = self.service, None
        if service is not None:
            status = self.end(service)
            log = self.log()
            super().close()
            assert status == 0, f"the service ended with {status}: {log}"
            return
        super().close()

    def _start_bus(self):
        os.mkdir(os.path.join(self.folder, "services"))
        with open(os.path.join(self.folder, "bus.conf"), "w", encoding="utf-8") as config:
            config.write(BUS_CONFIG.format(folder=self.folder))
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={self.folder}/bus"
        self.start_bus()

    def start_bus(self):
        """Also a second time, after the first was killed."""
        socket = os.path.join(self.folder, "bus")
        if os.path.exists(socket):
            os.unlink(socket)
        with self._quiet("bus") as log:
            self.bus = self.spawn(["dbus-daemon", f"--config-file={self.folder}/bus.conf", "--nofork"],
                                  stdout=log, stderr=log)
        wait_until(lambda: os.path.exists(socket))

    def start_service(self):
        with open(os.path.join(self.folder, "service.txt"), "ab") as log:
            self.service = self.spawn([SERVICE], stdout=log, stderr=log)
        wait_until(lambda: self.has_owner() or self.service.poll() is not None)
        assert self.service.poll() is None, self.log()
        return self.service

    def stop_service(self):
        service, self.service = self.service, None
        status = self.end(service)
        assert status == 0, f"the service ended with {status}: {self.log()}"

    def end(self, service):
        if service.poll() is None:
            service.send_signal(signal.SIGTERM)
        try:
            return service.wait(LIMIT_S)
        except subprocess.TimeoutExpired:
            service.kill()
            return service.wait(5)

    def log(self):
        """Everything the service has said."""
        with open(os.path.join(self.folder, "service.txt"), encoding="utf-8", errors="replace") as log:
            return log.read()

    def call(self, path, method, *arguments):
        """One call over the bus, as gdbus prints its answer."""
        return self.run(["gdbus", "call", "--session", "-d", BUS_NAME, "-o", path, "-m", method, *arguments])

    def has_owner(self):
        answer = self.run(["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/",
                           "-m", "org.freedesktop.DBus.NameHasOwner", BUS_NAME])
        return "true" in answer.stdout

    def ctl(self, *arguments, expect=0, **more):
        """Runs octoheraldctl; what it prints on stderr must fit its exit status."""
        done = self.run([CTL, *arguments], timeout=120, **more)
        told = f"octoheraldctl {' '.join(arguments)}: {done.returncode} {done.stdout} {done.stderr}"
        assert done.returncode == expect, told
        if expect:
            assert done.stderr.strip(), told
        return done

    def ctl_json(self, *arguments):
        return json.loads(self.ctl(*arguments, "--json").stdout)

    def shown(self, title):
        """The notification with this title, once the daemon has it; dunst tells only of closed ones."""
        def look():
            self.run(["dunstctl", "close-all"])
            return next((entry for entry in self.notifications() if entry["summary"] == title), None)
        return wait_until(look)
