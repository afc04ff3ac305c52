# SPDX-License-Identifier: GPL-3.0-or-later
"""A proxy in front of a mail server that does to one conversation what networks and attackers do.

    with MailProxy(server.port) as proxy:
        proxy.plan = Cut("answer", 120, "reset")
        …                                   proxy.asked, proxy.answered: all bytes that were let through
"""

import contextlib
import dataclasses
import select
import socket
import struct
import threading
import time

CHUNK_BYTES = 65536


@dataclasses.dataclass(frozen=True)
class Cut:
    """What happens after @position bytes in a @direction, "question" or "answer".

    @manner: "reset", "close", "stall", or "drip" (from there on a byte at a time)
    """

    direction: str
    position: int
    manner: str


class MailProxy:
    """One conversation at a time follows the @plan: a Cut, or a function that changes what the server says."""

    def __init__(self, backend_port, drip_s=0.01):
        self.backend = ("127.0.0.1", backend_port)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.drip_s = drip_s
        self.plan = None
        self.asked = self.answered = b""
        self.over = threading.Event()

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.over.set()
        # Closing alone would not wake who waits for it.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _address = self.listener.accept()
            except OSError:
                return
            plan, self.plan = self.plan, None
            self.asked = self.answered = b""
            threading.Thread(target=self._serve, args=[client, plan], daemon=True).start()

    def _serve(self, client, plan):
        with client, contextlib.suppress(OSError), socket.create_connection(self.backend) as server:
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if isinstance(plan, Cut):
                self._pass_on_until(client, server, plan)
            else:
                self._pass_on(client, server, plan)

    def _pass_on(self, client, server, change):
        while True:
            for end in select.select([client, server], [], [])[0]:
                chunk = end.recv(CHUNK_BYTES)
                if not chunk:
                    return
                if end is client:
                    self.asked += chunk
                    server.sendall(chunk)
                else:
                    chunk = change(chunk) if change else chunk
                    self.answered += chunk
                    client.sendall(chunk)

    def _pass_on_until(self, client, server, cut):
        watched = client if cut.direction == "question" else server
        left = cut.position
        while True:
            if left == 0 and cut.manner != "drip":
                self._end(client, server, cut.manner)
                return
            for end in select.select([client, server], [], [])[0]:
                limit = CHUNK_BYTES if end is not watched else left or 1
                chunk = end.recv(limit)
                if not chunk:
                    return
                if end is watched:
                    if left == 0:
                        time.sleep(self.drip_s)
                    left = max(left - len(chunk), 0)
                (server if end is client else client).sendall(chunk)
                if end is client:
                    self.asked += chunk
                else:
                    self.answered += chunk

    def _end(self, client, server, manner):
        if manner == "stall":
            self.over.wait()
        if manner == "reset":
            for end in (client, server):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        for end in (client, server):
            end.close()
