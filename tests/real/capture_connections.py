# SPDX-License-Identifier: GPL-3.0-or-later
"""The situations of a connection that are recorded: one function each. See capture-frames.py."""

import http.client
import json
import signal
import time

from octoprint_server import ServerError
from recording_socket import RecordingSocket


def connect_disconnect(capture):
    with capture.recording("connect-disconnect") as client:
        mark = client.mark()
        capture.server.disconnect()
        client.wait_event("Disconnected", 30, mark)
        time.sleep(3)
        mark = client.mark()
        capture.server.connect()
        client.wait_event("Connected", 30, mark)


def history_on_connect(capture):
    """A client that comes later: in mid-print, while paused, after the end, while the printer is off."""
    server = capture.server
    first = RecordingSocket(server, []).open()
    try:
        mark = capture.start(first, "short.gcode")
        time.sleep(1.5)
        with capture.recording("history-printing", 1):
            pass
        server.pause()
        first.wait_event("PrintPaused", 30, mark)
        time.sleep(1)
        with capture.recording("history-paused", 1):
            pass
        server.resume()
        first.wait_done(mark)
        time.sleep(1)
        with capture.recording("history-done", 1):
            pass
    finally:
        first.close()
    server.disconnect()
    time.sleep(1)
    with capture.recording("history-offline", 1):
        pass


def restart_in_print(capture):
    with capture.recording("restart-in-print") as client:
        capture.start(client, "long.gcode")
        time.sleep(3)
        begin = client.mark()
        capture.server.restart(signal.SIGTERM)
        client.wait_for(lambda m: "_socket" in m, 20, begin)
        client.open()


# ── Sessions ─────────────────────────────────────────────────────────────────

def reauth_stale(capture):
    """A session the server does not know; then a good one on the same socket."""
    with capture.recording("reauth-stale") as client:
        client.note({"_asked": "auth with a session that never was"})
        client.say({"auth": "admin:" + "0" * 64})
        time.sleep(3)
        client.note({"_asked": "auth"})
        client.authenticate()


class Browser:
    """Signs in and out with name and password, like a person at the web page."""

    def __init__(self, server):
        self.port = server.port
        self.cookies = {}

    def ask(self, method, path, body=None):
        token = next((value for name, value in self.cookies.items() if name.startswith("csrf_token")), "")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body, {
            "Content-Type": "application/json", "X-CSRF-Token": token,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())})
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self.cookies.update([value.split(";")[0].split("=", 1)])
        return response.status, answer

    def sign_in(self):
        self.ask("GET", "/login/")
        status, answer = self.ask("POST", "/api/login", json.dumps({"user": "admin", "pass": "s3cret"}))
        if status != 200:
            raise ServerError(f"signing in gave {status}: {answer!r}")
        login = json.loads(answer)
        return f"{login['name']}:{login['session']}"


def reauth_logout(capture):
    """The session of the socket is logged out by the user's browser; then a new one on the same socket."""
    browser = Browser(capture.server)
    with capture.recording("reauth-logout", session=browser.sign_in()) as client:
        time.sleep(2)
        client.note({"_asked": "the browser logs out"})
        status, answer = browser.ask("POST", "/api/logout", "{}")
        if status not in (200, 204):
            raise ServerError(f"signing out gave {status}: {answer!r}")
        time.sleep(3)
        client.note({"_asked": "auth"})
        client.authenticate()


def reauth_modified(capture):
    """An administrator changes the groups of the user who is connected, and puts them back."""
    server = capture.server
    with capture.recording("reauth-modified", key=server.viewer_key) as client:
        for groups in (["users"], ["readonly"]):
            client.note({"_asked": f"groups of viewer = {groups}"})
            server.expect("PUT", "/api/access/users/viewer",
                          {"active": True, "admin": False, "groups": groups, "permissions": []})
            time.sleep(2)


CONNECTION_SCENARIOS = {
    "connect-disconnect": connect_disconnect,
    "history-on-connect": history_on_connect,
    "reauth-stale": reauth_stale,
    "reauth-logout": reauth_logout,
    "reauth-modified": reauth_modified,
    "restart-in-print": restart_in_print,
}
