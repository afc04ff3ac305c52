# SPDX-License-Identifier: GPL-3.0-or-later
"""A client for the push socket of OctoPrint, with only Python's own library."""

import base64
import json
import os
import socket
import struct
import threading
import time


class Socket:
    """A framed SockJS client; a thread notes every message with its time."""

    def __init__(self, port, session=None):
        self.messages = []
        self.lock = threading.Condition()
        self.stream = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.stream.sendall((
            "GET /sockjs/042/%s/websocket HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n\r\n"
            % (os.urandom(6).hex(), port, base64.b64encode(os.urandom(16)).decode())).encode())
        self.reader = self.stream.makefile("rb")
        status = self.reader.readline()
        assert b" 101 " in status, status
        while self.reader.readline() not in (b"\r\n", b""):
            pass
        threading.Thread(target=self._listen, daemon=True).start()
        if session is not None:
            self.say({"auth": session})

    def say(self, message):
        text = json.dumps([json.dumps(message)]).encode()
        mask = os.urandom(4)
        length = (struct.pack("!B", 0x80 | len(text)) if len(text) < 126
                  else struct.pack("!BH", 0x80 | 126, len(text)))
        self.stream.sendall(b"\x81" + length + mask
                            + bytes(b ^ mask[i % 4] for i, b in enumerate(text)))

    def _listen(self):
        try:
            while True:
                first, second = self.reader.read(2)
                length = second & 0x7F
                if length == 126:
                    length, = struct.unpack("!H", self.reader.read(2))
                elif length == 127:
                    length, = struct.unpack("!Q", self.reader.read(8))
                data = self.reader.read(length)
                if first & 0x0F != 1:
                    continue
                text = data.decode()
                with self.lock:
                    self.messages += json.loads(text[1:]) if text[0] == "a" else [text]
                    self.lock.notify_all()
        except (OSError, ValueError, RecursionError):
            pass

    def wait_for(self, wanted, limit=40):
        """Returns the first message for which @wanted is true, also one that is there already."""
        end = time.monotonic() + limit
        with self.lock:
            seen = 0
            while True:
                for message in self.messages[seen:]:
                    if isinstance(message, dict) and wanted(message):
                        return message
                seen = len(self.messages)
                left = end - time.monotonic()
                assert left > 0, "waited %d s in vain; last: %r" % (limit, self.messages[-3:])
                self.lock.wait(left)

    def wait_for_event(self, name, limit=40):
        return self.wait_for(lambda m: "event" in m and m["event"]["type"] == name, limit)

    def wait_for_state(self, text, limit=40):
        """Waits for a `current` with this text that comes after the last event so far."""
        with self.lock:
            start = len(self.messages)
        return self.wait_for(lambda m: self.messages.index(m) >= start - 1
                             and "current" in m and m["current"]["state"]["text"] == text, limit)

    def close(self):
        self.stream.shutdown(socket.SHUT_RDWR)
        self.stream.close()
