#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that the private session keeps secrets, shows notifications and leaves nothing behind (TAP)."""

import os
import sys
import time
import traceback

from private_session import PrivateSession


def test_secret_is_kept(session):
    stored = session.run(["secret-tool", "store", "--label=L", "a", "b"], input="hello")
    assert stored.returncode == 0, stored.stderr
    assert session.run(["secret-tool", "lookup", "a", "b"]).stdout == "hello"


def test_notification_is_shown(session):
    sent = session.run(["gdbus", "call", "--session", "-d", "org.freedesktop.Notifications",
                        "-o", "/org/freedesktop/Notifications", "-m", "org.freedesktop.Notifications.Notify",
                        "test", "0", "", "Print done", "part.gcode", "[]", "{}", "200"])
    assert sent.returncode == 0, sent.stderr
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and not session.notifications():
        time.sleep(0.1)
    assert session.notifications()[0]["summary"] == "Print done"


def test_home_is_its_own(session):
    assert session.run(["sh", "-c", "echo $HOME"]).stdout.strip().startswith(session.folder)


def test_nothing_is_left(session):
    processes = list(session.processes)
    session.close()
    assert processes and all(process.poll() is not None for process in processes)
    assert not os.path.exists(session.folder)


STEPS = (test_secret_is_kept, test_notification_is_shown, test_home_is_its_own, test_nothing_is_left)


def main():
    failed = False
    print(f"1..{len(STEPS)}")
    with PrivateSession() as session:
        for number, step in enumerate(STEPS, 1):
            name = step.__name__.removeprefix("test_").replace("_", " ")
            try:
                step(session)
                print(f"ok {number} - {name}", flush=True)
            except Exception:  # pylint: disable=broad-except
                failed = True
                print(f"not ok {number} - {name}", flush=True)
                traceback.print_exc()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
