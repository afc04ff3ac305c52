#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first steps find a real OctoPrint on another computer, by a real Avahi and by SSDP, and it is added from the list.

The other computer and the network are namespaces, so this wants root; without it, it fails.
"""

import os
import pathlib
import sys
import unittest
import unittest.mock

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "real"), str(HERE.parent / "service"), str(HERE.parent)]

import tap  # noqa: E402
from avahi_daemon import AvahiDaemon, provision as provision_avahi  # noqa: E402
from desk import Desk  # noqa: E402
from octoprint_browser import Browser  # noqa: E402
from octoprint_server import OctoPrintServer, provision as provision_octoprint  # noqa: E402
from private_network import Neighbour, enter_network  # noqa: E402
from stand_in_browser import StandInBrowser  # noqa: E402

VERSION = os.environ.get("OCTOPRINT_VERSION", "1.11.8")
PORT = 5000
NAME = "MK3 & <b>"
WHERE = f"http://octopi.local:{PORT}"


class Found(unittest.TestCase):
    def setUp(self):
        pi = self.enterContext(Neighbour("octopi"))
        avahi = self.enterContext(AvahiDaemon())
        avahi.place(pathlib.Path("/etc/nsswitch.conf"), "hosts: files mdns4_minimal [NOTFOUND=return]\n")
        self.octoprint = self.enterContext(OctoPrintServer(VERSION, port=PORT, name=NAME, disable_discovery=False,
                                                           address=pi.address, inside=pi.inside))
        self.desk = Desk(is_welcomed=False, is_known=False, has_service=False, is_open=False)
        self.browser = StandInBrowser(self.desk)
        self.enterContext(self.desk)
        with unittest.mock.patch.dict(self.desk.environment, avahi.environment):
            self.desk.start_service()
        self.desk.open_window()

    def row(self, *texts):
        """That of the printer in the list of those that were found"""
        return self.desk.wait_until(lambda: next((thing for thing in self.desk.find_all(role="list item")
                                                  if all(any(text in part.words for part in (thing, *thing.descendants()))
                                                         for text in (NAME, *texts))), None), f"it is not found: {texts}")

    def test_one_that_is_found_is_added_by_a_click(self):
        desk = self.desk
        self.row(WHERE, f"OctoPrint {VERSION}")
        desk.wait_calm()
        desk.picture("welcome-found")
        desk.point_and_click(self.row())
        desk.wait_for("Allow OctoHerald in Your Browser")
        [page] = desk.wait_until(self.browser.pages, "no page was opened")
        self.assertTrue(page.startswith(WHERE), page)
        # This program cannot ask for names of the network.
        Browser().decide(self.octoprint.url, page.replace(WHERE, self.octoprint.url), True)
        desk.wait_for("The Printer Is Being Watched")
        [printer] = desk.ctl_json("printer", "list")["printers"]
        self.assertEqual((printer["name"], printer["url"], printer["connection"]), (NAME, WHERE, "connected"))

        # Whoever looks again sees that it is there, and another click adds no second one.
        desk.click("Add Another Printer")
        self.row("added already")
        desk.wait_calm()
        desk.point_and_click(self.row())
        desk.wait_for("The Printer Is Being Watched", "Add Another Printer")
        self.assertEqual(len(desk.ctl_json("printer", "list")["printers"]), 1)


if __name__ == "__main__":
    # While the network is the real one
    provision_octoprint(VERSION)
    provision_avahi()
    enter_network()
    tap.main()
