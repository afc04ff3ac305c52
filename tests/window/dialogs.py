# SPDX-License-Identifier: GPL-3.0-or-later
"""The way to every dialog of the window, for those who look at them all.

    with Dialog(desk, "preferences"):
        …                                   it is in front, and at rest
"""

import pathlib

from account_steps import AccountSteps

CLOSINGS_MAX = 5


def by_keys(*keys):
    return lambda desk: desk.open_by_keys(*keys)


def by_click(*names):
    def click(desk):
        for name in names:
            desk.click(name)
    return click


def open_adder(desk):
    desk.open_by_keys("ctrl+n")
    # The list is what it will be when the network has been searched.
    desk.wait_until(lambda: any("sensitive" in thing.states for thing in desk.find_all("Search Again", "push button")), "the search has no end")


def open_about(desk):
    desk.activate("about")


def open_help_page(desk):
    desk.open_by_keys("F1")
    desk.point_and_click(desk.find("Messages", "list item"))
    desk.find("Back", "push button")


def open_import(desk):
    """What a file would change; the desktop of a test has no chooser of files."""
    path = pathlib.Path(desk.folder, "settings.conf")
    desk.ctl("config", "export", str(path))
    desk.ctl("preference", "set", "history-days=9")
    desk.open_by_keys("ctrl+comma")
    desk.click("Import…")
    desk.find("File", "text").set_text(str(path))
    desk.click("Open")
    desk.wait_for("What Will Change")


def open_foreign(desk):
    """What of another program would be taken over"""
    desk.open_by_keys("ctrl+comma")
    desk.click("Choose…")
    desk.find("File", "text").set_text(str(pathlib.Path(__file__).parent.parent / "data" / "import" / "config.yaml"))
    desk.click("Open")
    desk.wait_for("Will Be Taken Over")


def open_kinds(desk):
    desk.click("Add an Account…")
    desk.wait_for("How Should OctoHerald Reach You?")


def new_account(kind):
    def add(desk):
        steps = AccountSteps()
        steps.desk = desk
        steps.open_editor(kind)
    return add


def open_account(desk):
    desk.find_row("Desktop")
    desk.point_and_click(desk.find(desk.beginning("Desktop"), "list item"))
    desk.find("Name of the Account", "text")


# Each with the page it is opened from
DIALOGS = {
    "preferences": ("printers", by_keys("ctrl+comma")),
    "help": ("printers", by_keys("F1")),
    "help-page": ("printers", open_help_page),
    "shortcuts": ("printers", by_keys("ctrl+question")),
    "about": ("printers", open_about),
    "foreign": ("printers", open_foreign),
    "import": ("printers", open_import),
    "kinds": ("accounts", open_kinds),
    "notifications": ("accounts", new_account("Notifications")),
    "email": ("accounts", new_account("E-mail")),
    "sms": ("accounts", new_account("SMS")),
    "x": ("accounts", new_account("X (Twitter)")),
    "account": ("accounts", open_account),
    "test": ("accounts", by_click("Send a Test Message by Desktop")),
    "add-printer": ("printers", open_adder),
    "printer": ("printers", by_click("More Actions", "Change…")),
    "message": ("messages", by_click("Change “Print finished”")),
}


class Dialog:
    def __init__(self, desk, name):
        self.desk = desk
        self.page, self.open = DIALOGS[name]

    def _front(self):
        return self.desk.run(["xdotool", "getactivewindow"]).stdout.strip()

    def _settled(self):
        """The window that has the keys, and what it is called now; waited for, since between two windows no one has them."""
        front = self.desk.wait_until(self._front, "no window gets the keys")
        return front, self.desk.run(["xdotool", "getwindowname", front]).stdout.strip()

    def _main(self):
        # A search ends with nothing if some window goes away meanwhile.
        return self.desk.wait_until(self.desk.window_id, "there is no window")

    def __enter__(self):
        main = self._main()
        self.desk.show_page(self.page)
        self.desk.wait_until(lambda: self._front() == main, "another window is in front")
        self.open(self.desk)
        self.desk.wait_until(lambda: self._front() not in ("", main), "there is no dialog")
        self.desk.wait_calm()
        return self

    def __exit__(self, *_error):
        main = self._main()
        # Some lie upon another, and in some Escape first leaves a search or a page.
        for _closing in range(CLOSINGS_MAX):
            before = self._settled()
            if before[0] == main:
                return
            self.desk.keys("Escape")
            self.desk.wait_until(lambda before=before: self._settled() != before, "the dialog stays")
        raise AssertionError("a dialog stays")
