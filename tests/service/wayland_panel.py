# SPDX-License-Identifier: GPL-3.0-or-later
"""waybar in sway on a screen that does not exist. There is no mouse and there are no keys: the icon can be looked at.

    as_ordinary_user()
    with WaylandSession(LIGHT) as session:
        ...
"""

import os
import pathlib
import subprocess
import sys

from herald_session import wait_until
from panels import DARK, Panel, PanelSession
from screen import HEIGHT, WIDTH, Picture, Screen, WHOLE

SWAY_SETTINGS = f"""output HEADLESS-1 resolution {WIDTH}x{HEIGHT} bg #4a5a70 solid_color
"""

WAYBAR_STYLE = """* {{ font-family: sans-serif; font-size: 13px; min-height: 0; }}
window#waybar {{ background: {ground}; color: {ink}; }}
"""


def as_ordinary_user():
    """sway refuses to run as root: begins this program anew as somebody else, who may do the same."""
    if os.getuid() == 0:
        os.execvp("bwrap", ["bwrap", "--unshare-user", "--uid", "1000", "--gid", "1000", "--dev-bind", "/", "/",
                            sys.executable, *sys.argv])


class WaylandScreen(Screen):
    def _grim(self, *words):
        done = subprocess.run(["grim", *words], env=self.session.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, check=True, timeout=60)
        return done.stdout

    def look(self):
        kind, width, height, most, pixels = self._grim("-t", "ppm", "-").split(maxsplit=4)
        assert (kind, int(width), int(height), most) == (b"P6", WIDTH, HEIGHT, b"255")
        return Picture(pixels)

    def save(self, path, box=WHOLE):
        self._grim("-g", f"{box.x},{box.y} {box.width}x{box.height}", str(path))

    def away(self):
        pass


class Waybar(Panel):
    name = "waybar"
    program = "waybar"

    def prepare(self):
        environment = self.session.environment
        environment.update(WLR_BACKENDS="headless", WLR_RENDERER="pixman", WLR_LIBINPUT_NO_DEVICES="1",
                           XDG_CURRENT_DESKTOP="sway", XDG_SESSION_TYPE="wayland", GDK_BACKEND="wayland", NO_AT_BRIDGE="1")
        self.write("sway/config", SWAY_SETTINGS)
        self.write("waybar/config", '{"layer": "top", "height": 32, "modules-left": ["tray"], '
                                    '"tray": {"icon-size": 22, "spacing": 6}}')
        ground, ink = ("#31363b", "#ffffff") if self.shade == DARK else ("#eff0f1", "#000000")
        self.write("waybar/style.css", WAYBAR_STYLE.format(ground=ground, ink=ink))
        self.run_beside(["sway"])
        run = pathlib.Path(environment["XDG_RUNTIME_DIR"])
        display = wait_until(lambda: next((path.name for path in run.glob("wayland-?") if path.is_socket()), None))
        environment["WAYLAND_DISPLAY"] = display
        wait_until(lambda: subprocess.run(["grim", "-t", "ppm", "-"], env=environment, stdin=subprocess.DEVNULL,
                                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
                                          timeout=60).returncode == 0)

    def command(self):
        return ["waybar"]


class WaylandSession(PanelSession):
    def __init__(self, kind=Waybar, shade=DARK, **more):
        super().__init__(kind, shade, display=False, **more)
        self.screen = WaylandScreen(self)
