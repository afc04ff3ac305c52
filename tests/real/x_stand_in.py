# SPDX-License-Identifier: GPL-3.0-or-later
"""The X of octoherald-demo, for tests: its address, its codes, what was posted, and what is to go wrong.

    with XStandIn() as x:
        session.ctl("channel", "add", "x", "--name", "X", f"server={x.url}", *x.secrets(session.folder))
        x.posts()
"""

import json
import os
import subprocess
import urllib.request

FIELDS = ("api-key", "api-secret", "access-token", "access-token-secret")
USER = "demo_bench"
LIMIT_S = 30


class XStandIn:
    """It brings a simulated printer along, which is idle: its address and key are in `printer`."""

    def __init__(self):
        self.process = None
        self.url = None
        self.codes = {}
        self.printer = {}

    def __enter__(self):
        self.process = subprocess.Popen([os.environ["OCTOHERALD_DEMO"], "--printers", "1", "--port", "0", "--mail-port", "0",
                                         "--x-port", "0", "--idle", "--json"], stdout=subprocess.PIPE, text=True)
        while not self.printer:
            line = json.loads(self.process.stdout.readline())
            if "x" in line:
                self.url = line["x"]
                self.codes = {field: line[field] for field in FIELDS}
            if "printer" in line:
                self.printer = line
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def secrets(self, folder, **changed):
        """Words of octoheraldctl that give the codes, by files in the folder; None leaves one out."""
        words = []
        for field, code in {**self.codes, **{name.replace("_", "-"): code for name, code in changed.items()}}.items():
            if code is None:
                continue
            path = os.path.join(folder, f"x-{field}.txt")
            with open(path, "w", encoding="utf-8") as file:
                file.write(code)
            words += ["--secret", f"{field}={path}"]
        return words

    def _ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=LIMIT_S) as answer:
            return answer.read()

    def posts(self):
        """What was posted, the oldest first: id, text, time, media (each id, category, type, sha256, bytes, alt_text)."""
        return json.loads(self._ask("/demo/posts"))["posts"]

    def requests(self):
        """Each “METHOD PATH STATUS”, and why it was refused."""
        return json.loads(self._ask("/demo/requests"))["requests"]

    def media(self, identifier):
        """The bytes of a picture or a film."""
        return self._ask(f"/demo/media/{identifier}")

    def play(self, fault, **more):
        """What goes wrong from now on, as in docs/simulator.md; "none" ends it."""
        self._ask("/demo/faults", {"fault": fault, **more})
