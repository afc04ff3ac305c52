# SPDX-License-Identifier: GPL-3.0-or-later
"""Real panels with a place for icons, each in a session of its own.

    with PanelSession(Xfce, LIGHT) as session:
        session.panel.remember()
        ...
        icon = session.panel.find_icon()
"""

import pathlib

from herald_session import HeraldSession, wait_until
from popup import Mismatch, Popup, persist
from screen import HEIGHT, RIGHT, WIDTH, Box, Screen

ICON_MIN = 10
# So often a menu is opened anew, if it is not drawn within so many seconds as it was exported
N_OPENED = 3
DRAWN_S = 8
LIGHT, DARK = "light", "dark"
WATCHER = "org.kde.StatusNotifierWatcher"


class Panel:
    """Along the upper edge of the screen, with room for icons and nothing else."""

    name = ""
    height = 32
    # The program whose --version is told, and the process that gets a signal to end
    program = ""
    # Whether icons are collected by the panel itself, so that they are known to be gone with it
    tells_when_gone = True

    def __init__(self, session, shade=LIGHT):
        self.session = session
        self.shade = shade
        self.process = None
        self.before = None
        with session.file("panel.txt", "wb"):
            pass

    @property
    def area(self):
        """Where icons can be."""
        return Box(0, 0, WIDTH, self.height)

    @property
    def below(self):
        """Where menus open."""
        return Box(0, self.height, WIDTH, HEIGHT - self.height)

    def prepare(self):
        """Writes its settings."""

    def command(self):
        raise NotImplementedError

    def start(self):
        """Returns as soon as it collects icons and has been drawn."""
        self.process = self.run_beside(self.command())
        self.session._wait_for_name(WATCHER, self.process)
        wait_until(lambda: self.session.watcher_property("IsStatusNotifierHostRegistered"))

    def stop(self):
        process, self.process = self.process, None
        process.terminate()
        process.wait(30)

    def kill(self):
        """As if it had crashed."""
        process, self.process = self.process, None
        process.kill()
        process.wait(30)

    def remember(self):
        """What it looks like without an icon: to find one later."""
        self.session.screen.away()
        self.before = self.session.screen.calm(self.area)

    def find_icon(self):
        """Where an icon has appeared since remember (). Room is made for it before it is drawn."""
        def look():
            box = self.session.screen.wait_for_change(self.before, self.area)
            return box if min(box.width, box.height) >= ICON_MIN else None
        return wait_until(look)

    def open_menu(self, icon, list_entries):
        """The menu that a click opens, a Popup; @list_entries () tells what is in it now. A panel that is told of other lines
        in the moment in which it opens the menu draws the old ones, and the new ones when it opens it again."""
        for _attempt in range(N_OPENED):
            try:
                return self._open_menu_once(icon, list_entries)
            except Mismatch:
                self.close_menu()
        return self._open_menu_once(icon, list_entries)

    def _open_menu_once(self, icon, list_entries):
        screen = self.session.screen
        screen.away()
        before = screen.calm()
        screen.click(icon, RIGHT)
        return persist(lambda: Popup(screen, screen.wait_for_change(before, self.below), list_entries()),
                       screen.away, limit=DRAWN_S)

    def close_menu(self):
        self.session.screen.keys("Escape", "Escape", "Escape")

    def run_beside(self, command, **more):
        with self.session.file("panel.txt", "ab") as log:
            return self.session.spawn(command, stdout=log, stderr=log, **more)

    def write(self, path, text):
        path = pathlib.Path(self.session.environment["XDG_CONFIG_HOME"], path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


XFCE_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array"><value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="{dark}"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="icon-size" type="uint" value="22"/>
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array"><value type="int" value="2"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-2" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
"""


class Xfce(Panel):
    name = "Xfce"
    program = "xfce4-panel"
    height = 33

    def prepare(self):
        self.write("xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml",
                   XFCE_SETTINGS.format(dark=str(self.shade == DARK).lower()))
        self.session.environment.update(GDK_BACKEND="x11", XDG_CURRENT_DESKTOP="XFCE", NO_AT_BRIDGE="1")
        settings = self.run_beside(["/usr/lib/x86_64-linux-gnu/xfce4/xfconf/xfconfd"])
        self.session._wait_for_name("org.xfce.Xfconf", settings)

    def command(self):
        return ["xfce4-panel", "--disable-wm-check"]


LXQT_SETTINGS = """[General]
__userfile__=true
panels=panel1

[panel1]
alignment=-1
background-color=@Variant(\\0\\0\\0\\x43\\x1\\xff\\xff{red}{green}{blue}\\0\\0)
desktop=0
iconSize=22
lineCount=1
panelSize=32
plugins=statusnotifier
position=Top
width=100
width-percent=true

[statusnotifier]
alignment=Left
type=statusnotifier
"""


class Lxqt(Panel):
    name = "LXQt"
    program = "lxqt-panel"

    def prepare(self):
        colour = {"red": r"\x31\x31", "green": r"\x36\x36", "blue": r"\x3b\x3b"} if self.shade == DARK else \
                 {"red": r"\xef\xef", "green": r"\xf0\xf0", "blue": r"\xf1\xf1"}
        self.write("lxqt/panel.conf", LXQT_SETTINGS.format(**colour))
        self.session.environment.update(XDG_CURRENT_DESKTOP="LXQt", QT_QPA_PLATFORM="xcb")
        # Without somebody who manages windows it does not keep its place.
        self.run_beside(["openbox", "--sm-disable"])

    def command(self):
        return ["lxqt-panel"]


class PanelSession(HeraldSession):
    """A screen with @kind of panel, which has started unless a test starts it; no service yet."""

    def __init__(self, kind, shade=LIGHT, started=True, **more):
        super().__init__(**{"service": None, "keyring": False, "notifications": False, **more})
        self.kind, self.shade, self.started = kind, shade, started
        self.screen = Screen(self)
        self.panel = None

    def _begin(self):
        super()._begin()
        self.panel = self.kind(self, self.shade)
        self.panel.prepare()
        if self.started:
            self.panel.start()

    def display_options(self):
        return Screen.options(self)

    def file(self, name, mode="r"):
        return open(pathlib.Path(self.folder, name), mode)

    def watcher_property(self, name):
        return "true" in self.run(["gdbus", "call", "--session", "-d", WATCHER, "-o", "/StatusNotifierWatcher", "-m",
                                   "org.freedesktop.DBus.Properties.Get", WATCHER, name]).stdout
