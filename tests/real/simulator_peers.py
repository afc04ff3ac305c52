# SPDX-License-Identifier: GPL-3.0-or-later
"""Two servers behind one face: a real OctoPrint with its virtual printer, and the simulator.

Only Python's own library. Every wait has a limit; every process is ended by its own pid.
"""

import base64
import json
import os
import re
import socket
import struct
import subprocess
import threading
import time
import urllib.error
import urllib.request

KEY = "TESTKEYTESTKEYTESTKEYTESTKEY0001"

CONFIG = """\
server: {firstRun: false, onlineCheck: {enabled: false}, pluginBlacklist: {enabled: false},
         seenWizards: {corewizard: 5, classicwebcam: 1, backup: null, tracking: null}}
accessControl: {salt: 0123456789abcdef0123456789abcdef}
appearance: {name: Test Printer}
serial: {autoconnect: true, port: VIRTUAL, baudrate: 0, logPositionOnPause: false, logPositionOnCancel: false}
plugins:
  _disabled: [announcements, achievements, discovery, errortracking, health_check, softwareupdate, tracking]
  virtual_printer: {_config_version: 1, enabled: true, sendWait: false, simulated_errors: []}
  classicwebcam: {_config_version: 1, snapshot: "http://127.0.0.1:9/snapshot.jpg", stream: "/webcam/?action=stream"}
"""

USERS = """\
_version: 2
admin: {active: true, apikey: %s, groups: [admins, users], permissions: [], settings: {},
        password: "$argon2id$v=19$m=102400,t=2,p=8$am0NwXhPyfmfE0LIWWuN8Q$ERNKlOpkryQj3G9U/TYnTg"}
""" % KEY


class Socket:
    """A framed SockJS client; a thread notes every message with its time."""

    def __init__(self, port, session=None):
        self.messages = []
        self.lock = threading.Condition()
        self.stream = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.stream.sendall((
            "GET /sockjs/042/%s/websocket HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n\r\n"
            % (os.urandom(6).hex(), port, base64.b64encode(os.urandom(16)).decode())).encode())
        self.reader = self.stream.makefile("rb")
        status = self.reader.readline()
        assert b" 101 " in status, status
        while self.reader.readline() not in (b"\r\n", b""):
            pass
        threading.Thread(target=self._listen, daemon=True).start()
        if session is not None:
            self.say({"auth": session})

    def say(self, message):
        text = json.dumps([json.dumps(message)]).encode()
        mask = os.urandom(4)
        length = (struct.pack("!B", 0x80 | len(text)) if len(text) < 126
                  else struct.pack("!BH", 0x80 | 126, len(text)))
        self.stream.sendall(b"\x81" + length + mask
                            + bytes(b ^ mask[i % 4] for i, b in enumerate(text)))

    def _listen(self):
        try:
            while True:
                first, second = self.reader.read(2)
                length = second & 0x7F
                if length == 126:
                    length, = struct.unpack("!H", self.reader.read(2))
                elif length == 127:
                    length, = struct.unpack("!Q", self.reader.read(8))
                data = self.reader.read(length)
                if first & 0x0F != 1:
                    continue
                text = data.decode()
                with self.lock:
                    self.messages += json.loads(text[1:]) if text[0] == "a" else [text]
                    self.lock.notify_all()
        except (OSError, ValueError, RecursionError):
            pass

    def wait_for(self, wanted, limit=40):
        """Returns the first message for which @wanted is true, also one that is there already."""
        end = time.monotonic() + limit
        with self.lock:
            seen = 0
            while True:
                for message in self.messages[seen:]:
                    if isinstance(message, dict) and wanted(message):
                        return message
                seen = len(self.messages)
                left = end - time.monotonic()
                assert left > 0, "waited %d s in vain; last: %r" % (limit, self.messages[-3:])
                self.lock.wait(left)

    def wait_for_event(self, name, limit=40):
        return self.wait_for(lambda m: "event" in m and m["event"]["type"] == name, limit)

    def wait_for_state(self, text, limit=40):
        """Waits for a `current` with this text that comes after the last event so far."""
        with self.lock:
            start = len(self.messages)
        return self.wait_for(lambda m: self.messages.index(m) >= start - 1
                             and "current" in m and m["current"]["state"]["text"] == text, limit)

    def close(self):
        self.stream.shutdown(socket.SHUT_RDWR)
        self.stream.close()


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

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RealOctoPrint(Peer):
    name = "OctoPrint 1.11.8"

    def __init__(self, environment, folder):
        self.port = free_port()
        for file, text in (("config.yaml", CONFIG), ("users.yaml", USERS)):
            with open(os.path.join(folder, file), "w") as stream:
                stream.write(text)
        with open(os.path.join(folder, "output.txt"), "w") as output:
            self.process = subprocess.Popen(
                [os.path.join(environment, "bin", "octoprint"), "--basedir", folder, "serve",
                 "--iknowwhatimdoing", "--host", "127.0.0.1", "--port", str(self.port)],
                stdout=output, stderr=output)
        end = time.monotonic() + 120
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

    def put_file(self, name, seconds):
        """A print of about @seconds; OctoPrint's virtual printer honours G4."""
        lines = "M104 S205\nM140 S60\nG28\n" + "G4 P100\n" * (seconds * 10)
        body = ("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n--x--\r\n"
                % (name, lines)).encode()
        status, answer = self.ask("POST", "/api/files/local", body, kind="multipart/form-data; boundary=x")
        assert status == 201, answer

    def print_file(self, name, seconds):
        status, answer = self.ask("POST", "/api/files/local/" + name, {"command": "select", "print": True})
        assert status == 204, answer


class Simulator(Peer):
    name = "octoherald-demo"

    def __init__(self, program):
        self.process = subprocess.Popen(
            [program, "--printers", "1", "--json", "--port", "0", "--mail-port", "0", "--key", KEY,
             "--idle"],
            stdout=subprocess.PIPE, text=True)
        while True:
            line = json.loads(self.process.stdout.readline())
            if "printer" in line:
                self.port = int(re.search(r":(\d+)", line["url"]).group(1))
                return

    def put_file(self, name, seconds):
        pass

    def print_file(self, name, seconds):
        status, answer = self.ask("POST", "/demo/print", {"file": name, "seconds": seconds, "outcome": "done"})
        assert status == 204, answer
