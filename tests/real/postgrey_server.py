# SPDX-License-Identifier: GPL-3.0-or-later
"""postgrey, which has Postfix turn a mail away until its sender comes back after a while.

    with PostgreyServer(delay_s=5) as postgrey, PostfixServer(policy=postgrey.port) as postfix:
        postfix.ports["greylisted"]
"""

from unpacked_server import UnpackedServer


class PostgreyServer(UnpackedServer):
    """A policy service; it keeps whom it knows in its own folder."""

    PACKAGE = "postgrey"
    PORTS = ("policy",)
    USERS = {"postgrey": 894}

    def __init__(self, delay_s=5):
        super().__init__()
        self.delay_s = delay_s

    def configure(self):
        self.place("postgrey/whitelist_clients", "")
        self.place("postgrey/whitelist_recipients", "")

    def command(self):
        return ["sh", "-ec", 'mkdir /var/lib/postgrey; chown postgrey /var/lib/postgrey; '
                'exec /usr/sbin/postgrey --inet="127.0.0.1:$1" --delay="$2" --user=postgrey --group=postgrey '
                '--auto-whitelist-clients=0 --dbdir=/var/lib/postgrey', "sh", self.port, self.delay_s]
