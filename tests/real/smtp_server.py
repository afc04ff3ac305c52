# SPDX-License-Identifier: GPL-3.0-or-later
"""Real mail servers on loopback ports, and what they received.

    with SmtpSink("-f", "RCPT") as sink:              Postfix; faults are smtp-sink's own flags
        ...
        sink.mails()
    with NodeSmtp("starttls", users={"ada": "secret"}) as server:       TLS, STARTTLS, AUTH
        ...                                           server.port, server.authority: trust this file
        server.mails()

Every wait has a limit. Servers are ended by their own process id.
"""

import email
import email.policy
import functools
import hashlib
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time

from loopback import free_port

HERE = pathlib.Path(__file__).resolve().parent
START_LIMIT_S = 60
STOP_LIMIT_S = 10
NAMES = "DNS:localhost,IP:127.0.0.1"
CERTIFICATES = ("good", "wrong-name", "expired", "self-signed")


class ServerError(Exception):
    """A server did not come up; the end of its output is in the text."""


@functools.cache
def provision():
    """Folder of the servers; fetches them if they are missing."""
    done = subprocess.run([HERE / "provision-smtp.sh"], check=True, stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, text=True, timeout=600)
    return pathlib.Path(done.stdout.strip().splitlines()[-1])


class Server:
    """A process with a folder of its own that listens on @port."""

    def __init__(self, port):
        self.port = port or free_port()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="smtp-server-"))
        self.process = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        """Again after stop(): same port, same mails."""
        command, environment = self.prepare()
        with open(self.folder / "output", "ab") as output:
            self.process = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=output,
                                            stderr=output, env={**os.environ, **environment})
        deadline = time.monotonic() + START_LIMIT_S
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise ServerError(f"{command[0]} does not listen: " +
                          (self.folder / "output").read_text(errors="replace")[-1000:])

    @property
    def fingerprint(self):
        """Of its key, as people compare it."""
        key = subprocess.run(["openssl", "pkey", "-in", self.folder / "key.pem", "-pubout", "-outform", "der"],
                             check=True, stdout=subprocess.PIPE, timeout=60).stdout
        return "SHA256:" + hashlib.sha256(key).hexdigest().upper()

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(STOP_LIMIT_S)
        self.process = None


class SmtpSink(Server):
    """Postfix's smtp-sink. It has no TLS and only pretends AUTH; each mail is a file in @dump_dir."""

    def __init__(self, *flags, dump_dir=None, port=None):
        super().__init__(port)
        self.flags = flags
        self.dump_dir = pathlib.Path(dump_dir or self.folder / "mails")

    def prepare(self):
        root = provision() / "postfix"
        self.dump_dir.mkdir(exist_ok=True)
        command = [root / "usr/sbin/smtp-sink", *self.flags, "-d", self.dump_dir / "mail.",
                   f"127.0.0.1:{self.port}", "100"]
        if os.geteuid() == 0:
            # It refuses to run as root, and then has to reach the folder as somebody else.
            command[1:1] = ["-u", "nobody"]
            self.folder.chmod(0o755)
            self.dump_dir.chmod(0o777)
        libraries = [root / "usr/lib/postfix", *root.glob("usr/lib/*-linux-gnu*")]
        return command, {"LD_LIBRARY_PATH": ":".join(map(str, libraries))}

    def mails(self):
        """In the order of arrival: email.message.EmailMessage with .recipient and .raw added."""
        found = []
        for path in self.dump_dir.glob("mail.*"):
            # The envelope stands in front, as headers of its own; Received: begins what was sent.
            envelope, mark, rest = path.read_bytes().partition(b"Received:")
            # A mail that was broken off has no end; smtp-sink removes it, but not at once.
            if not mark:
                continue
            mail = email.message_from_bytes(mark + rest, policy=email.policy.default)
            match = re.search(rb"X-Rcpt-Args: <([^>]*)>", envelope)
            mail.recipient = match.group(1).decode() if match else ""
            mail.raw = mark + rest
            found.append((path.stat().st_mtime_ns, path.name, mail))
        return [mail for _time, _name, mail in sorted(found, key=lambda entry: entry[:2])]


class NodeSmtp(Server):
    """npm's smtp-server with mailparser: encryption "tls", "starttls" or "plain", and AUTH.

    @users: {name: password, or token for XOAUTH2}; None offers no AUTH, and then everybody may send
    @mechanisms: of SASL
    @certificate: one of CERTIFICATES
    @refuse: {"rcpt": "550 5.1.1 no such user"}: hooks (mail, rcpt, data) or recipients that answer this
    @size: the largest message it takes, bytes
    @names: what its certificates are made out to
    """

    def __init__(self, security, users=None, mechanisms=("PLAIN", "LOGIN"), certificate="good", refuse=None,
                 size=0, utf8=True, port=None, names=NAMES):
        super().__init__(port)
        self.names = names
        self.configuration = {"port": self.port, "security": security, "users": users, "size": size,
                              "mechanisms": list(mechanisms), "refuse": refuse or {}, "utf8": utf8}
        self.certificate = certificate
        self.received = self.folder / "received"

    @property
    def authority(self):
        """Whom to trust to trust this server, as a PEM file."""
        return self.folder / "authority.pem"

    def prepare(self):
        if not self.authority.exists():
            make_certificates(self.folder, self.names)
        configuration = {**self.configuration, "received": str(self.received),
                         "key": str(self.folder / "key.pem"),
                         "certificate": str(self.folder / f"{self.certificate}.pem")}
        return (["node", HERE / "smtp-server.js", json.dumps(configuration)],
                {"NODE_PATH": str(provision() / "smtp-npm/node_modules")})

    def records(self, what):
        """What happened: "mail" (as mailparser reads it) or "login" (each try), as dictionaries."""
        if not self.received.exists():
            return []
        records = [json.loads(line) for line in self.received.read_text().splitlines()]
        return [record for record in records if record["what"] == what]

    def mails(self):
        return self.records("mail")


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60)


def make_certificates(folder, own_names=NAMES):
    """authority.pem, key.pem and the four CERTIFICATES, all with that one key."""
    openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=Test Authority", "-keyout", "authority-key.pem", "-out", "authority.pem")
    openssl(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
            "-keyout", "key.pem", "-out", "request.pem")
    for name, names, days in (("good", own_names, "2"),
                              ("expired", own_names, "-1"),
                              ("wrong-name", "DNS:other.example", "2"),
                              ("self-signed", own_names, "2")):
        issuer = (["-signkey", "key.pem"] if name == "self-signed" else
                  ["-CA", "authority.pem", "-CAkey", "authority-key.pem", "-CAcreateserial"])
        (folder / "extensions").write_text(f"subjectAltName={names}\n")
        openssl(folder, "x509", "-req", "-in", "request.pem", *issuer, "-days", days,
                "-extfile", "extensions", "-out", f"{name}.pem")
