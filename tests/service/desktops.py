# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole desktops whose panels have a place for icons: slower to start, and many packages (./run packages panels)."""

import os

from herald_session import BUS_CONFIG, wait_until
from panels import DARK, WATCHER, Panel
from popup import FoldedPopup, persist
from screen import HEIGHT, RIGHT, WIDTH, Box

PLASMA_PANEL = """[Containments][1]
activityId=
formfactor=2
immutability=1
lastScreen=0
location=3
plugin=org.kde.panel
wallpaperplugin=org.kde.image

[Containments][1][Applets][2]
immutability=1
plugin=org.kde.plasma.systemtray

[Containments][1][Applets][2][Configuration]
SystrayContainmentId=3

[Containments][3]
activityId=
formfactor=2
immutability=1
lastScreen=0
location=3
plugin=org.kde.plasma.private.systemtray
popupHeight=432
popupWidth=432

[Containments][3][General]
extraItems=
knownItems=org.kde.plasma.battery,org.kde.plasma.bluetooth,org.kde.plasma.clipboard,org.kde.plasma.devicenotifier,org.kde.plasma.keyboardindicator,org.kde.plasma.keyboardlayout,org.kde.plasma.manage-inputmethod,org.kde.plasma.mediacontroller,org.kde.plasma.networkmanagement,org.kde.plasma.nightcolorcontrol,org.kde.plasma.notifications,org.kde.plasma.printmanager,org.kde.plasma.volume,org.kde.kscreen
shownItems=
showAllItems=true
"""


class Plasma(Panel):
    name = "Plasma"
    # Another program collects, and says that they are drawn whether or not.
    tells_when_gone = False
    program = "plasmashell"
    height = 34

    def prepare(self):
        self.session.environment.update(
            XDG_CURRENT_DESKTOP="KDE", KDE_FULL_SESSION="true", KDE_SESSION_VERSION="5", QT_QUICK_BACKEND="software",
            QT_QPA_PLATFORM="xcb", XDG_CONFIG_DIRS="/etc/xdg", XDG_DATA_DIRS="/usr/share", LANG="C.UTF-8")
        self.write("plasma-org.kde.plasma.desktop-appletsrc", PLASMA_PANEL)
        scheme = "BreezeDark" if self.shade == DARK else "BreezeLight"
        with open(f"/usr/share/color-schemes/{scheme}.colors", encoding="utf-8") as colours:
            self.write("kdeglobals", colours.read() + f"\n[KDE]\nAnimationDurationFactor=0\n\n[General]\nColorScheme={scheme}\n")
        self.write("plasmarc", "[Theme]\nname=" + scheme.lower().replace("breeze", "breeze-") + "\n")
        self.run_beside(["kwin_x11"])
        activities = self.run_beside(["/usr/lib/x86_64-linux-gnu/libexec/kactivitymanagerd"])
        self.session._wait_for_name("org.kde.ActivityManager", activities)
        collector = self.run_beside(["kded5"])
        self.session._wait_for_name(WATCHER, collector)

    def command(self):
        return ["plasmashell", "--no-respawn"]


GNOME_SETTINGS = """[org/gnome/shell]
enabled-extensions=['ubuntu-appindicators@ubuntu.com']
welcome-dialog-last-shown-version='99'

[org/gnome/desktop/notifications]
show-banners=false

[org/gnome/desktop/interface]
enable-animations=false
"""


class GnomeShell(Panel):
    name = "GNOME Shell"
    program = "gnome-shell"
    height = 27

    @property
    def area(self):
        # The clock is in the middle.
        return Box(WIDTH * 3 // 4, 0, WIDTH // 4, self.height)

    @property
    def below(self):
        return Box(WIDTH // 2, self.height, WIDTH // 2, HEIGHT - self.height)

    def prepare(self):
        session = self.session
        session.environment.update(
            XDG_CURRENT_DESKTOP="GNOME", XDG_SESSION_TYPE="x11", GSETTINGS_BACKEND="keyfile", LIBGL_ALWAYS_SOFTWARE="1",
            XDG_DATA_DIRS="/usr/share", XDG_CONFIG_DIRS="/etc/xdg", LANG="C.UTF-8", NO_AT_BRIDGE="1")
        self.write("glib-2.0/settings/keyfile", GNOME_SETTINGS)
        self._start_system_bus()

    def _start_system_bus(self):
        """One of our own, with somebody on it who answers for logind: without, the shell does not start."""
        folder = os.path.join(self.session.folder, "system")
        os.makedirs(os.path.join(folder, "services"))
        with self.session.file("system.conf", "w") as config:
            config.write(BUS_CONFIG.format(folder=folder))
        self.run_beside(["dbus-daemon", f"--config-file={config.name}", "--nofork"])
        path = os.path.join(folder, "bus")
        wait_until(lambda: os.path.exists(path))
        self.session.environment["DBUS_SYSTEM_BUS_ADDRESS"] = f"unix:path={path}"
        self.run_beside(["/usr/bin/python3", "-m", "dbusmock", "--system", "--template", "logind"])
        wait_until(lambda: "true" in self.session.run(
            ["gdbus", "call", "--system", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
             "org.freedesktop.DBus.NameHasOwner", "org.freedesktop.login1"]).stdout)

    def command(self):
        return ["gnome-shell", "--x11", "--sm-disable"]

    def start(self):
        super().start()
        # It begins with an overview of everything.
        overview = ("org.gnome.Shell", "OverviewActive")
        call = ["gdbus", "call", "--session", "-d", "org.gnome.Shell", "-o", "/org/gnome/Shell", "-m"]
        wait_until(lambda: "true" in self.session.run([*call, "org.freedesktop.DBus.Properties.Get", *overview]).stdout)
        before = self.session.screen.calm()
        self.session.run([*call, "org.freedesktop.DBus.Properties.Set", *overview, "<false>"])
        self.session.screen.wait_for_change(before)

    def open_menu(self, icon, list_entries):
        screen = self.session.screen
        before = screen.calm(self.below)
        screen.click(icon, RIGHT)
        return persist(lambda: FoldedPopup(screen, screen.wait_for_change(before, self.below), list_entries(), before, self.below),
                       screen.away)
