# SPDX-License-Identifier: GPL-3.0-or-later
"""A channel of X that a person signs in for, in a private session with the running service.

    class Walk(LoginScene):
        def test_…(self):
            server, channel = self.make_channel()
            with Login(self.session, channel) as login:
                Browser().sign_in(login.page)
                login.wait(0)
"""

import json
import os
import socket
import subprocess
import sys
import unittest

from herald_session import CTL, HeraldSession, wait_until
from oauth_server import CLIENT_ID, Browser, OauthServer

LIMIT_S = 40
KEYRING = "/org/freedesktop/secrets/collection/login"


class Login:
    """octoheraldctl channel login, while it waits for somebody to sign in."""

    def __init__(self, session, channel, *arguments):
        self.command = [CTL, "channel", "login", channel, "--no-browser", "--json", *arguments]
        self.session = session
        self.process = None
        self.page = None

    def __enter__(self):
        self.process = self.session.spawn(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                          stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if line:
            self.page = json.loads(line)["page"]
        return self

    def __exit__(self, *_error):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=LIMIT_S)

    def paste(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def wait(self, status, limit=LIMIT_S):
        """What it says at last; its exit status is to be this one."""
        output, errors = self.process.communicate(timeout=limit)
        told = f"{self.process.returncode}: {output} {errors}"
        assert self.process.returncode == status, told
        return output + errors


class LoginScene(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = cls.enterClassContext(HeraldSession(display=False, notifications=False, service=None))
        # The service is to be as talkative as it can be: it must not tell a secret even then.
        cls.session.environment["G_MESSAGES_DEBUG"] = "all"
        cls.session.start_service()
        del cls.session.environment["G_MESSAGES_DEBUG"]

    def make_channel(self, *settings, secret=None, **more):
        """A server, and a channel that knows its app, and this secret of it, but has no login yet."""
        server = self.enterContext(OauthServer(**more))
        channel = self.session.ctl("channel", "add", "x", "--name", "Bench", "login=browser", f"client-id={CLIENT_ID}",
                                   f"server={server.url}", *settings,
                                   *(["--secret", "client-secret=-"] if secret else []),
                                   **({"input": secret} if secret else {})).stdout.strip()
        self.addCleanup(self.session.run, [CTL, "channel", "remove", channel])
        return server, channel

    def make_login(self, *settings, **more):
        server, channel = self.make_channel(*settings, **more)
        self.sign_in(channel)
        return server, channel

    def sign_in(self, channel):
        with Login(self.session, channel) as login:
            self.assertEqual(Browser().sign_in(login.page)[0], 200)
            self.assertEqual(json.loads(login.wait(0)), {"state": "done"})

    def health(self, channel):
        shown = self.session.ctl_json("channel", "show", channel)
        return shown["health"], shown["error"] or ""

    def send(self, channel, title):
        self.session.ctl("send", "--title", title, "--text", title, "--channels", channel)

    def row(self, channel, title, *states):
        """What the history says of a message once it is in one of these states."""
        def look():
            return next((row for row in self.session.ctl_json("history", "--limit", "1000")["messages"]
                         if row["channel"] == channel and row["title"] == title and row["state"] in states), None)
        return wait_until(look, LIMIT_S)

    def send_row(self, channel, title, *states):
        self.send(channel, title)
        return self.row(channel, title, *states)

    def set_lock(self, locked):
        """What a person does with the login keyring, without a window that asks for its password."""
        def call(method, *arguments):
            done = self.session.run(["gdbus", "call", "--session", "-d", "org.freedesktop.secrets", "-o",
                                     "/org/freedesktop/secrets", "-m", method, *arguments])
            self.assertEqual(done.returncode, 0, done.stderr)
            return done.stdout
        if locked:
            self.assertIn("login", call("org.freedesktop.Secret.Service.Lock", f"['{KEYRING}']"))
            return
        subprocess.run([sys.executable, "-c", UNLOCK], env=self.session.environment, check=True, timeout=LIMIT_S)

    def listen_to_the_bus(self):
        """A function that ends the listening and returns all that was said."""
        path = os.path.join(self.session.folder, "heard")
        with open(path, "wb") as file:
            monitor = self.session.spawn(["dbus-monitor", "--session"], stdout=file, stderr=subprocess.DEVNULL)
        wait_until(lambda: os.path.getsize(path))

        def end():
            monitor.terminate()
            monitor.wait(LIMIT_S)
            with open(path, encoding="utf-8", errors="replace") as heard:
                return heard.read()
        return end

    def become_browser(self, program):
        """Web pages are opened by this Python program from now on."""
        folder = os.path.join(self.session.environment["XDG_DATA_HOME"], "applications")
        os.makedirs(folder, exist_ok=True)
        script = os.path.join(folder, "browser.py")
        for name, text in (("browser.py", program),
                           ("browser.desktop", f"[Desktop Entry]\nType=Application\nName=Browser\n"
                                               f"Exec={sys.executable} {script} %u\nMimeType=x-scheme-handler/http;\n"),
                           ("mimeapps.list", "[Default Applications]\nx-scheme-handler/http=browser.desktop\n")):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)

    def assert_untold(self, secrets):
        """No secret is in any log, list, history, configuration or database."""
        told = self.session.log() + "".join(
            self.session.ctl(*words, "--json").stdout
            for words in (("history", "--limit", "1000"), ("channel", "list"), ("status",)))
        found = subprocess.run(["grep", "-r", "-a", "-l", "-F", "-e", "\n".join(secrets),
                                self.session.environment["XDG_CONFIG_HOME"],
                                self.session.environment["XDG_DATA_HOME"] + "/octoherald"],
                               stdout=subprocess.PIPE, text=True, check=False).stdout
        self.assertGreater(len(secrets), 2)
        self.assertEqual([secret for secret in secrets if secret in told], [])
        self.assertEqual(found, "")


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


# The session that hands the password over must be that of one connection.
UNLOCK = """
from gi.repository import Gio, GLib
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
def call(interface, method, arguments):
    return bus.call_sync("org.freedesktop.secrets", "/org/freedesktop/secrets", interface, method, arguments, None, 0,
                         10000, None)
session = call("org.freedesktop.Secret.Service", "OpenSession", GLib.Variant("(sv)", ("plain", GLib.Variant("s", ""))))
call("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "UnlockWithMasterPassword",
     GLib.Variant("(o(oayays))", ("/org/freedesktop/secrets/collection/login",
                                  (session[1], b"", b"test", "text/plain"))))
"""
