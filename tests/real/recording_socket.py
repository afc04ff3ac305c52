# SPDX-License-Identifier: GPL-3.0-or-later
"""A client of OctoPrint's push interface that writes down what it is told, and when.

Only Python's own library. It connects like the service does: framed SockJS, subscribe and throttle
before auth. Every wait has a limit.
"""

import base64
import json
import os
import socket
import struct
import threading
import time

HANDSHAKE_LIMIT_S = 20

# What the service asks for, only with all events and plugins, so that nothing escapes the record.
THROTTLE = 4
QUIET = {"logs": False, "messages": False}


class RecordingSocket:
    """One connection. Lines are appended to `record`, a list that outlives the connection."""

    def __init__(self, server, record, key=None, logs=False, session=None):
        self.server = server
        self.record = record
        self.key = key
        self.logs = logs
        self.session = session
        self.lock = threading.Condition()
        self.stream = None
        self.reader = None
        self.closing = False

    # ── Life ─────────────────────────────────────────────────────────────────

    def open(self):
        """Connects, subscribes, authenticates; returns itself when the first state has come."""
        self.closing = False
        self.stream = socket.create_connection(("127.0.0.1", self.server.port), timeout=HANDSHAKE_LIMIT_S)
        request = (f"GET /sockjs/042/{os.urandom(6).hex()}/websocket HTTP/1.1\r\n"
                   f"Host: 127.0.0.1:{self.server.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Version: 13\r\n"
                   f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n\r\n")
        self.stream.sendall(request.encode())
        self.reader = self.stream.makefile("rb")
        status = self.reader.readline()
        if b" 101 " not in status:
            raise OSError(f"no websocket: {status!r}")
        while self.reader.readline() not in (b"\r\n", b""):
            pass
        self.stream.settimeout(None)
        self.note({"_socket": "open"})
        begin = len(self.record)
        threading.Thread(target=self._listen, args=(self.reader,), daemon=True).start()
        self.say({"subscribe": {"state": {**QUIET, "logs": self.logs}, "events": True, "plugins": True}})
        self.say({"throttle": THROTTLE})
        if self.session is None:
            self.authenticate()
        else:
            self.say({"auth": self.session})
        self.wait_for(lambda message: "history" in message, 20, begin)
        return self

    def authenticate(self):
        """Signs in with the key and tells the socket; returns the answer to the sign-in."""
        login = self.server.expect("POST", "/api/login", {"passive": True}, key=self.key)
        self.say({"auth": f"{login['name']}:{login['session']}"})
        return login

    def close(self):
        self.closing = True
        try:
            self.stream.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.stream.close()

    # ── Frames ───────────────────────────────────────────────────────────────

    def say(self, message):
        text = json.dumps([json.dumps(message)]).encode()
        mask = os.urandom(4)
        length = (struct.pack("!B", 0x80 | len(text)) if len(text) < 126
                  else struct.pack("!BH", 0x80 | 126, len(text)))
        self.stream.sendall(b"\x81" + length + mask
                            + bytes(byte ^ mask[i % 4] for i, byte in enumerate(text)))

    def note(self, message):
        with self.lock:
            self.record.append((time.monotonic(), message))
            self.lock.notify_all()

    def _read(self, size):
        data = self.reader.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def _listen(self, reader):
        how = "lost"
        try:
            while True:
                first, second = self._read(2)
                length = second & 0x7F
                if length == 126:
                    length, = struct.unpack("!H", self._read(2))
                elif length == 127:
                    length, = struct.unpack("!Q", self._read(8))
                data = self._read(length)
                if first & 0x0F == 8:
                    how = f"closed by the server ({data.hex()})"
                    break
                if first & 0x0F == 1 and data[:1] == b"a":
                    for message in json.loads(data[1:]):
                        self.note(message)
        except (OSError, EOFError, ValueError):
            pass
        reader.close()
        if not self.closing:
            self.note({"_socket": how})

    # ── Waiting ──────────────────────────────────────────────────────────────

    def mark(self):
        """A place in the record; waiting from there does not see what came before."""
        with self.lock:
            return len(self.record)

    def wait_for(self, wanted, limit_s=30, begin=0):
        deadline = time.monotonic() + limit_s
        with self.lock:
            while True:
                for _, message in self.record[begin:]:
                    if wanted(message):
                        return message
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"waited {limit_s} s; seen: {summary(self.record[begin:])}")
                self.lock.wait(left)

    def wait_event(self, name, limit_s=30, begin=0):
        return self.wait_for(lambda m: m.get("event", {}).get("type") == name, limit_s, begin)

    def wait_done(self, begin, limit_s=60):
        """Waits for the end of a print, and for the last moves that come after it."""
        self.wait_event("PrintDone", limit_s, begin)
        self.wait_state_id("OPERATIONAL", limit_s, begin)

    def wait_state_id(self, state_id, limit_s=30, begin=0):
        """Waits for the event of this change of state."""
        return self.wait_for(lambda m: m.get("event", {}).get("type") == "PrinterStateChanged"
                             and m["event"]["payload"]["state_id"] == state_id, limit_s, begin)


def label(message):
    """The short name of a message: the kind, or for an event its type."""
    if "event" in message:
        kind = message["event"]["type"]
        payload = message["event"].get("payload") or {}
        if kind == "PrinterStateChanged":
            return f"→{payload.get('state_id')}"
        if kind == "PrintFailed":
            return f"PrintFailed({payload.get('reason')})"
        return kind
    if "plugin" in message:
        inner = message["plugin"]
        data = inner.get("data")
        detail = data.get("action") or data.get("type") if isinstance(data, dict) else None
        return f"plugin:{inner.get('plugin')}" + (f"({detail})" if detail else "")
    if "history" in message:
        return f"history({message['history']['state']['text']})"
    if "_socket" in message:
        return f"[socket {message['_socket']}]"
    if "_asked" in message:
        return f"[{message['_asked']}]"
    return next((key for key in message if not key.startswith("_")), "?")


def summary(record):
    """The labels in their order; what repeats at once is counted, waiting in the file is left out."""
    counted = []
    for _, message in record:
        name = label(message)
        if name in ("Dwelling", "ZChange"):
            continue
        if counted and counted[-1][0] == name:
            counted[-1][1] += 1
        else:
            counted.append([name, 1])
    return " ".join(name if count == 1 else f"{name}×{count}" for name, count in counted)
