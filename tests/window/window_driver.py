# SPDX-License-Identifier: GPL-3.0-or-later
"""What is seen of the window and done to it, as somebody does who hears its names and has keys and a mouse."""

import os
import re
import time

from herald_session import LIMIT_S, pauses
from screen_reader import ScreenReader

WINDOW_NAME = "io.github.octoherald.OctoHerald"
WINDOW_PATH = "/io/github/octoherald/OctoHerald"
BUTTONS = ("push button", "toggle button", "radio button", "page tab", "menu item", "link", "switch", "check box")
ROWS = ("list item", "panel", "grouping", "filler", "push button", "table row", "article", "section")
# What a thing without a name is called, and a picture of the theme
NOT_SAID = re.compile(r"^$|^(Gtk|Adw|Herald|Gdk)[A-Z]\w+$|-symbolic$")
# The pictures are of what has come to rest.
CALM_S = 0.7
PRESSES_MAX = 4
MAIN_WINDOW = "OctoHerald"
# A mouse waits so long, and so often, for what it is to meet to lie still.
REST_S, RESTS_MAX = 0.1, 50


class WindowDriver:
    """The half of a Desk that looks and clicks; its session has a display and an accessibility bus."""

    reader = window = language = None

    def look(self):
        """Everything a screen reader finds, in the order of the tree"""
        self._need_reader()
        return self.reader.look()

    def _need_reader(self):
        if self.reader is None:
            self.reader = ScreenReader(self, "octoherald")

    def wait_until(self, condition, otherwise="in vain", limit=LIMIT_S):
        """What @condition() answers as soon as that is true; tells what there was if it never is."""
        deadline = time.monotonic() + limit
        for pause_s in pauses():
            answer = condition()
            if answer:
                return answer
            assert self.window is None or self.window.poll() is None, f"the window has ended: {self.window_said()}"
            if time.monotonic() > deadline:
                self.picture("failed")
                said = dict.fromkeys(thing.words for thing in self.look() if not NOT_SAID.search(thing.words))
                raise AssertionError(f"{otherwise}; in front is “{self.front()}”, and there is {list(said)}")
            time.sleep(pause_s)
        return None

    def say(self, words):
        """All that may stand for these words: in the window's language, or as they are, such as the name of a page of the help"""
        return {words, *(self.language.say(words) if self.language else ())}

    def beginning(self, words):
        """A pattern of what begins with them"""
        return re.compile("^(?:" + "|".join(map(re.escape, self.say(words))) + ")(?!\\w)")

    def find_all(self, words=None, role=None):
        """Things whose name or text is @words, or matches that pattern, of that role (or one of them)"""
        roles = (role,) if isinstance(role, str) else role
        said = self.say(words) if isinstance(words, str) else ()
        fits = words.search if isinstance(words, re.Pattern) else lambda shown: words is None or shown in said
        return [thing for thing in self.look() if (roles is None or thing.role in roles) and fits(thing.words)]

    def find(self, words=None, role=None, limit=LIMIT_S):
        """The first of them, waited for"""
        return self.wait_until(lambda: next(iter(self.find_all(words, role)), None), f"there is no {role or 'thing'} “{words}”", limit)

    def wait_for(self, *texts):
        """Until each of @texts is within the words of something; answers the words of all."""
        ways = [self.say(text) for text in texts]

        def all_there():
            said = [thing.words for thing in self.look()]
            return all(any(text in words for words in said for text in way) for way in ways) and said
        return self.wait_until(all_there, f"not all is said of {texts}")

    def find_row(self, name, *texts):
        """Something whose own name, which is what is read aloud, begins with @name and has @texts: a row, a card"""
        names = tuple(self.say(name))
        return self.wait_until(lambda: next((thing for thing in self.look() if thing.role in ROWS and thing.name.startswith(names)
                                             and all(text in thing.name for text in texts)), None), f"there is no row of {name} with {texts}")

    def find_shown(self, words, limit=LIMIT_S):
        """What has these words and can be seen: it is neither on a hidden page nor covered"""
        return self.wait_until(lambda: next(iter(self._seen(words)), None), f"“{words}” is not on the screen", limit)

    def wait_gone_from_screen(self, words):
        self.wait_until(lambda: not self._seen(words), f"“{words}” stays on the screen")

    def _seen(self, words):
        found = [thing for thing in self.look() if words in thing.words and thing.box is not None and min(thing.box[2:]) > 1]
        self.reader.mark_shown(found)
        return [thing for thing in found if thing.is_met]

    def wait_gone(self, words):
        self.wait_until(lambda: not any(words in thing.words for thing in self.look()), f"“{words}” stays")

    def focused(self, window=None):
        """What has the focus, of a window of this name or of all, or None"""
        self._need_reader()
        return self.reader.focused(window)

    def front(self):
        """The name of the window that the keys go to"""
        return self.run(["xdotool", "getactivewindow", "getwindowname"]).stdout.strip()

    @staticmethod
    def comes_true(condition, limit=5):
        """Whether it does within so many seconds"""
        deadline = time.monotonic() + limit
        for pause_s in pauses():
            if condition():
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(pause_s)
        return False

    def comes_to_front(self, name):
        """Whether the window of this name gets the keys soon"""
        return self.comes_true(lambda: self.front() in self.say(name))

    def next_focus(self, key="Tab", limit=1.5):
        """What has the focus after @key, or None if that changes nothing"""
        self._need_reader()
        return self.reader.next_focus(lambda: self.keys(key), limit)

    def wait_calm(self):
        """Until the same things stand at the same places for a moment: pages are filled by answers that take their time."""
        def places():
            things = self.look()
            self.reader.mark_places(things)
            return [(thing.role, thing.box) for thing in things]
        before, now = None, places()
        deadline = time.monotonic() + LIMIT_S
        while before != now:
            assert time.monotonic() < deadline, "the window does not come to rest"
            time.sleep(CALM_S)
            before, now = now, places()

    def window_id(self, name=None):
        """The X window with this title, else the main one"""
        found = self.run(["xdotool", "search", "--onlyvisible", "--name", f"^{name or 'OctoHerald'}$"]).stdout.split()
        return found[-1] if found else None

    def picture(self, name, window=None, folder=None):
        """A PNG of the window (or `window="root"`), without anybody's pointer"""
        folder = folder or os.environ.get("OCTOHERALD_PICTURES")
        if folder:
            time.sleep(CALM_S)
            self._run_or_fail("import", "-window", window or self.window_id() or "root", "+repage", os.path.join(folder, name + ".png"))

    # ── What is done ─────────────────────────────────────────────────────────

    def click(self, words, role=BUTTONS):
        """Presses the first button, switch, … of this name that can be pressed; what has no action gets the mouse"""
        def press():
            for thing in self.find_all(words, role):
                # On a page that is still to come, buttons take no action.
                if thing.states & {"sensitive", "enabled"} and thing.box and min(thing.box[2:]) > 0:
                    # GTK 4.8's menu buttons hide theirs in a child without a name.
                    inner = next((other for other in (thing, *thing.descendants()) if other.actions), None)
                    if inner is None:
                        self.point_and_click(thing)
                        return True
                    return inner.act_if_there()
            return False
        self.wait_until(press, f"there is nothing to click called “{words}”")

    def _resting_box(self, thing):
        """Its place as soon as it stays there: what was opened or filtered just now still moves."""
        box = None
        for _look in range(RESTS_MAX):
            before, box = box, thing.ask_box()
            if box == before:
                break
            time.sleep(REST_S)
        return box

    def point_and_click(self, thing, button=1):
        """With the mouse in the middle of it: rows and check boxes have no action in GTK 4."""
        x, y, width, height = self._resting_box(thing)
        frame = next((ancestor for ancestor in thing.ancestors if ancestor.role in ("frame", "dialog", "window")), None)
        window = self.window_id(re.escape(frame.name) if frame and frame.name else None) or self.window_id()
        self._run_or_fail("xdotool", "mousemove", "--window", window, str(x + width // 2), str(y + height // 2), "click", str(button))

    def type(self, text):
        """To whatever has the focus"""
        self._run_or_fail("xdotool", "type", "--delay", "5", "--", text)

    def keys(self, *names):
        """Such as Tab, shift+Tab, ctrl+w, Return"""
        self._run_or_fail("xdotool", "key", "--delay", "30", *names)

    def open_by_keys(self, *names):
        """A window: while the program still looks for its service, some keys do nothing, and a person presses them again."""
        self.wait_until(lambda: self.front() == MAIN_WINDOW, "another window is in front")
        for _press in range(PRESSES_MAX):
            self.keys(*names)
            if self.comes_true(lambda: self.front() not in ("", MAIN_WINDOW)):
                return
        raise AssertionError(f"{names} open no window; in front is “{self.front()}”")

    def activate(self, action, *parameters):
        """An action of the program's, such as show-page"""
        self._run_or_fail("gdbus", "call", "--session", "-d", WINDOW_NAME, "-o", WINDOW_PATH, "-m", "org.gtk.Actions.Activate",
                          action, f"[{', '.join(parameters)}]", "{}")

    def show_page(self, page):
        self.activate("show-page", f"<'{page}'>")

    def resize(self, width, height):
        self._run_or_fail("xdotool", "windowsize", "--sync", self.window_id(), str(width), str(height))
