# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk on Wayland: sway on a screen that does not exist, with keys by the protocol of on-screen keyboards and no mouse.

    with WaylandDesk("Prusa MK4") as desk:
        desk.keys("alt+4")
"""

import json
import os
import pathlib
import subprocess

from desk import Desk
from herald_session import wait_until

# There is no keyboard between two calls; a window has to notice that there is one again.
NOTICE_MS = "500"


class WaylandDesk(Desk):
    has_display = False

    def __init__(self, *names, **more):
        super().__init__(*names, **more)
        self.environment.update(WLR_BACKENDS="headless", WLR_RENDERER="pixman", WLR_LIBINPUT_NO_DEVICES="1",
                                XDG_CURRENT_DESKTOP="sway", XDG_SESSION_TYPE="wayland", GDK_BACKEND="wayland")
        self.environment.pop("DISPLAY", None)

    def _start_desktop(self):
        settings = pathlib.Path(self.folder, "sway.txt")
        settings.write_text("default_border none\n", encoding="ascii")
        run = pathlib.Path(self.environment["XDG_RUNTIME_DIR"])
        with self._quiet("sway") as log:
            self.spawn(["sway", "-c", str(settings)], stdout=log, stderr=log)
        self.environment["WAYLAND_DISPLAY"] = wait_until(
            lambda: next((path.name for path in run.glob("wayland-?") if path.is_socket()), None))
        self.environment["SWAYSOCK"] = str(wait_until(lambda: next(run.glob("sway-ipc.*.sock"), None)))
        wait_until(lambda: self.run(["swaymsg", "-t", "get_version"]).returncode == 0)
        self.resize(self.width, self.height)

    def windows(self):
        """What sway says about each window"""
        def walk(node):
            yield from [node] if node.get("pid") and node["type"] != "workspace" else []
            for child in node["nodes"] + node["floating_nodes"]:
                yield from walk(child)
        return list(walk(json.loads(self._run_or_fail("swaymsg", "-t", "get_tree"))))

    def window_id(self, name=None):
        return next((window["id"] for window in self.windows() if window["name"] == (name or "OctoHerald")), None)

    def front(self):
        return next((window["name"] for window in self.windows() if window["focused"]), "")

    def keys(self, *names):
        for name in names:
            *modifiers, key = name.split("+")
            held = [word for modifier in modifiers for word in ("-M", modifier)]
            freed = [word for modifier in modifiers for word in ("-m", modifier)]
            self._run_or_fail("wtype", "-s", NOTICE_MS, *held, "-k", key, *freed)

    def type(self, text):
        self._run_or_fail("wtype", "-s", NOTICE_MS, "-d", "20", "--", text)

    def resize(self, width, height):
        self._run_or_fail("swaymsg", f"output HEADLESS-1 resolution {width}x{height}")

    def picture(self, name, window=None, folder=None):
        folder = folder or os.environ.get("OCTOHERALD_PICTURES")
        if folder:
            self.wait_calm()
            subprocess.run(["grim", os.path.join(folder, name + ".png")], env=self.environment, check=True,
                           stdin=subprocess.DEVNULL, timeout=60)
