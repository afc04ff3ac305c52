# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail server as its package would install it, for itself and its children only.

Its program, its configuration and its users are laid over /usr and /etc in a mount namespace of its
own; the computer sees nothing of it but its ports on loopback.
"""

import functools
import os
import pathlib
import subprocess
import sys

from loopback import free_port
from smtp_server import HERE, Server, ServerError, make_certificates

USER = "ada@example.org"
PASSWORD = "pässwörd 1\\!"
DOMAIN = "example.org"

# Its own files come first, then those of the package, then those of the computer.
ENTER = """set -e
mount -t overlay -o "lowerdir=$1/usr:/usr" overlay /usr
mount -t overlay -o "lowerdir=$2/etc:$1/etc:/etc" overlay /etc
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs /var/spool
mount -t tmpfs -o mode=755 tmpfs /var/lib
mount -t tmpfs -o mode=755 tmpfs /var/log
shift 2
exec "$@"
"""


@functools.cache
def provision(name):
    """Folder of the unpacked server; fetches it if it is missing."""
    done = subprocess.run([HERE / "provision-mail-servers.sh", name], check=True, stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, text=True, timeout=600)
    return pathlib.Path(done.stdout.strip().splitlines()[-1]) / name


@functools.cache
def namespace():
    """The command that gives a program mounts of its own."""
    command = ["unshare", "--mount"]
    if os.geteuid() != 0:
        # Servers have users of their own, so one number is not enough.
        command += ["--user", "--map-auto", "--map-root-user"]
    allowed = subprocess.run([*command, "true"], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                             timeout=20, check=False)
    if allowed.returncode != 0:
        print("Bail out! This test runs mail servers as they would be installed, in a namespace of their own, and this "
              f"system does not allow one ({allowed.stderr.strip()}). Run it as root, in a container with the "
              "capability SYS_ADMIN.", flush=True)
        sys.exit(1)
    return command


class UnpackedServer(Server):
    """Subclasses have PACKAGE, PORTS (the last is the last to listen), USERS and write their configuration below etc."""

    PACKAGE = None
    PORTS = ("tls", "starttls", "plain")
    # name: number
    USERS = {}

    def __init__(self):
        super().__init__(None)
        self.ports = {name: free_port() for name in self.PORTS}
        self.port = self.ports[self.PORTS[-1]]
        self.etc = self.folder / "etc"
        self.mailbox = self.folder / "mails"

    @property
    def authority(self):
        """Whom to trust to trust this server, as a PEM file."""
        return self.folder / "authority.pem"

    def prepare(self):
        if not self.etc.exists():
            self.folder.chmod(0o755)
            self.etc.mkdir()
            make_certificates(self.folder)
            for name, line in (("passwd", "{0}:x:{1}:{1}::/var/empty:/bin/false\n"), ("group", "{0}:x:{1}:\n")):
                lines = "".join(line.format(*entry) for entry in self.USERS.items())
                (self.etc / name).write_text(pathlib.Path("/etc", name).read_text(encoding="utf-8") + lines)
            self.mailbox.mkdir(mode=0o777)
            self.mailbox.chmod(0o777)
            self.configure()
        return ([*namespace(), "sh", "-c", ENTER, "sh", provision(self.PACKAGE), self.folder,
                 *self.command()], {"LC_ALL": "C"})

    def configure(self):
        """Writes the configuration, once."""
        raise NotImplementedError

    def command(self):
        """What to run, in the foreground, in the namespace."""
        raise NotImplementedError

    def place(self, path, text, mode=0o644):
        """A file below etc."""
        target = self.etc / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        target.chmod(mode)

    def mails(self):
        """What lies in the mailboxes, as bytes, in no order."""
        return [path.read_bytes() for path in self.mailbox.rglob("*")
                if path.is_file() and "new" in path.parent.parts]

    def output(self):
        return (self.folder / "output").read_text(errors="replace")


__all__ = ["DOMAIN", "PASSWORD", "ServerError", "USER", "UnpackedServer", "provision"]
