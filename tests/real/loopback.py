# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the servers of the tests listen."""

import socket


def free_port():
    """A port of loopback that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
