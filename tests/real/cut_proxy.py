# SPDX-License-Identifier: GPL-3.0-or-later
"""A TCP proxy on loopback that can be cut like a cable.

    with CutProxy(octoprint_port) as proxy:
        proxy.url
        with proxy.cut():           connections break, and so do new ones at once
            ...
        proxy.n_answered            bytes that the server sent and the client took
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
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.is_cut = False
        self.n_answered = 0
        self.lock = threading.Lock()
        self.connections = set()

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_error):
        # Closing alone would not wake who waits for it.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self._break()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def cut(self):
        self.is_cut = True
        self._break()
        try:
            yield
        finally:
            self.is_cut = False

    def _break(self):
        with self.lock:
            broken, self.connections = self.connections, set()
        for connection in broken:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _accept(self):
        while True:
            try:
                client, _address = self.listener.accept()
            except OSError:
                return
            if self.is_cut:
                client.close()
                continue
            with self.lock:
                self.connections.add(client)
            threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client):
        with client, contextlib.suppress(OSError), socket.create_connection(self.backend) as server:
            self._pass_on(client, server)
        with self.lock:
            self.connections.discard(client)

    def _pass_on(self, client, server):
        other = {client: server, server: client}
        while True:
            for end in select.select([client, server], [], [])[0]:
                chunk = end.recv(CHUNK_BYTES)
                if not chunk:
                    return
                other[end].sendall(chunk)
                if end is server:
                    self.n_answered += len(chunk)
