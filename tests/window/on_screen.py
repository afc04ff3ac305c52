#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a test of widgets on a screen of its own.

    on_screen.py PROGRAM
"""

import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "real"))

from private_session import PrivateSession  # noqa: E402  pylint: disable=wrong-import-position

with PrivateSession(keyring=False, notifications=False) as session:
    session.environment.update(GTK_A11Y="test", GSK_RENDERER="cairo", GDK_BACKEND="x11", GSETTINGS_BACKEND="memory",
                               G_TEST_SRCDIR=os.environ.get("G_TEST_SRCDIR", str(pathlib.Path(__file__).parent.parent.absolute())))
    # To the end of what led there, or nobody knows whose leak it is: drivers are unloaded before it is told.
    session.environment["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":fast_unwind_on_malloc=0"
    sys.exit(subprocess.run(sys.argv[1:], env=session.environment, check=False).returncode)
