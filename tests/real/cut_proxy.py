# SPDX-License-Identifier: GPL-3.0-or-later
"""A TCP proxy on loopback that can be cut like a cable.

    with CutProxy(octoprint_port) as proxy:
        proxy.url
        with proxy.cut():           connections break, and new ones are refused
            ...
"""

import contextlib
import select
import socket
import threading

CHUNK_BYTES = 65536


class CutProxy:
    """Every connection has a thread; all end with the block."""

    def __init__(self, backend_port):
        self.backend = ("127.0.0.1", backend_port)
        self.listener = None
        self.port = 0
        self.lock = threading.Lock()
        self.connections = set()

    def __enter__(self):
        self._listen()
        return self

    def __exit__(self, *_error):
        self._unlisten()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def cut(self):
        self._unlisten()
        try:
            yield
        finally:
            self._listen()

    def _listen(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, args=[self.listener], daemon=True).start()

    def _unlisten(self):
        # Closing alone would not wake who waits for it.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        with self.lock:
            broken, self.connections = self.connections, set()
        for connection in broken:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener):
        while True:
            try:
                client, _address = listener.accept()
            except OSError:
                return
            with self.lock:
                self.connections.add(client)
            threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client):
        with client, contextlib.suppress(OSError), socket.create_connection(self.backend) as server:
            self._pass_on(client, server)
        with self.lock:
            self.connections.discard(client)

    @staticmethod
    def _pass_on(client, server):
        other = {client: server, server: client}
        while True:
            for end in select.select([client, server], [], [])[0]:
                chunk = end.recv(CHUNK_BYTES)
                if not chunk:
                    return
                other[end].sendall(chunk)
