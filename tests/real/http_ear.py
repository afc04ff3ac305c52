# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands between a client and a server on loopback, passes everything on, and notes which paths were asked for.

    with HttpEar(server.port) as ear:
        ear.url         what the client is given
        ear.paths()     all it has asked for, in order
"""

import re
import socket
import threading

REQUEST = re.compile(rb"(?:GET|POST|PUT|PATCH|DELETE|HEAD) (\S+) HTTP/1\.[01]\r\n")


class HttpEar:
    def __init__(self, port):
        self.port = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.heard = []
        self.lock = threading.Lock()
        self.over = False

    def __enter__(self):
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.over = True
        self.listener.close()

    def paths(self):
        with self.lock:
            return [path.decode() for said in self.heard for path in REQUEST.findall(bytes(said))]

    def _listen(self):
        while not self.over:
            try:
                client, _address = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=[client], daemon=True).start()

    def _pass_on(self, client):
        try:
            server = socket.create_connection(("127.0.0.1", self.port))
        except OSError:
            client.close()
            return
        said = bytearray()
        with self.lock:
            self.heard.append(said)
        threading.Thread(target=self._copy, args=[server, client, None], daemon=True).start()
        self._copy(client, server, said)

    def _copy(self, source, target, said):
        """The copy ends when either end does; so does the connection."""
        try:
            while chunk := source.recv(65536):
                if said is not None:
                    with self.lock:
                        said += chunk
                target.sendall(chunk)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
