# SPDX-License-Identifier: GPL-3.0-or-later
"""A session with a scripted notification server and, if wanted, a simulated printer."""

import json
import os
import pathlib
import subprocess
import sys
import urllib.request

from herald_session import HeraldSession, wait_until

DEMO = os.environ["OCTOHERALD_DEMO"]
KEY = "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"
SERVER = pathlib.Path(__file__).with_name("fake_notifications.py")
FIELDS = ("application", "replaces", "icon", "title", "text", "actions", "hints", "expires")


class NotificationSession(HeraldSession):
    """The state of the server is set by set_server(); what it was asked is in calls() and shown_all()."""

    def __init__(self, starts_server=True, **more):
        super().__init__(display=False, notifications=False, **{"keyring": False, **more})
        self.state = pathlib.Path(self.folder, "server.json")
        self.record = pathlib.Path(self.folder, "calls")
        self.record.touch()
        self.set_server()
        self.server = None
        self.wants_server = starts_server
        self.url = None

    def _start_bus(self):
        super()._start_bus()
        if self.wants_server:
            self.start_server()

    def set_server(self, **state):
        self.state.write_text(json.dumps(state), encoding="utf-8")

    def start_server(self):
        self.server = self.spawn([sys.executable, str(SERVER), str(self.state), str(self.record)], stdin=subprocess.PIPE,
                                 text=True)
        self._wait_for_name("org.freedesktop.Notifications", self.server)

    def stop_server(self):
        self.server.terminate()
        self.server.wait(10)

    def emit(self, name, kind, *arguments):
        self.server.stdin.write(json.dumps([name, kind, arguments]) + "\n")
        self.server.stdin.flush()

    def click(self, number, button, token=None):
        if token is not None:
            self.emit("ActivationToken", "(us)", number, token)
        self.emit("ActionInvoked", "(us)", number, button)

    def calls(self, method=None):
        rows = [json.loads(line) for line in self.record.read_text(encoding="utf-8").splitlines()]
        return [arguments for name, arguments in rows if method in (None, name)]

    def shown_all(self):
        """Each Notify, as a dictionary; `buttons` are the ids."""
        rows = [dict(zip(FIELDS, arguments)) for arguments in self.calls("Notify")]
        for row in rows:
            row["buttons"] = row["actions"][::2]
        return rows

    def wait_for(self, title, number=1):
        """The Nth notification with this in its title, as soon as it was shown."""
        return wait_until(lambda: (found := [row for row in self.shown_all() if title in row["title"]])[number - 1:]
                          and found[number - 1])

    def closed(self):
        return [arguments[0] for arguments in self.calls("CloseNotification")]

    def add_printer(self, has_key=False):
        """`has_key`: it was handed over as a credential."""
        demo = self.spawn([DEMO, "--printers", "1", "--idle", "--json", "--key", KEY, "--port", "0", "--bare"],
                          stdout=-1, text=True)
        while self.url is None:
            said = json.loads(demo.stdout.readline())
            self.url = said.get("url")
        self.demo_output = demo.stdout
        words = ["printer", "add", "--name", "Bench", "--url", self.url]
        if has_key:
            self.ctl(*words)
        else:
            self.ctl(*words, "--key-file", "-", input=KEY)
        wait_until(lambda: self.printer()["connection"] == "connected" and self.printer()["state"] == "operational")

    def printer(self):
        return self.ctl_json("printer", "show", "bench")

    def play(self, what, **body):
        request = urllib.request.Request(self.url.rstrip("/") + "/demo/" + what, json.dumps(body).encode(),
                                         {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=20).read()

    def history(self, **wanted):
        return [row for row in self.ctl_json("history", "--limit", "500")["messages"]
                if all(row[key] == value for key, value in wanted.items())]

    def close(self):
        if getattr(self, "demo_output", None) is not None:
            self.demo_output.close()
        if self.server is not None:
            self.server.stdin.close()
        super().close()
