#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop session of its own for one test: home, bus, unlocked keyring, screen, notifications.

    with PrivateSession() as session:
        session.run(["octoheraldctl", "status"])
        session.notifications()

Everything is started by us and ended by its pid; nothing of the real session is seen or touched.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

LIMIT_S = 60
KEEP = ("PATH", "LANG", "LC_ALL", "G_DEBUG", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS")


class SessionError(Exception):
    """A part of the session did not come up."""


class PrivateSession:
    """Starts what is wanted; `environment` is what every program inside gets."""

    def __init__(self, keyring=True, display=True, notifications=True):
        self.folder = tempfile.mkdtemp(prefix="private-session-")
        self.wanted = (keyring, display or notifications, notifications)
        self.processes = []
        self.environment = {name: os.environ[name] for name in KEEP if name in os.environ}
        for variable, name in (("HOME", "home"), ("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"),
                               ("XDG_CACHE_HOME", "cache"), ("XDG_STATE_HOME", "state"),
                               ("XDG_RUNTIME_DIR", "run")):
            path = os.path.join(self.folder, name)
            os.mkdir(path, 0o700)
            self.environment[variable] = path

    def __enter__(self):
        try:
            keyring, display, notifications = self.wanted
            if display:
                self._start_display()
            self._start_bus()
            if keyring:
                self._start_keyring()
            if notifications:
                self._start_notifications()
            self._begin()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_error):
        self.close()

    def _begin(self):
        """What a session of its kind has beside that; if it fails, everything ends."""

    def spawn(self, command, **more):
        """Starts a program in the session; it is ended with the session."""
        process = subprocess.Popen(command, env=self.environment, cwd=self.folder,
                                   **{"stdin": subprocess.DEVNULL, **more})
        self.processes.append(process)
        return process

    def run(self, command, timeout=LIMIT_S, **more):
        """Runs a program in the session to its end; its output is text."""
        return subprocess.run(command, env=self.environment, cwd=self.folder, timeout=timeout, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              **({} if "input" in more else {"stdin": subprocess.DEVNULL}), **more)

    def _run_or_fail(self, *command):
        done = self.run(command)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    def reload_bus(self):
        """It reads anew what it may start."""
        self._run_or_fail("gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                          "org.freedesktop.DBus.ReloadConfig")

    def notifications(self):
        """What was shown, newest first: a list of dictionaries with summary, body, appname, …"""
        answer = json.loads(self.run(["dunstctl", "history"]).stdout)["data"][0]
        return [{key: value["data"] for key, value in entry.items()} for entry in answer]

    def close(self):
        """Ends everything, the last first."""
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(5)
        self.processes.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _quiet(self, name):
        return open(os.path.join(self.folder, name + ".txt"), "wb")

    def display_options(self):
        """More words for Xvfb."""
        return ()

    def _start_display(self):
        read_end, write_end = os.pipe()
        # After its last client has gone it would begin anew, without the keyboard it was given and without who has just come.
        with self._quiet("xvfb") as log:
            self.spawn(["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x800x24",
                        "-nolisten", "tcp", "-noreset", *self.display_options()], pass_fds=[write_end], stdout=log, stderr=log)
        os.close(write_end)
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()
        if not number:
            raise SessionError("Xvfb did not start")
        self.environment["DISPLAY"] = ":" + number

    def _start_bus(self):
        with self._quiet("bus") as log:
            bus = self.spawn(["dbus-daemon", "--session", "--nofork", "--print-address"],
                             stdout=subprocess.PIPE, stderr=log, text=True)
        address = bus.stdout.readline().strip()
        bus.stdout.close()
        if not address:
            raise SessionError("dbus-daemon did not start")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address

    def _start_keyring(self):
        with self._quiet("keyring") as log:
            daemon = self.spawn(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                                stdin=subprocess.PIPE, stdout=log, stderr=log)
        daemon.stdin.write(b"test")
        daemon.stdin.close()
        self._wait_for_name("org.freedesktop.secrets", daemon)

    def _start_notifications(self):
        with self._quiet("dunst") as log:
            daemon = self.spawn(["dunst"], stdout=log, stderr=log)
        self._wait_for_name("org.freedesktop.Notifications", daemon)

    def _wait_for_name(self, name, process):
        deadline = time.monotonic() + LIMIT_S
        while time.monotonic() < deadline and process.poll() is None:
            owned = self.run(["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                              "org.freedesktop.DBus.NameHasOwner", name])
            if "true" in owned.stdout:
                return
            time.sleep(0.05)
        raise SessionError(f"nobody took the name {name}")


if __name__ == "__main__":
    with PrivateSession() as private_session:
        sys.exit(subprocess.run(sys.argv[1:], env=private_session.environment, check=False).returncode)
