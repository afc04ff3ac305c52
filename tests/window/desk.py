# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk to try the window at: a session, a screen, simulated printers, the service, the window, and who looks and clicks.

    with Desk("Prusa MK4", "Ender 3", width=360, is_dark=True) as desk:
        desk.click("History")
        desk.wait_for("No messages yet")
        desk.picture("history")

The programs come from the environment, set by the build. At the end the window has to end by itself, with status 0 and
without a warning; OCTOHERALD_PICTURES names a folder for pictures.
"""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import urllib.request

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import LIMIT_S, HeraldSession, wait_until  # noqa: E402
from language import RIGHT_TO_LEFT, Language  # noqa: E402
from shown_texts import inside_environment  # noqa: E402
from window_driver import WINDOW_NAME, WINDOW_PATH, WindowDriver  # noqa: E402

WINDOW = os.environ["OCTOHERALD_WINDOW"]
DEMO = os.environ["OCTOHERALD_DEMO"]
SCHEMA = HERE.parent.parent / "data" / "io.github.octoherald.OctoHerald.gschema.xml"
# With the files by which the bus finds service and window
DATA = pathlib.Path(os.environ["OCTOHERALD_DATA"])
KEY = "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"
DOTS_PER_INCH = 96
ACCESSIBILITY_BUS = "[D-BUS Service]\nName=org.a11y.Bus\nExec=/usr/libexec/at-spi-bus-launcher\n"
# Said by libraries on a bare screen, and nobody's mistake. GTK 4.8 measures an icon beside a label that may wrap once by their base
# lines and once not, a pixel of difference with some fonts; and Arabic, whose letters are wider where a line ends. GLib asks for what a
# service has in the very moment in which it goes.
HARMLESS = re.compile(r"dconf|Vulkan|minimum (height for width|width for height) of 1048576 is|"
                      r"Error calling GetManagedObjects\(\) .*(ServiceUnknown|NoReply: Message recipient disconnected)")
# All that LeakSanitizer may find. GLib outgrows its table of 2,048 interned names once, and leaves it behind on purpose; no rule
# of leaks.supp could tell who has asked for it.
OUTGROWN_NAMES = "16384 byte(s) leaked in 1 allocation(s)."


class SimulatedPrinter:
    """One of octoherald-demo, as the service knows it; `id` is None until it is added."""

    def __init__(self, desk, url, name):
        self.desk, self.url, self.name, self.id = desk, url.rstrip("/"), name, None

    def add(self):
        self.id = self.desk.ctl("printer", "add", "--name", self.name, "--url", self.url, "--key-file", "-", input=KEY).stdout.strip()
        return self

    def play(self, path, **body):
        """A path of docs/simulator.md without /demo/, such as print or fault"""
        request = urllib.request.Request(f"{self.url}/demo/{path}", json.dumps(body).encode(),
                                         {"Content-Type": "application/json"}, method="POST")
        urllib.request.urlopen(request, timeout=30).close()

    def show(self):
        return self.desk.ctl_json("printer", "show", self.id)

    def wait_for(self, *states):
        return wait_until(lambda: (shown := self.show())["state"] in states and shown)

    def print_something(self, **more):
        self.play("print", **{"file": "benchy.gcode", "seconds": 600, "outcome": "done", **more})
        return self.wait_for("printing")


class Desk(WindowDriver, HeraldSession):
    """The printers of these names are there and known, the service runs and the window is open, unless said otherwise."""

    has_display = True

    def __init__(self, *names, has_service=True, is_open=True, is_known=True, can_start=False, is_welcomed=True, page="printers",
                 width=860, height=640, is_dark=False, is_high_contrast=False, scale=1, is_rtl=False, has_animations=False,
                 keyring=True, notifications=False, language=None, looks_inside=False, extra=None):
        super().__init__(keyring=keyring, notifications=notifications, service=None, display=self.has_display)
        self.names, self.has_service, self.is_open, self.is_known, self.can_start = names, has_service, is_open, is_known, can_start
        self.width, self.height, self.scale = width, height, scale
        # Hebrew has no words of ours; it is there for its direction.
        self.language_name = language or ("he" if is_rtl else None)
        self.is_rtl = self.language_name in RIGHT_TO_LEFT
        self.has_animations, self.looks_inside = has_animations, looks_inside
        self.settings = {"welcomed": is_welcomed, "page": page, "width": width, "height": height}
        self.environment.update(GSETTINGS_BACKEND="memory", GSK_RENDERER="cairo", GTK_A11Y="atspi", GDK_BACKEND="x11",
                                LANG="C.UTF-8", TZ="UTC", OCTOHERALD_DOCS=str(HERE.parent.parent / "docs"))
        self.environment.update(extra or {})
        if is_dark:
            self.environment["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
        if is_high_contrast:
            self.environment["ADW_DEBUG_HIGH_CONTRAST"] = "1"
        self.printers = []
        self.mail_port, self.mails = None, []
        self.window = self.window_log = self.reader = self.simulator = None

    def _start_bus(self):
        # What the bus starts has the environment of the bus.
        self._write_settings()
        super()._start_bus()

    def _begin(self):
        super()._begin()
        services = pathlib.Path(self.folder, "services")
        (services / "a11y.service").write_text(ACCESSIBILITY_BUS, encoding="ascii")
        if self.can_start:
            self.install(WINDOW_NAME + ".Service.service")
        else:
            self.reload_bus()
        self._start_desktop()
        if self.names:
            self.start_simulator()
        if self.has_service:
            self.start_service()
            for printer in self.printers if self.is_known else ():
                printer.add()
            for printer in self.printers if self.is_known else ():
                printer.wait_for("operational")
        if self.is_open:
            self.open_window()

    def _start_desktop(self):
        """A keyboard that has the letters of Europe, and who manages windows"""
        # A key that xdotool makes for one letter may be gone again before the window has looked which letter it was.
        self._run_or_fail("setxkbmap", "us", "-variant", "altgr-intl")
        with self._quiet("openbox") as log:
            self.spawn(["openbox"], stdout=log, stderr=log)
        with self._quiet("xsettingsd") as log:
            self.spawn(["xsettingsd", "-c", f"{self.folder}/xsettings"], stdout=log, stderr=log)

    # ── What is set up ───────────────────────────────────────────────────────

    def _write_settings(self):
        """The schema with defaults of this desk's; fonts, size and direction as GTK reads them."""
        schemas = pathlib.Path(self.folder, "schemas")
        schemas.mkdir()
        shutil.copy(SCHEMA, schemas)
        values = "".join(f"{key}={json.dumps(value)}\n" for key, value in self.settings.items())
        (schemas / "desk.gschema.override").write_text(f"[{WINDOW_NAME}]\n{values}", encoding="utf-8")
        self._run_or_fail("glib-compile-schemas", "--strict", str(schemas))
        self.environment["GSETTINGS_SCHEMA_DIR"] = str(schemas)
        # GTK takes the size of its letters from the desktop's daemon alone.
        pathlib.Path(self.folder, "xsettings").write_text(
            f'Xft/DPI {round(DOTS_PER_INCH * 1024 * self.scale)}\nGtk/FontName "Cantarell 11"\nGtk/EnableAnimations '
            f'{int(self.has_animations)}\nGtk/CursorBlink 0\nGtk/DecorationLayout "appmenu:close"\n', encoding="ascii")
        if self.language_name:
            self.language = Language(self.language_name, pathlib.Path(self.folder, "locales"))
            self.environment.pop("LC_ALL", None)
            self.environment.update(self.language.environment)

    def display_options(self):
        return "-screen", "0", f"{max(self.width + 100, 1280)}x{max(self.height + 100, 900)}x24"

    def install(self, *names):
        """Files by which the bus starts programs, with those of this build"""
        for name in names:
            text = (DATA / name).read_text(encoding="utf-8")
            text = re.sub(r"Exec=\S*/octoherald-service", f"Exec={os.environ['OCTOHERALD_SERVICE']}", text)
            text = re.sub(r"Exec=\S*/octoherald(?= |$)", f"Exec={WINDOW}", text)
            text = re.sub(r"SystemdService=.*\n", "", text)
            pathlib.Path(self.folder, "services", name).write_text(text, encoding="utf-8")
        self.reload_bus()

    # ── Who is there ─────────────────────────────────────────────────────────

    def start_simulator(self, *options):
        """Its printers are in `printers`, its mailbox at `mail_port`."""
        with self._quiet("simulator") as log:
            self.simulator = self.spawn([DEMO, "--printers", str(len(self.names)), "--idle", "--port", "0", "--mail-port", "0", "--json",
                                         "--key", KEY, *options], stdout=subprocess.PIPE, stderr=log, text=True)
        while len(self.printers) < len(self.names):
            said = json.loads(self.simulator.stdout.readline())
            if "printer" in said:
                self.printers.append(SimulatedPrinter(self, said["url"], self.names[len(self.printers)]))
            elif "mailbox" in said:
                self.mail_port = said["port"]

    def start_mail(self):
        """An account that mails to the simulator's mailbox; its id"""
        return self.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", f"port={self.mail_port}", "security=plain",
                        "from=octoherald@example.org", "to=maker@example.org").stdout.strip()

    def open_window(self, *arguments, bus=None):
        """With `bus` on another bus than everybody else, such as a slow one"""
        self.window_log = pathlib.Path(self.folder, "window.txt")
        with self.window_log.open("ab") as log:
            # What is critical is a failure when the window closes, not its end at once: one of those is harmless.
            environment = {**self.environment, "G_DEBUG": "gc-friendly", **({"DBUS_SESSION_BUS_ADDRESS": bus} if bus else {}),
                           **(inside_environment(self.folder) if self.looks_inside else {})}
            self.window = subprocess.Popen([WINDOW, *arguments], env=environment, cwd=self.folder, stdin=subprocess.DEVNULL,
                                           stdout=log, stderr=log)
        self.wait_until(lambda: any(thing.role == "frame" for thing in self.look()), "there is no window")
        self.wait_until(self.window_id, "the window is not on the screen")
        self.wait_until(self.front, "no window gets the keys")

    def close_window(self):
        """As a person does it; the program has to end, at peace with itself."""
        window, self.window = self.window, None
        if window.poll() is None:
            self.run(["gdbus", "call", "--session", "-d", WINDOW_NAME, "-o", WINDOW_PATH, "-m", "org.gtk.Actions.Activate", "quit", "[]", "{}"])
        try:
            status = window.wait(LIMIT_S)
        except subprocess.TimeoutExpired:
            window.kill()
            status = "a kill, because it did not end"
        said = self.complaints()
        if status == -signal.SIGABRT and len(said) == 2 and said[1].endswith(OUTGROWN_NAMES):
            return
        assert status == 0, f"the window ended with {status}: {self.window_said()}"
        assert not said, "the window has complained:\n" + "\n".join(said)

    def window_said(self):
        return self.window_log.read_text(encoding="utf-8", errors="replace")

    def complaints(self):
        """Warnings of the window's, and whatever a sanitizer says"""
        return [line for line in self.window_said().splitlines()
                if re.search(r"WARNING|CRITICAL|ERROR|runtime error|Sanitizer", line) and not HARMLESS.search(line)]

    def close(self):
        try:
            if self.window is not None:
                self.close_window()
        finally:
            if self.reader is not None:
                self.reader.close()
                self.reader = None
            super().close()
