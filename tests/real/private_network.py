# SPDX-License-Identifier: GPL-3.0-or-later
"""A network of two computers, made of namespaces: this program's own and a second one, by a cable.

    enter_network()                  # starts this program anew, alone in a network of its own
    with Neighbour("octopi") as pi:
        subprocess.run([*pi.inside, "hostname"])

Nothing of the real network is seen or touched, and everything goes with the program. Whoever forgets enter_network() is
refused: what is mounted or plugged in here would be the computer's own.
"""

import os
import pathlib
import socket
import subprocess
import sys

OWN_ADDRESS = "10.99.0.1"
# The number of the program that entered, and the namespaces it came from
ENTERED = "OCTOHERALD_TEST_NETWORK"
KINDS = ("net", "mnt", "uts")
LIMIT_S = 20


def namespaces():
    return [os.readlink(f"/proc/self/ns/{kind}") for kind in KINDS]


def demand_own():
    """Before anything is mounted, named or plugged in"""
    outside = os.environ.get(ENTERED, "").split()[1:]
    if len(outside) != len(KINDS) or any(own == other for own, other in zip(namespaces(), outside)):
        raise PermissionError("this would change the computer itself; call enter_network() first")


def run(*command):
    """What changes the network, the mounts or the name of this computer, as the program sees it"""
    demand_own()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=LIMIT_S)


def enter_network():
    """Returns in the new network; without the right to make one the program ends, and says so."""
    if os.environ.get(ENTERED, "").partition(" ")[0] == str(os.getpid()):
        run("ip", "link", "set", "lo", "up")
        # Programs that know fixed places below /run find these here, and nothing of the system's.
        run("mount", "-t", "tmpfs", "tmpfs", "/run")
        return

    command = ["unshare", "--net", "--mount", "--uts"]
    if os.geteuid() != 0:
        command += ["--user", "--map-root-user"]
    allowed = subprocess.run([*command, "true"], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                             timeout=LIMIT_S, check=False)
    if allowed.returncode != 0:
        print("Bail out! This test needs a network of its own, and this system does not allow one "
              f"({allowed.stderr.strip()}). Run it as root, in a container with the capability SYS_ADMIN.", flush=True)
        sys.exit(1)
    # unshare becomes the program, so the number stays
    os.environ[ENTERED] = " ".join([str(os.getpid()), *namespaces()])
    os.execvp(command[0], [*command, sys.executable, *sys.argv])


def place(folder, path, content):
    """Puts a file of ours, kept in `folder`, over one of the system's, in this program's own view of it."""
    demand_own()
    path = pathlib.Path(path)
    ours = pathlib.Path(folder) / path.name
    if not ours.exists():
        ours.touch()
        run("mount", "--bind", str(ours), str(path.resolve()))
    ours.write_text(content, encoding="utf-8")


class Neighbour:
    """A second computer: a host name, an address, and `inside`, which runs a command there."""

    def __init__(self, host_name, address="10.99.0.2"):
        self.host_name = host_name
        self.address = address
        self.process = None

    @property
    def inside(self):
        return ["nsenter", "--target", str(self.process.pid), "--net", "--uts", "--"]

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_error):
        self.close()

    def close(self):
        """The cable goes with the computer at its end."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(LIMIT_S)

    def _start(self):
        demand_own()
        self.process = subprocess.Popen(["unshare", "--net", "--uts", "sh", "-c", "echo; exec sleep 3600"],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        self.process.stdout.readline()
        self.process.stdout.close()

        socket.sethostname("desktop")
        # The kernel takes away the cable of the one before some time after that has ended.
        subprocess.run(["ip", "link", "delete", "eth0"], check=False, stderr=subprocess.DEVNULL)
        run("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", str(self.process.pid))
        run("ip", "address", "add", OWN_ADDRESS + "/24", "dev", "eth0")
        run("ip", "link", "set", "eth0", "up")
        run(*self.inside, "hostname", self.host_name)
        run(*self.inside, "ip", "address", "add", self.address + "/24", "dev", "eth0")
        run(*self.inside, "ip", "link", "set", "lo", "up")
        run(*self.inside, "ip", "link", "set", "eth0", "up")
        # Old servers listen to multicasts where the way out of the house is
        run(*self.inside, "ip", "route", "add", "default", "via", OWN_ADDRESS)
