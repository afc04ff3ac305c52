# SPDX-License-Identifier: GPL-3.0-or-later
"""The first steps: from the first start to the first test message, by clicks, by keys, and with a service that goes away."""

import pathlib
import socket
import sys
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from desk import Desk  # noqa: E402
from herald_session import LIMIT_S, wait_until  # noqa: E402
from stand_in_browser import StandInBrowser  # noqa: E402

# Nothing listens there, and it says so at once.
NOWHERE = "127.0.0.1:9"
ADDRESS = "Address, as Short as “octopi”"
PROMISE_S = 120
# Each address that may be meant is given six seconds.
SILENCE_S = 90
WHAT_THERE_IS = ["gdbus", "call", "--session", "-d", "io.github.octoherald.OctoHerald.Service", "-o", "/io/github/octoherald/OctoHerald",
                 "-m", "org.freedesktop.DBus.ObjectManager.GetManagedObjects"]


class FirstSteps(unittest.TestCase):
    def begin(self, *names, **more):
        self.desk = Desk(*names, **{"is_welcomed": False, "is_known": False, **more})
        self.browser = StandInBrowser(self.desk)
        self.enterContext(self.desk)
        self.clicks = 0
        return self.desk

    def click(self, words):
        self.clicks += 1
        self.desk.click(words)

    def printers(self):
        return self.desk.ctl_json("printer", "list")["printers"]

    def test_a_demo_printer_leads_to_the_first_notification(self):
        desk = self.begin(notifications=True)
        began = time.monotonic()
        self.click("Try It")
        desk.wait_for("The Printer Is Being Watched", "Demo Printer")
        self.click("Next")
        desk.wait_for("Where Should It Tell You?", "On This Computer")
        self.click("Next")
        self.click("Send a Test Message")
        desk.wait_for("The test message was accepted.", "Have it shown", "Send Another Test Message")
        took_s = time.monotonic() - began
        self.click("Done")
        desk.wait_until(lambda: any(thing.words.startswith("Demo Printer, ") for thing in desk.look()), "there is no card")
        print(f"# {took_s:.1f} s and {self.clicks} clicks to the first notification", flush=True)
        self.assertLess(took_s, PROMISE_S)
        self.assertEqual(self.clicks, 5)
        self.assertTrue(desk.ctl_json("history")["messages"])

    def test_every_step_can_be_passed_over_and_returned_to(self):
        desk = self.begin()
        self.click("Next")
        desk.wait_for("Step 2 of 3")
        self.click("Next")
        desk.wait_for("Step 3 of 3")
        desk.keys("Escape")
        desk.wait_for("Step 2 of 3")
        desk.keys("alt+Left")
        desk.wait_for("Step 1 of 3")
        desk.keys("Escape")
        desk.keys("alt+Right")
        desk.wait_for("Step 2 of 3")
        self.click("Back")
        desk.wait_for("Step 1 of 3")
        self.click("Skip")
        desk.wait_gone("Step 1 of 3")
        self.reopen()
        self.assertEqual(self.printers(), [])

    def test_an_address_and_a_key_are_enough(self):
        desk = self.begin("Ender 3")
        self.type_into(ADDRESS, desk.printers[0].url)
        self.press_row("Name and Key")
        self.type_into("What You Call It", "<b>My & Ender</b>")
        self.type_into("Application Key, if You Have One", "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001")
        desk.keys("Return")
        desk.wait_for("The Printer Is Being Watched", "<b>My & Ender</b>")
        [printer] = self.printers()
        self.assertEqual((printer["name"], printer["connection"]), ("<b>My & Ender</b>", "connected"))

    def test_access_is_asked_for_in_the_browser(self):
        desk = self.begin("Ender 3")
        self.type_into(ADDRESS, desk.printers[0].url)
        desk.keys("Return")
        said = desk.wait_for("Allow OctoHerald in Your Browser", " left", "/plugin/appkeys/auth/")
        [page] = wait_until(self.browser.pages)
        self.assertIn(page, said)
        self.click("Open the Page Again")
        wait_until(lambda: self.browser.pages() == [page, page])
        desk.printers[0].play("access", allow=False)
        desk.wait_for("No Access Yet", "Ask Again")
        self.click("Ask Again")
        desk.wait_for("Allow OctoHerald in Your Browser")
        self.click("Cancel")
        desk.wait_for("OctoPrint Has to Let OctoHerald In")
        self.click("Ask OctoPrint for Access")
        desk.wait_for("Allow OctoHerald in Your Browser")
        desk.printers[0].play("access", allow=True)
        desk.wait_for("The Printer Is Being Watched")

    def test_what_cannot_be_reached_is_told(self):
        desk = self.begin()
        self.type_into(ADDRESS, NOWHERE)
        desk.keys("Return")
        desk.wait_for("No Access Yet", "Ask Again")
        self.add_another()
        self.type_into(ADDRESS, "http://user:secret@host/")
        desk.keys("Return")
        problem = desk.wait_until(lambda: next((thing.words for thing in desk.find_all(role=("alert", "label"))
                                                if "user name or password" in thing.words), None), "no problem is told")
        self.assertNotIn("GDBus", problem)
        self.assertEqual(len(self.printers()), 1)
        self.assertEqual(self.browser.pages(), [])

    def test_an_answer_about_one_printer_changes_nothing_of_another(self):
        desk = self.begin("Ender 3")
        with socket.create_server(("127.0.0.1", 0)) as silent:
            self.type_into(ADDRESS, "127.0.0.1:%d" % silent.getsockname()[1])
            desk.keys("Return")
            desk.wait_for("Asking OctoPrint")
            self.add_another()
            self.type_into(ADDRESS, desk.printers[0].url)
            desk.keys("Return")
            desk.wait_for("Allow OctoHerald in Your Browser", "/plugin/appkeys/auth/")
            wait_until(lambda: "'AccessState': <'failed'>" in desk.run(WHAT_THERE_IS).stdout, SILENCE_S)
        desk.wait_calm()
        desk.wait_for("OctoPrint has opened there.", "/plugin/appkeys/auth/")

    def test_typing_is_left_alone(self):
        desk = self.begin("Ender 3")
        self.type_into(ADDRESS, desk.printers[0].url)
        desk.keys("Return")
        desk.wait_for("Allow OctoHerald in Your Browser")
        self.add_another()
        self.type_into(ADDRESS, NOWHERE[:-2])
        desk.printers[0].play("access", allow=True)
        wait_until(lambda: self.printers()[0]["connection"] == "connected")
        desk.wait_calm()
        desk.type(NOWHERE[-2:])
        self.click("Try It")
        desk.wait_for("The Printer Is Being Watched", "Demo Printer")
        self.add_another()
        self.click("Add")
        desk.wait_for("Ask Again")
        self.assertTrue([printer for printer in self.printers() if NOWHERE in printer["url"]])

    def test_access_asked_for_before_the_window_was_opened(self):
        desk = self.begin("Ender 3")
        self.type_into(ADDRESS, desk.printers[0].url)
        desk.keys("Return")
        [page] = wait_until(self.browser.pages)
        self.reopen()
        self.click("More Actions")
        self.click("Change…")
        self.click("Open the Page Again")
        wait_until(lambda: self.browser.pages() == [page, page])

    def test_who_leaves_by_a_notification_is_welcomed_again(self):
        desk = self.begin(extra={"GSETTINGS_BACKEND": "keyfile"})
        desk.keys("alt+4")
        desk.wait_for("Step 1 of 3")
        desk.show_page("history")
        desk.wait_gone("Step 1 of 3")
        self.reopen()
        desk.wait_for("Step 1 of 3")
        self.click("Skip")
        desk.wait_gone("Step 1 of 3")
        self.reopen()
        desk.find_shown("Nothing Was Told Yet")
        self.assertFalse([thing for thing in desk.look() if "Step 1 of 3" in thing.words])

    def reopen(self):
        self.desk.activate("quit")
        self.desk.window.wait(LIMIT_S)
        self.desk.open_window()

    def test_a_restart_of_the_service_loses_no_typing(self):
        desk = self.begin("Ender 3")
        self.type_into(ADDRESS, desk.printers[0].url)
        desk.stop_service()
        desk.wait_for("OctoHerald Is Not Running")
        desk.start_service()
        self.wait_shown(ADDRESS)
        self.click("Add")
        desk.wait_for("Allow OctoHerald in Your Browser")
        desk.stop_service()
        desk.start_service()
        desk.wait_for("OctoPrint Has to Let OctoHerald In", "Ask OctoPrint for Access")

    def add_another(self):
        self.click("Add Another Printer")
        # The mouse goes where things were when they were looked for.
        self.desk.wait_calm()

    def wait_shown(self, words):
        """The thing of these words that is on the screen"""
        return self.desk.wait_until(lambda: next((thing for thing in self.desk.find_all(words) if thing.box and thing.box[3] > 0), None),
                                    f"“{words}” is not on the screen")

    def press_row(self, words):
        self.clicks += 1
        self.desk.point_and_click(self.wait_shown(words))

    def type_into(self, words, text):
        """Into the row with this title"""
        self.press_row(words)
        self.desk.type(text)


if __name__ == "__main__":
    import tap
    tap.main()
