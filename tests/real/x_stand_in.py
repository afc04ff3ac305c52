# SPDX-License-Identifier: GPL-3.0-or-later
"""X as octoherald-demo plays it (docs/simulator.md), with what was posted.

    with XStandIn(PROGRAM) as x:
        x.url, x.keys["api-key"], x.secrets(folder)     for a channel, keys as its fields are called
        x.printer["url"], x.printer["key"]              of a printer that is idle
        x.play("unavailable", path="/2/tweets", times=2, done=True)
        x.posts()                                       [{"id", "text", "time", "media": [{"sha256", "bytes", …}]}]
        x.requests("/2/tweets")                         ["POST /2/tweets 201", …]
"""

import functools
import json
import pathlib
import subprocess
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
STOP_LIMIT_S = 10
ASK_LIMIT_S = 30
SECRETS = ("api-key", "api-secret", "access-token", "access-token-secret")


@functools.cache
def provision():
    """Folder of those who know X; fetches them if they are missing."""
    done = subprocess.run([HERE / "provision-x.sh"], check=True, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
                          text=True, timeout=900)
    return pathlib.Path(done.stdout.strip().splitlines()[-1])


class XStandIn:
    def __init__(self, program, port=0):
        self.command = [str(program), "--json", "--idle", "--printers", "1", "--x-port", str(port)]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            said = json.loads(line)
            if "x" in said:
                self.url = said["x"]
                self.keys = {name: said[name] for name in SECRETS}
                self.client_id = said["client-id"]
                self.web_client = said["web-client-id"], said["web-client-secret"]
            if "printer" in said:
                self.printer = said
                return self
        raise AssertionError("the stand-in for X did not start")

    def __exit__(self, *_error):
        self.process.terminate()
        try:
            self.process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def secrets(self, folder, **changed):
        """Words of octoheraldctl that give the keys, by files in a folder"""
        words = []
        for field, key in {**self.keys, **{name.replace("_", "-"): key for name, key in changed.items()}}.items():
            path = pathlib.Path(folder, f"x-{field}.txt")
            path.write_text(key, encoding="utf-8")
            words += ["--secret", f"{field}={path}"]
        return words

    def ask(self, path, body=None):
        """The bytes; as JSON if @body is something."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=ASK_LIMIT_S) as answer:
            return answer.read()

    def posts(self):
        return json.loads(self.ask("/demo/posts"))["posts"]

    def texts(self):
        return [post["text"] for post in self.posts()]

    def requests(self, path=""):
        """What came to paths that begin so, whatever became of it"""
        return [line for line in json.loads(self.ask("/demo/requests"))["requests"] if line.split(" ")[1].startswith(path)]

    def media(self, identifier):
        return self.ask("/demo/media/" + identifier)

    def play(self, fault, **options):
        self.ask("/demo/faults", {"fault": fault, **options})

    def stop_faults(self):
        self.play("none")
