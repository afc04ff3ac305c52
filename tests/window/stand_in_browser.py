# SPDX-License-Identifier: GPL-3.0-or-later
"""A browser that opens nothing and remembers which pages it was to open."""

import pathlib

ENTRY = """[Desktop Entry]
Type=Application
Name=Stand-in
Exec=sh -c 'echo "$1" >> "{pages}"' sh %u
MimeType=x-scheme-handler/http;x-scheme-handler/https;
"""
CHOICE = """[Default Applications]
x-scheme-handler/http=stand-in.desktop
x-scheme-handler/https=stand-in.desktop
"""


class StandInBrowser:
    """That of a session that has not begun yet"""

    def __init__(self, session):
        applications = pathlib.Path(session.environment["XDG_DATA_HOME"], "applications")
        applications.mkdir(exist_ok=True)
        self.path = pathlib.Path(session.folder, "pages.txt")
        (applications / "stand-in.desktop").write_text(ENTRY.format(pages=self.path), encoding="utf-8")
        pathlib.Path(session.environment["XDG_CONFIG_HOME"], "mimeapps.list").write_text(CHOICE, encoding="utf-8")

    def pages(self):
        return self.path.read_text(encoding="utf-8").split() if self.path.exists() else []
