# SPDX-License-Identifier: GPL-3.0-or-later
"""The service of this build in a session of its own, as the benchmarks use it."""

import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "real"))
from private_session import PrivateSession

KEY = "BENCHKEYBENCHKEYBENCHKEYBENCHKEY"
LIMIT_S = 60


class BenchSession(PrivateSession):
    """A private session with the service running in it; `before` is called with it when only the service is missing."""

    def __init__(self, service, ctl, before=None, **more):
        super().__init__(**more)
        self.before = before
        self.programs = (os.path.abspath(service), os.path.abspath(ctl))

    def _begin(self):
        super()._begin()
        if self.before is not None:
            self.before(self)
        with open(os.path.join(self.folder, "service.txt"), "wb") as log:
            self.service = self.spawn([self.programs[0]], stdout=log, stderr=log)
        wait_until("the service answers", lambda: self.run([self.programs[1], "status"]).returncode == 0)

    def ctl(self, *words, **more):
        done = self.run([self.programs[1], *words], **more)
        if done.returncode != 0:
            raise RuntimeError("octoheraldctl %s: %s" % (" ".join(words), done.stderr.strip()))
        return done.stdout.strip()

    def add_printer(self, name, url):
        return self.ctl("printer", "add", "--name", name, "--url", url, "--key-file", "-", input=KEY)

    def add_mailbox(self, port):
        return self.ctl("channel", "add", "email", "--name", "Mailbox", "host=127.0.0.1", "port=%d" % port,
                        "security=plain", "from=octoherald@example.org", "to=maker@example.org")

    def wait_for_printers(self, count, member, value):
        def arrived():
            printers = json.loads(self.ctl("status", "--json"))["printers"]
            return len([p for p in printers if p[member] == value]) == count
        wait_until("%d printers with %s %s" % (count, member, value), arrived)


def wait_until(what, condition, limit=LIMIT_S):
    deadline = time.monotonic() + limit
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError("waited %d s in vain: %s" % (limit, what))
        time.sleep(0.1)


def percentile(values, percent):
    """The smallest of @values that is not below @percent of them."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
