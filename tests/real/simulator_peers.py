# SPDX-License-Identifier: GPL-3.0-or-later
"""Two servers behind one face: a real OctoPrint with its virtual printer, and the simulator.

Only Python's own library. Every wait has a limit; every process is ended by its own pid.
"""

import http.server
import json
import os
import re
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

from loopback import free_port
from sockjs_client import Socket

# Many seconds of a processor, of which others may have most
START_LIMIT_S = 300
KEY = "TESTKEYTESTKEYTESTKEYTESTKEY0001"

CONFIG = """\
server: {firstRun: false, onlineCheck: {enabled: false}, pluginBlacklist: {enabled: false},
         seenWizards: {corewizard: 5, classicwebcam: 1, backup: null, tracking: null}}
accessControl: {salt: 0123456789abcdef0123456789abcdef}
appearance: {name: Test Printer}
serial: {autoconnect: true, port: VIRTUAL, baudrate: 0, logPositionOnPause: false, logPositionOnCancel: false}
webcam: {ffmpeg: FFMPEG}
plugins:
  action_command_prompt: {enable: always}
  _disabled: [announcements, achievements, discovery, errortracking, health_check, softwareupdate, tracking]
  virtual_printer: {_config_version: 1, enabled: true, sendWait: false, simulated_errors: []}
  classicwebcam: {_config_version: 1, snapshot: "http://CAMERA/snapshot.jpg", stream: "/webcam/?action=stream"}
"""

USERS = """\
_version: 2
admin: {active: true, apikey: %s, groups: [admins, users], permissions: [], settings: {},
        password: "$argon2id$v=19$m=102400,t=2,p=8$am0NwXhPyfmfE0LIWWuN8Q$ERNKlOpkryQj3G9U/TYnTg"}
""" % KEY


# Says what ffmpeg says while it works, and writes a film that nobody looks at.
FFMPEG = """\
#!/bin/bash
for last; do :; done
echo "Duration: 00:00:04.00" >&2
for second in 1 2 3; do sleep 0.5; echo "time=00:00:0$second.00" >&2; done
echo film > "$last"
"""


class Peer:
    """What both servers can do."""

    port = 0
    key = KEY
    process = None

    def ask(self, method, path, body=None, key=None, kind="application/json"):
        """Returns (status, parsed body or text)."""
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        request = urllib.request.Request("http://127.0.0.1:%d%s" % (self.port, path), data, method=method,
                                         headers={"X-Api-Key": key or self.key, "Content-Type": kind})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                status, text = answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read().decode()
        try:
            return status, json.loads(text)
        except ValueError:
            return status, text

    def open_socket(self):
        login = self.ask("POST", "/api/login", {"passive": True})[1]
        return Socket(self.port, "%s:%s" % (login["name"], login["session"]))

    def wait_until_connected(self):
        end = time.monotonic() + 60
        while self.ask("GET", "/api/connection")[1]["current"]["state"] != "Operational":
            assert time.monotonic() < end, "the printer did not connect"
            time.sleep(0.5)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Camera(http.server.BaseHTTPRequestHandler):
    """Gives always the same picture."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", "106")
        self.end_headers()
        self.wfile.write(b"\xff\xd8\xff\xe0" + b"x" * 100 + b"\xff\xd9")

    def log_message(self, *arguments):
        pass


class RealOctoPrint(Peer):
    name = "OctoPrint"

    def __init__(self, environment, folder):
        self.port = free_port()
        self.folder = folder
        camera = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Camera)
        threading.Thread(target=camera.serve_forever, daemon=True).start()
        ffmpeg = os.path.join(folder, "ffmpeg")
        with open(ffmpeg, "w") as stream:
            stream.write(FFMPEG)
        os.chmod(ffmpeg, 0o755)
        config = CONFIG.replace("CAMERA", "127.0.0.1:%d" % camera.server_port).replace("FFMPEG", ffmpeg)
        for file, text in (("config.yaml", config), ("users.yaml", USERS)):
            with open(os.path.join(folder, file), "w") as stream:
                stream.write(text)
        with open(os.path.join(folder, "output.txt"), "w") as output:
            self.process = subprocess.Popen(
                [os.path.join(environment, "bin", "octoprint"), "--basedir", folder, "serve",
                 "--iknowwhatimdoing", "--host", "127.0.0.1", "--port", str(self.port)],
                stdout=output, stderr=output)
        try:
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def _wait_until_ready(self):
        end = time.monotonic() + START_LIMIT_S
        while True:
            try:
                answer = self.ask("GET", "/api/connection")[1]
                if answer["current"]["state"] == "Operational":
                    return
            except (OSError, ValueError, TypeError, KeyError):
                pass
            except Exception as error:      # http.client's answers to a header-less "Not found"
                if "BadStatusLine" not in type(error).__name__:
                    raise
            assert self.process.poll() is None and time.monotonic() < end, "OctoPrint did not start"
            time.sleep(0.5)

    def put_file(self, name, seconds, target="local"):
        """A print of about @seconds, a layer a second; OctoPrint's virtual printer honours G4."""
        lines = "M104 S205\nM140 S60\nG28\nM83\n"
        for layer in range(1, seconds + 1):
            lines += "G1 Z%.1f F6000\nG1 X%d Y%d E0.5 F6000\n" % (layer * 0.2, layer % 2 * 10, layer % 2 * 10)
            lines += "G4 P100\n" * 10
        body = ("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n--x--\r\n"
                % (name, lines)).encode()
        status, answer = self.ask("POST", "/api/files/" + target, body, kind="multipart/form-data; boundary=x")
        assert status == 201, answer

    def print_file(self, name, seconds, origin="local"):
        status, answer = self.ask("POST", "/api/files/%s/%s" % (origin, name), {"command": "select", "print": True})
        assert status == 204, answer

    def send_to_card(self, socket):
        """Returns the path of the file on the card."""
        self.put_file("sent.gcode", 2, "sdcard")
        socket.wait_for_event("TransferDone")
        return socket.wait_for_event("TransferStarted")["event"]["payload"]["remote"]

    def put_on_card(self, seconds):
        """Returns its path on the card. Not by a transfer: the virtual printer lists long names only."""
        with open(os.path.join(self.folder, "virtualSd", "from the card.gcode"), "w") as stream:
            stream.write("G28\n" + "G1 X1 F600\nG1 X9 F600\n" * (seconds * 50))
        self.ask("POST", "/api/printer/sd", {"command": "refresh"})
        end = time.monotonic() + 30
        while True:
            files = self.ask("GET", "/api/files/sdcard")[1]["files"]
            if files:
                return files[0]["path"]
            assert time.monotonic() < end, "the card is empty"
            time.sleep(0.5)

    def show_prompt(self):
        for command in ("prompt_begin Ready?", "prompt_button Yes", "prompt_show"):
            self.send_line("!!DEBUG:action_custom " + command)

    def close_prompt(self):
        self.send_line("!!DEBUG:action_custom prompt_end")

    def notify(self, text):
        self.send_line("!!DEBUG:action_custom notification " + text)

    def break_down(self):
        self.send_line("!!DEBUG:trigger_fatal_error_marlin")

    def pull_cable(self):
        self.send_line("!!DEBUG:drop_connection")

    def wait_for_analysis(self, socket, name):
        socket.wait_for(lambda m: m.get("event", {}).get("type") == "MetadataAnalysisFinished"
                        and m["event"]["payload"]["name"] == name, 90)

    def film(self, wanted):
        form = b"type=timed&interval=1&fps=25&postRoll=0" if wanted else b"type=off"
        status, answer = self.ask("POST", "/api/timelapse", form, kind="application/x-www-form-urlencoded")
        assert status == 200, answer
        if wanted:
            self.print_file("done.gcode", 4)

    def type_lines(self, lines):
        for line in lines:
            self.send_line(line)

    def send_line(self, line):
        status, answer = self.ask("POST", "/api/printer/command", {"command": line})
        assert status == 204, answer


class Simulator(Peer):
    name = "octoherald-demo"

    def __init__(self, program, traits=()):
        self.process = subprocess.Popen(
            [program, "--printers", "1", "--json", "--port", "0", "--mail-port", "0", "--key", KEY,
             "--idle"],
            stdout=subprocess.PIPE, text=True)
        while True:
            line = json.loads(self.process.stdout.readline())
            if "printer" in line:
                self.port = int(re.search(r":(\d+)", line["url"]).group(1))
                break
        for trait in traits:
            self.play("fault", fault=trait)

    def put_file(self, name, seconds, target="local"):
        self.play("upload", file=name, seconds=seconds)

    def print_file(self, name, seconds, origin="local"):
        self.play("print", file=name, seconds=seconds, outcome="done", origin=origin)

    def send_to_card(self, socket):
        self.play("transfer", file="sent.gco", seconds=2)
        socket.wait_for_event("TransferDone")
        return socket.wait_for_event("TransferStarted")["event"]["payload"]["remote"]

    def wait_for_analysis(self, socket, name):
        pass

    def film(self, wanted):
        if wanted:
            self.play("print", file="done.gcode", seconds=4, outcome="done", timelapse=True)

    def type_lines(self, lines):
        self.play("logs", lines=["Send: " + line for line in lines])

    def put_on_card(self, seconds):
        return "from~1.gco"

    def show_prompt(self):
        self.play("plugin", plugin="action_command_prompt",
                  data={"action": "show", "text": "Ready?", "choices": ["Yes"]})

    def close_prompt(self):
        self.play("plugin", plugin="action_command_prompt", data={"action": "close"})

    def notify(self, text):
        self.play("plugin", plugin="action_command_notification", data={"message": text})

    def break_down(self):
        self.play("fault", fault="firmware")

    def pull_cable(self):
        self.play("fault", fault="cable")

    def play(self, what, **body):
        status, answer = self.ask("POST", "/demo/" + what, body)
        assert status == 204, answer
