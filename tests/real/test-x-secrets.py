#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys of an account at X, odd ones and shown back by whoever answers for X, are in nothing that anybody can read:
no log, no history, no database, no message on the bus, no window of a shell."""

import http.server
import json
import os
import pathlib
import re
import sys
import threading
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import CTL, HeraldSession, wait_until  # noqa: E402

# What the set-up takes, and what systemd hands over in its place
SHAPED = {
    "api-key": "Ab3dEf6hIj9kLmNoPqRsTuVwX",
    "api-secret": "Zy8xWv5uTs2rQpOnMlKjIhGfEdCbA0123456789abcdEfGhIjK",
    "access-token": "2244994945-Ab3dEf6hIj9kLmNoPqRsTuVwXyZ0123456789abc",
    "access-token-secret": "qWeRtZuIoPaSdFgHjKlYxCvBnM0123456789QwErTzUiO",
}
ODD = {
    "api-key": "CanaryApikey with spaces AndTheRestOfIt",
    "api-secret": "CanaryApisecret \"quoted\" 'QuotedTwice' \\Backslashed",
    "access-token": "CanaryToken\nOnAnotherLine\n<b>MarkedUp</b> 100%Percent",
    "access-token-secret": "CanaryTokensecret;ÜmläuteUndMehr&amp;Ampersand\tTabbed",
}
# What betrays a key: its words of some length, in whatever they are wrapped
TOKENS = {word for key in ODD.values() for word in re.findall(r"\w{7,}", key)}

STATUSES = (201, 400, 401, 403, 429, 503)
FORMS = ("problem", "legacy", "title", "html", "reason", "header")


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers with all that nobody may see, as the path of the channel's server says: /STATUS/FORM."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        _empty, status, form = self.path.split("/")[:3]
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        everything = " | ".join([*ODD.values(), self.headers.get("Authorization", "")])
        body = {
            "problem": json.dumps({"detail": everything, "title": "T", "type": f"https://x/problems/{everything}"}),
            "legacy": json.dumps({"errors": [{"code": 7, "message": key} for key in ODD.values()]}),
            "title": json.dumps({"title": everything, "reason": everything, "error": everything}),
            "html": f"<html>{everything}</html>",
        }.get(form, "{}").encode()
        one_line = everything.replace("\n", " ").encode("latin-1", "replace").decode("latin-1")
        self.send_response(int(status), one_line if form == "reason" else None)
        if form == "header":
            for name in ("x-rate-limit-reset", "Retry-After", "Location", "x-access-level"):
                self.send_header(name, one_line)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.server.n_asked += 1

    do_GET = do_POST

    def log_message(self, *_arguments):
        pass


class Secrets(unittest.TestCase):
    def setUp(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
        self.server.n_asked = 0
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.shutdown)
        self.session = self.enterContext(HeraldSession(display=False, notifications=False, service=None))
        self.credentials = pathlib.Path(self.session.folder) / "credentials"
        self.credentials.mkdir()
        self.session.environment["CREDENTIALS_DIRECTORY"] = str(self.credentials)
        self.session.environment["G_MESSAGES_DEBUG"] = "all"
        self.session.start_service()
        del self.session.environment["G_MESSAGES_DEBUG"]

    def add(self, status, form):
        words = []
        for field, key in SHAPED.items():
            path = pathlib.Path(self.session.folder) / f"{field}.shaped"
            path.write_text(key, encoding="utf-8")
            words += ["--secret", f"{field}={path}"]
        server = f"http://127.0.0.1:{self.server.server_port}/{status}/{form}"
        identifier = self.session.ctl("channel", "add", "x", "--name", f"Feed {status} {form}", f"server={server}",
                                      *words).stdout.strip()
        for field, key in ODD.items():
            (self.credentials / f"{identifier}.{field}").write_text(key, encoding="utf-8")
        return identifier

    def read_files(self):
        """All that is left in the folders of the session, but for the keys themselves"""
        found = {}
        for path in pathlib.Path(self.session.folder).rglob("*"):
            if path.is_file() and self.credentials not in path.parents:
                found[str(path)] = path.read_bytes()
        return found

    def assert_silent(self, name, haystack):
        for token in TOKENS:
            self.assertNotIn(token.encode(), haystack, name)

    def test_keys_are_in_nothing_that_anybody_can_read(self):
        channels = [self.add(status, form) for status in STATUSES for form in FORMS]
        bus_log = open(os.path.join(self.session.folder, "bus-traffic.txt"), "wb")
        self.enterContext(bus_log)
        self.session.spawn(["dbus-monitor", "--session"], stdout=bus_log, stderr=bus_log)
        wait_until(lambda: os.path.getsize(bus_log.name))

        for number, channel in enumerate(channels):
            self.session.ctl("send", "--title", f"Message {number}", "--text", "x", "--channels", channel)
        wait_until(lambda: self.server.n_asked >= len(channels))
        wait_until(lambda: all(row["attempts"] for row in self.session.ctl_json("history", "--limit", "1000")["messages"]))
        # What X says is told, and so would be what it has sent back.
        self.assertIn("***", self.session.ctl("history", "--limit", "1000", "--json").stdout)
        for command in (["history", "--limit", "1000"], ["history", "--limit", "1000", "--json"], ["status"],
                        ["status", "--json"], ["channel", "list"], ["channel", "list", "--json"],
                        ["channel", "check", channels[0]], ["channel", "test", channels[-1]]):
            done = self.session.run([CTL, *command], timeout=120)
            self.assert_silent(" ".join(command), (done.stdout + done.stderr).encode())

        self.session.stop_service()
        files = self.read_files()
        self.assertTrue(any(path.endswith("herald.db") for path in files))
        self.assertIn(b"Message 3", files[bus_log.name])
        self.assertIn("herald-flight", self.session.log())
        for path, content in files.items():
            self.assert_silent(path, content)
        print(f"# {len(channels)} answers, {len(TOKENS)} words looked for in {len(files)} files, "
              f"{sum(map(len, files.values()))} bytes", flush=True)


if __name__ == "__main__":
    import tap
    tap.main()
