#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window before a real service with two simulated printers, as a screen reader finds it (TAP).

    test-window.py WINDOW SERVICE CTL DEMO SCHEMA_DIR

With OCTOHERALD_PICTURES set to a folder it leaves a picture of each step there.
"""

import json
import os
import sys
import time
import traceback
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "real"))
from private_session import PrivateSession

LIMIT_S = 30
WINDOW, SERVICE, CTL, DEMO, SCHEMAS = map(os.path.abspath, sys.argv[1:6])


class Desk:
    """A session with the simulator and the window, and what the tests ask of them."""

    def __init__(self, session):
        self.session = session
        session.environment.update(GSETTINGS_SCHEMA_DIR=SCHEMAS, GSETTINGS_BACKEND="memory",
                                   GSK_RENDERER="cairo", GTK_A11Y="atspi")
        self.log = open(os.path.join(session.folder, "service.txt"), "wb")
        self.simulator = session.spawn([DEMO, "--printers", "2", "--json", "--idle", "--port", "0",
                                        "--mail-port", "0"], stdout=-1, text=True)
        self.printers = []
        while len(self.printers) < 2:
            line = json.loads(self.simulator.stdout.readline())
            if "printer" in line:
                self.printers.append(line)
        session.spawn(["openbox"], stdout=self.log, stderr=self.log)
        self.window = session.spawn([WINDOW])
        self.service = None

    def start_service(self):
        self.service = self.session.spawn([SERVICE], stderr=self.log)
        # All pages of the window are found at all times; only the shell can tell when it answers.
        deadline = time.monotonic() + LIMIT_S
        while self.session.run([CTL, "status"]).returncode != 0:
            assert time.monotonic() < deadline, "the service does not answer"
            time.sleep(0.2)

    def ctl(self, *arguments, **more):
        done = self.session.run([CTL, *arguments], **more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def tell(self, printer, path, **body):
        request = urllib.request.Request(printer["url"].rstrip("/") + path, json.dumps(body).encode(),
                                         method="POST", headers={"Content-Type": "application/json",
                                                                 "X-Api-Key": printer["key"]})
        urllib.request.urlopen(request, timeout=10).close()

    def look(self):
        done = self.session.run(["/usr/bin/python3", os.path.join(HERE, "accessible_window.py")])
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def click(self, name):
        done = self.session.run(["/usr/bin/python3", os.path.join(HERE, "accessible_window.py"),
                                 "click", name])
        assert done.returncode == 0, f"no button “{name}” " + done.stderr

    def wait_for(self, wanted):
        """Waits until @wanted(names) is true; names are those of all that a screen reader finds."""
        deadline = time.monotonic() + LIMIT_S
        while True:
            names = [entry["name"] or entry["text"] for entry in self.look()]
            if wanted(names):
                return names
            assert self.window.poll() is None, "the window has ended"
            assert time.monotonic() < deadline, f"in vain; last: {[n for n in names if n]}"
            time.sleep(0.2)

    def picture(self, name):
        folder = os.environ.get("OCTOHERALD_PICTURES")
        if folder:
            self.session.run(["dunstctl", "close-all"])
            time.sleep(1)
            self.session.run(["import", "-window", "root", os.path.join(folder, name + ".png")])


def has(*texts):
    return lambda names: all(any(text in name for name in names) for text in texts)


def row_of(name, *texts):
    """True if a row's own name, which is what is read aloud, begins with @name and has @texts."""
    return lambda names: any(n.startswith(name + ", ") and all(t in n for t in texts) for n in names)


def test_says_that_the_service_is_absent(desk):
    desk.wait_for(has("OctoHerald Is Not Running", "Start"))
    desk.picture("absent")


def test_says_what_to_do_first(desk):
    desk.start_service()
    desk.wait_for(has("No Printers Yet", "Add a Printer", "Skip"))
    desk.click("Skip")
    desk.picture("empty")


def test_shows_new_printers(desk):
    for number, printer in enumerate(desk.printers, 1):
        desk.ctl("printer", "add", "--name", f"Workshop {number}", "--url", printer["url"],
                 "--key-file", "-", input=printer["key"])
    desk.wait_for(row_of("Workshop 1", "Ready"))
    desk.wait_for(row_of("Workshop 2", "Ready"))
    desk.picture("printers")


def test_follows_a_print(desk):
    desk.tell(desk.printers[0], "/demo/print", file="benchy.gcode", seconds=40, outcome="done")
    desk.wait_for(row_of("Workshop 1", "Printing", "benchy.gcode", "%"))
    assert row_of("Workshop 2", "Ready")(desk.wait_for(has("Workshop 2")))
    time.sleep(8)
    bars = [entry["value"] for entry in desk.look() if entry["name"] == "Progress of the print"]
    assert any(value and value > 0 for value in bars), bars
    desk.picture("printing")


def test_shows_what_was_told(desk):
    desk.click("History")
    desk.wait_for(lambda names: any("Workshop 1" in name and "Delivered" in name for name in names))
    desk.picture("history")


def test_every_control_has_a_name(desk):
    bare = [entry for entry in desk.look()
            if entry["role"] in ("push button", "button", "toggle button", "progress bar", "list item")
            and (not entry["name"] or entry["name"].startswith(("Gtk", "Adw", "Herald")))]
    assert not bare, bare


def test_says_what_is_wrong(desk):
    desk.click("Printers")
    identity = json.loads(desk.ctl("printer", "list", "--json"))["printers"][1]["id"]
    desk.ctl("printer", "set", identity, "url=http://127.0.0.1:9")
    # A key belongs to its address: with another one the service has none.
    desk.wait_for(row_of("Workshop 2", "No password or key"))
    desk.picture("wrong")


def test_forgets_a_removed_printer(desk):
    identity = json.loads(desk.ctl("printer", "list", "--json"))["printers"][1]["id"]
    desk.ctl("printer", "remove", identity)
    desk.wait_for(lambda names: not any("Workshop 2," in name for name in names))


def test_comes_back_with_the_service(desk):
    desk.service.terminate()
    desk.service.wait(10)
    desk.wait_for(has("OctoHerald Is Not Running"))
    desk.start_service()
    desk.wait_for(row_of("Workshop 1"))


def test_ends_cleanly(desk):
    desk.session.run(["gdbus", "call", "--session", "-d", "io.github.octoherald.OctoHerald",
                      "-o", "/io/github/octoherald/OctoHerald", "-m",
                      "org.gtk.Actions.Activate", "quit", "[]", "{}"])
    assert desk.window.wait(10) == 0


STEPS = (test_says_that_the_service_is_absent, test_says_what_to_do_first, test_shows_new_printers,
         test_follows_a_print, test_shows_what_was_told, test_every_control_has_a_name,
         test_says_what_is_wrong, test_forgets_a_removed_printer, test_comes_back_with_the_service,
         test_ends_cleanly)


def main():
    failed = False
    print(f"1..{len(STEPS)}")
    with PrivateSession() as session:
        desk = Desk(session)
        for number, step in enumerate(STEPS, 1):
            name = step.__name__.removeprefix("test_").replace("_", " ")
            try:
                step(desk)
                print(f"ok {number} - {name}", flush=True)
            except Exception:  # pylint: disable=broad-except
                failed = True
                print(f"not ok {number} - {name}", flush=True)
                traceback.print_exc()
                desk.picture(f"failed-{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
