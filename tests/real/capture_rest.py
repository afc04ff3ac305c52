# SPDX-License-Identifier: GPL-3.0-or-later
"""REST answers of a real OctoPrint at the moments that matter. See capture-frames.py."""

import json
import time
import urllib.error
import urllib.request

from capture_card import card
from octoprint_server import REQUEST_LIMIT_S


class Answers:
    """Asks, trims, writes; index.json tells what was asked and the status."""

    def __init__(self, capture):
        self.capture = capture
        self.index = {}

    def ask(self, name, path, key="admin", method="GET", body=None):
        """key: "admin", "viewer", "wrong" or "none"."""
        server = self.capture.server
        keys = {"admin": server.key, "viewer": server.viewer_key, "wrong": "WRONGKEY", "none": None}
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if keys[key] is not None:
            headers["X-Api-Key"] = keys[key]
        request = urllib.request.Request(server.url + path, None if body is None else json.dumps(body).encode(),
                                         headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=REQUEST_LIMIT_S) as response:
                status, text = response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read().decode()
        try:
            answer = json.loads(text)
        except ValueError:
            # What is no JSON is worth knowing, but not in full.
            answer = {"_text": text[:200]}
        self.index[name] = {"request": f"{method} {path}", "key": key, "status": status}
        trimmed = self.capture.trimmer.answer(name, answer)
        file = self.capture.answers / f"{name}.json"
        file.write_text(json.dumps(trimmed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def close(self):
        file = self.capture.answers / "index.json"
        file.write_text(json.dumps(self.index, indent=1) + "\n", encoding="utf-8")


def capture_answers(capture):
    server = capture.server
    answers = Answers(capture)
    server.restart()
    keys(answers)
    for name, path in (("version", "/api/version"), ("server", "/api/server"), ("job-idle", "/api/job"),
                       ("printer-idle", "/api/printer"), ("connection-idle", "/api/connection"),
                       ("settings", "/api/settings"), ("printer-error-none", "/api/printer/error"),
                       ("sockjs-info", "/sockjs/info"), ("prompt-none", "/api/plugin/action_command_prompt"),
                       ("system-commands", "/api/system/commands")):
        answers.ask(name, path)
    answers.ask("settings-viewer", "/api/settings", key="viewer")
    jobs(capture, answers)
    lost(capture, answers)
    files(capture, answers)
    answers.ask("timelapse", "/api/timelapse?unrendered=true")
    answers.close()
    print(f"{server.version} rest: {len(answers.index)} answers", flush=True)


def keys(answers):
    for key in ("admin", "viewer", "wrong", "none"):
        suffix = "" if key == "admin" else f"-{key}"
        answers.ask(f"currentuser{suffix}", "/api/currentuser", key=key)
        answers.ask(f"login-passive{suffix}", "/api/login", key=key, method="POST", body={"passive": True})
    for key in ("wrong", "none"):
        answers.ask(f"version-{key}", "/api/version", key=key)
        answers.ask(f"job-{key}", "/api/job", key=key)
    answers.ask("job-command-viewer", "/api/job", key="viewer", method="POST", body={"command": "cancel"})
    answers.ask("job-command-idle", "/api/job", method="POST", body={"command": "cancel"})


def jobs(capture, answers):
    """One file that ends well, one that is cancelled, one that is lost; each in the history of the files."""
    server = capture.server
    server.upload("good.gcode", capture.short)
    server.upload("cancelled.gcode", capture.long)
    server.upload("lost.gcode", capture.long)

    server.print_file("good.gcode")
    server.wait_state("Printing", 20)
    time.sleep(2)
    answers.ask("job-printing", "/api/job")
    answers.ask("printer-printing", "/api/printer")
    answers.ask("connection-printing", "/api/connection")
    answers.ask("job-command-start-while-printing", "/api/job", method="POST", body={"command": "start"})
    server.pause()
    server.wait_state("Paused", 20)
    answers.ask("job-paused", "/api/job")
    answers.ask("printer-paused", "/api/printer")
    server.resume()
    server.wait_state("Operational", 40)
    answers.ask("job-done", "/api/job")

    server.print_file("cancelled.gcode")
    server.wait_state("Printing", 20)
    time.sleep(2)
    server.cancel()
    server.wait_state("Operational", 20)
    answers.ask("job-cancelled", "/api/job")


def lost(capture, answers):
    server = capture.server
    server.print_file("lost.gcode")
    server.wait_state("Printing", 20)
    time.sleep(2)
    server.debug("trigger_fatal_error_marlin")
    server._wait(lambda: server.state() not in ("Printing", "Error", "Cancelling"), 30, "still prints")
    time.sleep(1)
    for name, path in (("job-error", "/api/job"), ("printer-409", "/api/printer"),
                       ("connection-error", "/api/connection"), ("printer-error", "/api/printer/error")):
        answers.ask(name, path)
    answers.ask("printer-error-viewer", "/api/printer/error", key="viewer")
    answers.ask("job-command-closed", "/api/job", method="POST", body={"command": "start"})
    capture.settle()
    answers.ask("printer-error-after-reconnect", "/api/printer/error")
    server.disconnect()
    server._wait(lambda: server.state() in ("Closed", "Offline"), 20, "is still connected")
    answers.ask("job-closed", "/api/job")
    answers.ask("connection-closed", "/api/connection")
    capture.settle()


def files(capture, answers):
    origin, paths = card(capture)
    answers.ask("files", "/api/files?recursive=true")
    answers.ask("files-viewer", "/api/files", key="viewer")
    for name in ("good", "cancelled", "lost"):
        answers.ask(f"file-{name}", f"/api/files/local/{name}.gcode")
    answers.ask("file-missing", "/api/files/local/never.gcode")
    answers.ask("file-card", f"/api/files/{origin}/{paths[0]}")
    for storage in ("sdcard", "printer"):
        answers.ask(f"files-{storage}", f"/api/files/{storage}")
