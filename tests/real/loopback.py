# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the servers of the tests listen."""

import pathlib
import random
import socket

_taken = []


def _candidates():
    """Below the ports that connections get: a server that is started anew finds its own still free."""
    words = pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split()
    last = min(int(words[0]), 32768)
    first = max(last - 12000, 1024)
    return random.sample(range(first, last), last - first)


def free_port():
    """A port of loopback that nobody listens on at the moment, and that no other test gets while this one runs."""
    for port in _candidates():
        mark = socket.socket(socket.AF_UNIX)
        with socket.socket() as probe:
            try:
                # Names like this are nobody's again when the program ends.
                mark.bind(f"\0octoherald-test-port-{port}")
                probe.bind(("127.0.0.1", port))
            except OSError:
                mark.close()
                continue
        _taken.append(mark)
        return port
    raise OSError("there is no free port")
