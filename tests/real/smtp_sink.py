# SPDX-License-Identifier: GPL-3.0-or-later
"""Postfix's smtp-sink on a loopback port, with what it received.

    with SmtpSink() as sink:
        ...
        sink.mails()

Faults are smtp-sink's own flags, e.g. SmtpSink("-r", "RCPT") for a server that greylists.
"""

import email
import email.policy
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).parent
START_LIMIT_S = 10


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def provision():
    done = subprocess.run([HERE / "provision-smtp.sh"], check=True, stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, text=True, timeout=600)
    return pathlib.Path(done.stdout.strip())


class SmtpSink:
    """One server; each mail it takes is a file of its own."""

    def __init__(self, *flags, port=None):
        self.flags = flags
        self.port = port or free_port()
        self.folder = tempfile.mkdtemp(prefix="smtp-sink-")
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        root = provision() / "postfix"
        program = root / "usr/sbin/smtp-sink"
        libraries = [root / "usr/lib/postfix", *root.glob("usr/lib/*-linux-gnu*")]
        command = [program, *self.flags, "-d", os.path.join(self.folder, "mail."),
                   f"127.0.0.1:{self.port}", "100"]
        if os.geteuid() == 0:
            os.chmod(self.folder, 0o777)
            command[1:1] = ["-u", "nobody"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "LD_LIBRARY_PATH": ":".join(map(str, libraries))})
        deadline = time.monotonic() + START_LIMIT_S
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("smtp-sink does not listen")

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    def mails(self):
        """What was received, in the order of arrival: email.message.EmailMessage with .recipient added."""
        found = []
        for path in pathlib.Path(self.folder).glob("mail.*"):
            raw = path.read_bytes()
            # smtp-sink writes the envelope in front, as headers of its own.
            envelope, _, rest = raw.partition(b"Received:")
            # A mail that was broken off has no end; smtp-sink removes it, but not at once.
            if not rest:
                continue
            mail = email.message_from_bytes(b"Received:" + rest, policy=email.policy.default)
            match = re.search(rb"X-Rcpt-Args: <([^>]*)>", envelope)
            mail.recipient = match.group(1).decode() if match else ""
            found.append((path.stat().st_mtime_ns, path.name, mail))
        return [mail for _time, _name, mail in sorted(found, key=lambda entry: entry[:2])]
