# SPDX-License-Identifier: GPL-3.0-or-later
"""The service with simulated printers, and its icon in a real panel."""

import json
import os
import unittest
import urllib.request

from herald_session import CTL, wait_until
from panels import LIGHT, PanelSession
from tray_reader import TrayReader

DEMO = os.environ["OCTOHERALD_DEMO"]
KEY = "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"


class SimulatedPrinter:
    """One of octoherald-demo, as the service knows it."""

    def __init__(self, session, url, name):
        self.session, self.url = session, url.rstrip("/")
        self.id = session.ctl("printer", "add", "--name", name, "--url", url, "--key-file", "-", input=KEY).stdout.strip()

    def play(self, path, **body):
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(),
                                         {"Content-Type": "application/json"}, method="POST")
        urllib.request.urlopen(request, timeout=20).close()

    def show(self):
        return self.session.ctl_json("printer", "show", self.id)

    def wait_for(self, *states):
        return wait_until(lambda: (shown := self.show())["state"] in states and shown["actions"] and shown)

    def print_something(self, **more):
        self.play("/demo/print", **{"file": "benchy.gcode", "seconds": 600, "outcome": "done", **more})
        return self.wait_for("printing")

    def cancel(self):
        self.session.run([CTL, "printer", "cancel", self.id])
        self.wait_for("operational")


class TrayScene:
    """A session with a panel, the service and printers of these names; `icon` is where the icon is."""

    def __init__(self, kind, names, shade=LIGHT, session_class=PanelSession):
        self.session = session_class(kind, shade, keyring=True)
        self.names = names
        self.printers, self.icon, self.reader = [], None, None

    def __enter__(self):
        self.session.__enter__()
        try:
            self._begin()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_error):
        self.close()

    def _begin(self):
        self.panel.remember()
        self.session.start_service()
        self.reader = TrayReader(self.session)
        self.icon = self.panel.find_icon()
        if not self.names:
            return
        demo = self.session.spawn([DEMO, "--printers", str(len(self.names)), "--idle", "--bare", "--port", "0", "--json",
                                   "--key", KEY], stdout=-1, text=True)
        with demo.stdout:
            while len(self.printers) < len(self.names):
                said = json.loads(demo.stdout.readline())
                if "printer" in said:
                    self.printers.append(SimulatedPrinter(self.session, said["url"], self.names[len(self.printers)]))
        for printer in self.printers:
            printer.wait_for("operational")

    def close(self):
        if self.reader is not None:
            self.reader.close()
        self.session.close()

    @property
    def panel(self):
        return self.session.panel

    @property
    def screen(self):
        return self.session.screen

    def wait_for_line(self, *beginnings):
        """Until the menu has it."""
        return wait_until(lambda: self.reader.find(*beginnings))

    def open_menu(self):
        """The menu, opened by a click on the icon and compared with what was exported."""
        return self.panel.open_menu(self.icon, lambda: self.reader.menu().children)

    def open_menu_with(self, beginning):
        """The menu, once the panel has drawn that line as one that can be clicked: it may do so a moment after it was told."""
        def look():
            menu = self.open_menu()
            if not menu.is_grey(beginning):
                return menu
            self.panel.close_menu()
            self.screen.away()
            return None
        return wait_until(look)


class TrayTest(unittest.TestCase):
    """One scene for all tests of a class; which panel is in the environment."""

    kind = None
    names = ("Workshop",)
    shade = LIGHT

    @classmethod
    def setUpClass(cls):
        cls.scene = TrayScene(cls.kind, cls.names, cls.shade).__enter__()
        cls.addClassCleanup(cls.scene.close)
