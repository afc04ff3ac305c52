#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/import anew: what a real OctoPrint keeps and tells of plugins called OctoTweet, OctoText and Octorant, and
what Qt itself writes as OctoTray does.

    tests/real/record-settings.py
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import settings_plugins
from octoprint_server import OctoPrintServer

DATA = pathlib.Path(__file__).parent.parent / "data" / "import"

# OctoTray’s keys; the second host is what QSettings has to escape.
QT = """
import sys
from PyQt5.QtCore import QByteArray, QSettings
settings = QSettings(sys.argv[1], QSettings.IniFormat)
settings.beginWriteArray("printers")
rows = [("octopi.local", "0123456789ABCDEF0123456789ABCDEF", "215", "60", "OctoPrint"),
        ("drucker-\\u00fc.lan:5000, \\"links\\"", "0123456789ABCDEF0123456789ABCDE1", None, None, "OctoPrint"),
        ("192.168.7.20", "000000000_API_KEY_HERE_000000000", "0", "0", "OctoPrint"),
        ("192.168.7.21", "", "0", "0", "Moonraker")]
for i, (host, key, tool, bed, api) in enumerate(rows):
    settings.setArrayIndex(i)
    settings.setValue("host", QByteArray(host.encode()) if i == 2 else host)
    settings.setValue("key", key)
    settings.setValue("tool_preheat", tool)
    settings.setValue("bed_preheat", bed)
    settings.setValue("api_type", api)
settings.endArray()
settings.setValue("jog_speed", 600)
settings.setValue("jog_length", 10)
settings.sync()
"""


def record_octoprint():
    server = OctoPrintServer("1.11.8")
    try:
        settings_plugins.install(server)
        server.start(wait_for=None)
        settings_plugins.save(server)
        for who, key in (("admin", server.key), ("viewer", server.viewer_key)):
            settings = server.expect("GET", "/api/settings", key=key)
            kept = {"appearance": settings["appearance"],
                    "plugins": {name: settings["plugins"][name] for name in settings_plugins.CHANGES
                                if name in settings["plugins"]}}
            (DATA / f"octoprint-{who}.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n",
                                                        encoding="utf-8")
        server.stop()
        shutil.copy(os.path.join(server.base, "config.yaml"), DATA / "config.yaml")
    finally:
        server.close()


def record_qt():
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, "OctoTray.conf")
        subprocess.run(["/usr/bin/python3", "-c", QT, target], check=True, timeout=60)
        shutil.copy(target, DATA / "OctoTray.conf")


if __name__ == "__main__":
    DATA.mkdir(exist_ok=True)
    record_qt()
    if sys.argv[1:] != ["qt"]:
        record_octoprint()
