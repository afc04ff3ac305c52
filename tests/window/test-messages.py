#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of messages: written, seen before it is sent, sent just so, for all or for one printer, and taken back."""

import email
import email.policy
import re
import sys
import unittest

from desk import Desk
from mail_ear import MailEar

MAIL = ("host=127.0.0.1", "security=plain", "auth=none", "from=herald@example.org", "to=anna@example.org")


class Messages(unittest.TestCase):
    def setUp(self):
        self.desk = self.enterContext(Desk("Prusa MK4", "Ender 3", page="messages", width=1000, is_open=False))
        # On a free port
        self.ear = self.enterContext(MailEar(0))
        port = self.ear.server.server_address[1]
        self.mail = self.desk.ctl("channel", "add", "email", "--name", "Mail of Anna", f"port={port}", *MAIL).stdout.strip()
        self.desk.open_window()

    def show(self, kind, *more):
        return self.desk.ctl_json("message", "show", kind, *more)

    def own(self, kind, printer=None):
        """What is set, or None"""
        rows = [row for row in self.desk.ctl_json("message", "list")["messages"] if row["kind"] == kind]
        return next((row for row in rows if row["changed"] and (row["printer"] or None) == printer), None)

    def edit(self, name):
        self.desk.click(f"Change “{name}”")
        self.wait_for_editor(name)

    def wait_for_editor(self, name):
        """Keys go to it only when it is the active window."""
        self.desk.wait_until(lambda: (editor := self.desk.window_id(name)) and
                             self.desk.run(["xdotool", "getactivewindow"]).stdout.strip() == editor, "there is no editor")
        self.desk.wait_until(lambda: (focused := self.desk.focused()) and focused.name == "Text", "the text has not the focus")

    def write(self, text):
        """In place of the text; the cursor is there from the beginning."""
        self.desk.find("As It Will Arrive")
        self.desk.keys("ctrl+a", "Delete")
        self.desk.type(text)

    def find_save(self):
        """Other pages have one, too; that of the window in front comes last."""
        return self.desk.wait_until(lambda: next((thing for thing in reversed(self.desk.find_all("Save", "push button")) if thing.actions),
                                                 None))

    def press_save(self):
        self.desk.wait_until(lambda: "sensitive" in self.find_save().states, "nothing can be saved")
        self.find_save().act()

    def save(self):
        self.press_save()
        self.desk.wait_gone("As It Will Arrive")

    def choose_printer(self, *keys):
        self.desk.point_and_click(self.desk.find("All Printers"))
        self.desk.keys(*keys, "Return")

    def test_words_are_seen_before_they_are_sent_and_sent_just_so(self):
        self.desk.find_row("Print finished", "Desktop, Mail of Anna")
        self.desk.printers[0].print_something(file="benchy.gcode", seconds=600)
        self.edit("Print finished")
        self.desk.wait_for("With the values of the print under way.")
        self.write("Hurray, {file} & <b>friends</b> are done.")
        self.desk.wait_for("Hurray, benchy & <b>friends</b> are done.", "Subject: Prusa MK4: print finished")
        self.desk.wait_until(lambda: any(thing.box and thing.box[3] > 100 for thing in self.desk.find_all("Picture of the camera")),
                             "the picture is not shown")
        self.assertIsNone(self.own("print-done"), "nothing is set before it is saved")
        self.desk.picture("message-editor", window=self.desk.window_id("Print finished"))
        self.save()
        self.desk.find_row("Print finished", "Hurray, benchy & <b>friends</b> are done.", "Changed")
        self.desk.printers[0].play("advance", seconds=700)
        self.desk.wait_until(lambda: any(b"print finished" in mail for mail in self.ear.mails), "no mail came")
        mail = next(mail for mail in self.ear.mails if b"print finished" in mail)
        letter = email.message_from_bytes(mail, policy=email.policy.default)
        self.assertEqual(letter["Subject"], "Prusa MK4: print finished")
        self.assertEqual(letter.get_body(("plain",)).get_content().strip(), "Hurray, benchy & <b>friends</b> are done.")
        # Taken back, it is as if nothing had been
        self.desk.click("Undo")
        self.desk.wait_until(lambda: self.own("print-done") is None, "it was not taken back")
        self.desk.find_row("Print finished", "is done after")

    def test_mistake_is_marked_and_the_meant_one_offered(self):
        self.edit("Print failed")
        self.write("{fiel} failed")
        self.desk.wait_for("{fiel} is not known in messages of the kind “Print failed”; did you mean {file}?")
        self.desk.keys("ctrl+a", "Delete")
        self.desk.type("{fil")
        self.desk.wait_for("{file}, the file’s name without its ending")
        self.desk.keys("Return")
        self.desk.type(" failed :tad")
        self.desk.wait_for(":tada:")
        self.desk.keys("Tab")
        self.desk.wait_for("benchy failed 🎉")
        # A value is one thing
        self.desk.keys("ctrl+Home", "Delete")
        self.desk.wait_gone("is not known")
        self.save()
        self.assertEqual(self.show("print-failed")["text"], " failed 🎉")

    def test_what_was_typed_can_be_taken_up_again(self):
        self.edit("Print failed")
        self.write("typed for long")
        self.desk.wait_for("typed for long")
        self.desk.keys("Escape")
        self.desk.wait_for("Your changes to “Print failed” were not saved.")
        self.desk.click("Undo")
        self.wait_for_editor("Print failed")
        self.desk.wait_for("As It Will Arrive", "typed for long")
        self.save()
        self.assertEqual(self.show("print-failed")["text"], "typed for long")

    def test_one_printer_has_words_of_its_own(self):
        self.choose_printer("Down")
        self.desk.wait_gone("Tell “Test message”")
        self.edit("Print finished")
        self.desk.find("Ender 3")
        self.write("Ender is done.")
        self.save()
        self.desk.find_row("Print finished", "Ender is done.", "Only for this printer")
        self.assertEqual(self.own("print-done", "ender-3")["text"], "Ender is done.")
        self.assertIsNone(self.own("print-done"))
        self.edit("Print finished")
        self.desk.click("Same as All Printers")
        self.desk.wait_for("“Print finished” was reset.")
        self.assertIsNone(self.own("print-done", "ender-3"))
        self.desk.click("Undo")
        self.desk.wait_until(lambda: self.own("print-done", "ender-3"), "it was not taken back")

    def test_switch_holds_at_once_and_can_be_taken_back(self):
        self.desk.click("Tell “Print started”")
        self.desk.wait_for("“Print started” is not told any more.")
        self.assertFalse(self.show("print-started")["enabled"])
        self.desk.find_row("Print started", "Not told")
        self.desk.click("Undo")
        self.desk.wait_until(lambda: self.own("print-started") is None, "it was not taken back")
        self.desk.find_row("Print started", "Desktop, Mail of Anna")

    def test_page_follows_the_shell(self):
        self.desk.find_row("Print finished", "is done after")
        self.edit("Print finished")
        self.desk.find("As It Will Arrive")
        self.desk.keys("End")
        self.desk.type(" Typed.")
        self.desk.wait_for("Typed.")
        self.desk.ctl("message", "set", "print-done", "--title", "From the shell", "--channels", self.mail, "text-x=post")
        self.desk.wait_for("Subject: From the shell", "Nothing goes there, because this account was not chosen below.")
        self.save()
        shown = self.show("print-done")
        self.assertEqual((shown["title"], shown["channels"], shown["text-x"]), ("From the shell", self.mail, "post"))
        self.assertTrue(shown["text"].endswith("Typed."), shown["text"])
        self.desk.find_row("Print finished", "Mail of Anna")

    def test_typing_survives_a_service_that_goes(self):
        self.edit("Print finished")
        self.write("Kept words")
        # A preview that was still asked for would say the same as what is waited for.
        self.desk.wait_calm()
        self.desk.stop_service()
        self.press_save()
        self.desk.wait_for("OctoHerald is not running at the moment.")
        self.desk.type(" and more")
        self.desk.start_service()
        self.desk.wait_for("Kept words and more")
        self.save()
        self.assertEqual(self.show("print-done")["text"], "Kept words and more")

    def test_editor_keeps_the_printer_it_was_opened_for(self):
        """While the service comes back, its printers appear one after the other."""
        self.choose_printer("Down", "Down")
        self.desk.wait_gone("Tell “Test message”")
        self.edit("Print finished")
        self.desk.find("Prusa MK4")
        self.write("Only of one")
        self.desk.stop_service()
        self.desk.start_service()
        self.desk.wait_for("Only of one", "Prusa MK4: print finished")
        self.save()
        self.assertEqual(self.own("print-done", "prusa-mk4")["text"], "Only of one")
        self.assertIsNone(self.own("print-done"), "the words of all are changed")
        self.desk.find_row("Print finished", "Only of one", "Only for this printer")

    def test_novel_is_not_saved(self):
        self.edit("Print finished")
        self.write("x")
        novel = "Es war einmal {file}. " * 450
        self.desk.find("Text", "text").set_text(novel)
        self.desk.wait_for("This is longer than any message can be.", "9900 of 8192")
        self.assertNotIn("sensitive", self.find_save().states)
        self.assertTrue(self.desk.find_all(re.compile("^Insert file: ")))


if __name__ == "__main__":
    import tap
    sys.exit(tap.main())
