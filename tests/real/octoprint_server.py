#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real OctoPrint with its virtual printer, on loopback, for one test.

As a module:

    with OctoPrintServer("1.11.8") as server:
        server.upload("part.gcode", dwell_gcode(5), start=True)
        server.wait_state("Operational", 30)

As a program it prints one JSON line when it is ready and runs until it is told to end:

    tests/real/octoprint_server.py 1.11.8

Every wait has a limit. The server is ended by its own process group.
"""

import argparse
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid

from loopback import free_port
from octoprint_config import ADMIN_KEY, VIEWER_KEY, write_configuration

HERE = os.path.dirname(os.path.abspath(__file__))
VERSIONS = ("1.11.8", "1.10.3", "1.8.7", "2.0.0rc7")

# Importing OctoPrint took 2 to 25 s, the virtual printer up to 10 s more; two cores may be very busy elsewhere.
START_LIMIT_S = 300
REQUEST_LIMIT_S = 20
STOP_LIMIT_S = 15


class ServerError(Exception):
    """OctoPrint did not do what was asked; the end of its output is in the text."""


def provision(version):
    """Path of the virtual environment with this version; installs it if it is missing."""
    done = subprocess.run([os.path.join(HERE, "provision-octoprint.sh"), version],
                          check=True, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
                          text=True, timeout=1500)
    return done.stdout.strip()


def dwell_gcode(seconds):
    """A file that takes about this long: the printer stands still a tenth of a second a line."""
    return "".join(["G28\n"] + ["G4 P100\n"] * int(seconds * 10) + ["M400\n"])


class OctoPrintServer:
    """One OctoPrint in a directory of its own. Starting again keeps directory, port and keys.

    `inside` is a command that runs another one on the computer with `address`: a network namespace.
    """

    def __init__(self, version, port=None, snapshot_url=None, name="Test Printer", disable_discovery=True,
                 address="127.0.0.1", inside=()):
        self.version = version
        self.name = name
        self.port = port or free_port()
        self.address = address
        self.inside = list(inside)
        self.snapshot_url = snapshot_url or "http://127.0.0.1:9/snapshot.jpg"
        self.key = ADMIN_KEY
        self.viewer_key = VIEWER_KEY
        self.process = None
        self.base = tempfile.mkdtemp(prefix="octoprint-test-")
        self.log_path = os.path.join(self.base, "output.txt")
        write_configuration(self.base, self.port, self.name, self.snapshot_url, disable_discovery,
                            address)

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_error):
        self.close()

    @property
    def url(self):
        return f"http://{self.address}:{self.port}"

    # ── Life ─────────────────────────────────────────────────────────────────

    def start(self, wait_for="Operational"):
        """Starts the server and waits for the printer; wait_for=None only waits for the server to answer."""
        command = [*self.inside, os.path.join(provision(self.version), "bin", "octoprint"),
                   "--basedir", self.base, "serve", "--iknowwhatimdoing"]
        # Whatever it does with --basedir, it must never find the OctoPrint of the person who runs the tests.
        environment = {**os.environ, "HOME": self.base}
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            start_new_session=True, cwd=self.base, env=environment)
        self._wait(self._answers, START_LIMIT_S, "does not answer")
        if wait_for is not None:
            self.wait_state(wait_for, START_LIMIT_S)

    def stop(self):
        """Ends the server the way a system would."""
        self._end(signal.SIGTERM)

    def kill(self):
        """Ends the server the way a pulled plug would."""
        self._end(signal.SIGKILL)

    def restart(self, how=signal.SIGKILL):
        """Same directory, same port, same keys."""
        self._end(how)
        self.start()

    def close(self):
        """Ends the server and removes its directory."""
        self.stop()
        shutil.rmtree(self.base, ignore_errors=True)

    def _end(self, how):
        if self.process is None:
            return
        process, self.process = self.process, None
        try:
            os.killpg(process.pid, how)
        except ProcessLookupError:
            pass
        try:
            process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(STOP_LIMIT_S)

    # ── REST ─────────────────────────────────────────────────────────────────

    def request(self, method, path, body=None, key=None, content_type="application/json"):
        """(status, parsed body or None). `body` is bytes, or something that becomes JSON."""
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        headers = {"X-Api-Key": key or self.key}
        if body is not None:
            headers["Content-Type"] = content_type

        connection = http.client.HTTPConnection(self.address, self.port, timeout=REQUEST_LIMIT_S)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            answer = response.read()
        finally:
            connection.close()
        try:
            return response.status, json.loads(answer)
        except ValueError:
            return response.status, None

    def expect(self, method, path, body=None, **more):
        """As request(), but anything other than 2xx is an error."""
        status, answer = self.request(method, path, body, **more)
        if not 200 <= status < 300:
            raise ServerError(f"{method} {path} gave {status}: {answer}")
        return answer

    def state(self):
        return self.expect("GET", "/api/connection")["current"]["state"]

    def job(self):
        return self.expect("GET", "/api/job")

    def wait_state(self, wanted, limit_s):
        """Waits for a state by its text ("Operational", "Printing", "Paused"); returns the seconds it took."""
        begin = time.monotonic()
        self._wait(lambda: self.state() == wanted, limit_s, f"is not {wanted}")
        return time.monotonic() - begin

    def _answers(self):
        return self.request("GET", "/api/version")[0] == 200

    def _wait(self, done, limit_s, complaint):
        deadline = time.monotonic() + limit_s
        reason = "no answer"
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                raise ServerError(f"OctoPrint {self.version} ended by itself\n{self.log_tail()}")
            try:
                if done():
                    return
                reason = "not yet"
            except (OSError, http.client.HTTPException, ServerError) as error:
                reason = str(error)
            time.sleep(0.1)
        raise ServerError(f"OctoPrint {self.version} {complaint} after {limit_s} s ({reason})\n{self.log_tail()}")

    def log_tail(self, lines=30):
        try:
            with open(self.log_path, encoding="utf-8", errors="replace") as file:
                return "".join(file.readlines()[-lines:])
        except OSError:
            return ""

    # ── Printing ─────────────────────────────────────────────────────────────

    def upload(self, file_name, gcode, start=False, select=False):
        """Uploads g-code (text), and selects or prints it at once."""
        boundary = uuid.uuid4().hex
        fields = {"print": str(start).lower(), "select": str(select).lower()}
        parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                 for name, value in fields.items()]
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file_name}"\r\n'
                     f'Content-Type: application/octet-stream\r\n\r\n{gcode}\r\n--{boundary}--\r\n')
        return self.expect("POST", "/api/files/local", "".join(parts).encode(),
                           content_type=f"multipart/form-data; boundary={boundary}")

    def print_file(self, file_name):
        self.expect("POST", f"/api/files/local/{file_name}", {"command": "select", "print": True})

    def pause(self):
        self.expect("POST", "/api/job", {"command": "pause", "action": "pause"})

    def resume(self):
        self.expect("POST", "/api/job", {"command": "pause", "action": "resume"})

    def cancel(self):
        self.expect("POST", "/api/job", {"command": "cancel"})

    def connect(self):
        self.expect("POST", "/api/connection", {"command": "connect", "port": "VIRTUAL"})

    def disconnect(self):
        self.expect("POST", "/api/connection", {"command": "disconnect"})

    def command(self, line):
        """Sends one line to the printer."""
        self.expect("POST", "/api/printer/command", {"command": line})

    def debug(self, command):
        """Tells the virtual printer to misbehave, for example "drop_connection" or "action_pause"."""
        self.command(f"!!DEBUG:{command}")


def main():
    parser = argparse.ArgumentParser(description="Runs a real OctoPrint with its virtual printer on loopback.")
    parser.add_argument("version", nargs="?", default=VERSIONS[0])
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--print-seconds", type=float, default=0, help="print a file of this length at once")
    options = parser.parse_args()

    # Being told to end has to pass through `with`, or the server would outlive us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with OctoPrintServer(options.version, port=options.port) as server:
            print(json.dumps({"url": server.url, "key": server.key, "viewer_key": server.viewer_key,
                              "version": server.version, "pid": server.process.pid}), flush=True)
            if options.print_seconds > 0:
                server.upload("part.gcode", dwell_gcode(options.print_seconds), start=True)
            server.process.wait()
            print(server.log_tail(), file=sys.stderr)
            return 1
    except KeyboardInterrupt:
        return 0
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
