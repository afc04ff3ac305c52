# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody does who adds an account in the window, with the keys alone wherever that is as people do it."""

import re

TABS_MAX = 60


class AccountSteps:
    """For a Desk in `desk`, whose window shows the page of accounts"""

    desk = None

    def open_editor(self, kind):
        """Of a new account; answers when its form is there."""
        self.desk.click("Add an Account…")
        self.desk.wait_for("How Should OctoHerald Reach You?")
        self.desk.point_and_click(self.desk.find(self.desk.beginning(kind), "list item"))
        self.desk.find("Name of the Account", "text")
        self.desk.wait_calm()

    def go_to(self, name):
        """By Tab, to the control of that name"""
        for _press in range(TABS_MAX):
            focused = self.desk.focused()
            if focused is not None and focused.name == name:
                return focused
            self.desk.keys("Tab")
        raise AssertionError(f"Tab does not lead to “{name}”")

    def fill(self, name, text):
        self.go_to(name)
        self.desk.keys("ctrl+a")
        self.desk.type(text)

    def choose_carrier(self, letters):
        """In the list of carriers, by typing"""
        self.go_to("Carrier")
        self.desk.keys("space")
        self.desk.wait_calm()
        # The focus is at what was chosen last.
        self.desk.wait_until(self._is_at_search, "nothing can be searched")
        self.desk.type(letters)
        self.desk.wait_calm()
        self.desk.keys("Down", "Return")

    def _is_at_search(self):
        focused = self.desk.focused(self.desk.front())
        if focused is not None and focused.role in ("text", "entry"):
            return True
        self.desk.keys("shift+Tab")
        self.desk.wait_calm()
        return False

    def of_editor(self, words):
        """Buttons of these words that are not in the main window"""
        return [thing for thing in self.desk.find_all(words, "push button") if all(other.name != "OctoHerald" for other in thing.ancestors)]

    def press(self, words):
        self.desk.wait_until(lambda: self.of_editor(words), f"no button “{words}”")[0].act()

    def add_it(self):
        self.press("Add")
        self.desk.wait_for("is added. A test message shows whether it works.")

    def send_test(self):
        """Answers what is said of the steps, when the result is there."""
        self.press("Send a Test Message")
        self.desk.wait_until(lambda: any(re.search(r"^The test message (was|did|may)", thing.words) for thing in self.desk.look()),
                             "no result of the test")
        return [thing.name for thing in self.desk.look() if thing.role == "list item" and re.search(", (Done|Failed|Not reached)", thing.name)]

    def channels(self):
        return self.desk.ctl_json("channel", "list")["channels"]

    def names(self):
        return [channel["name"] for channel in self.channels()]

    def remove_all(self):
        self.desk.keys("Escape")
        for channel in self.channels():
            if channel["name"] != "Desktop":
                self.desk.ctl("channel", "remove", channel["id"])
        self.desk.wait_until(lambda: self.desk.window_id() is not None and len(self.windows()) == 1, "a window stays")

    def windows(self):
        return [thing for thing in self.desk.look() if thing.role in ("frame", "dialog", "window")]
