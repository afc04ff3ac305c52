# SPDX-License-Identifier: GPL-3.0-or-later
"""A session bus on which every call to the service takes a while: between the window and the real bus, before the real service.

    with SlowBus(session, seconds=5) as bus:
        desk.open_window(bus=bus.address)

`seconds` may be changed at any time; `calls` lists the methods that were called.
"""

import heapq
import os
import queue
import re
import socket
import struct
import threading
import time

METHOD_CALL = 1
MEMBER, DESTINATION = 3, 6
QUICK = ("org.freedesktop.DBus", "org.a11y.Bus", "")


def align(offset, to):
    return -(-offset // to) * to


def read_message(stream):
    """A whole message of D-Bus (specification 0.41, message format) and its type, member and destination; None at the end."""
    start = stream.read(16)
    if len(start) < 16:
        return None
    order = "<" if start[:1] == b"l" else ">"
    body, _serial, fields = struct.unpack(order + "III", start[4:16])
    rest = stream.read(align(fields, 8) + body)
    header = {}
    offset = 0
    while offset < fields:
        code, length = rest[offset], rest[offset + 1]
        signature = rest[offset + 2:offset + 2 + length]
        offset += 3 + length
        if signature in (b"s", b"o"):
            offset = align(offset, 4)
            size = struct.unpack_from(order + "I", rest, offset)[0]
            header[code] = rest[offset + 4:offset + 4 + size].decode()
            offset += 5 + size
        elif signature == b"g":
            offset += 2 + rest[offset]
        else:
            offset = align(offset, 4) + 4
        offset = align(offset, 8)
    return start + rest, start[1], header.get(MEMBER, ""), header.get(DESTINATION, "")


class SlowBus:
    def __init__(self, session, seconds):
        self.seconds, self.calls = seconds, []
        self.real = re.match(r"unix:path=([^,]+)", session.environment["DBUS_SESSION_BUS_ADDRESS"]).group(1)
        self.path = os.path.join(session.folder, "slow-bus")
        self.address = "unix:path=" + self.path
        self.sockets = []

    def __enter__(self):
        self.server = self._keep(socket.socket(socket.AF_UNIX))
        self.server.bind(self.path)
        self.server.listen()
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_error):
        for each in self.sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()

    def _keep(self, each):
        self.sockets.append(each)
        return each

    def _serve(self):
        while True:
            try:
                ours = self._keep(self.server.accept()[0])
            except OSError:
                return
            theirs = self._keep(socket.socket(socket.AF_UNIX))
            theirs.connect(self.real)
            outgoing = queue.Queue()
            for target, arguments in ((self._listen, (ours, theirs, outgoing)), (self._forward, (theirs, outgoing)),
                                      (self._answer, (theirs, ours))):
                threading.Thread(target=target, args=arguments, daemon=True).start()

    def _listen(self, ours, theirs, outgoing):
        try:
            self._read(ours, theirs, outgoing)
        except OSError:
            # Whoever called has ended in mid-sentence.
            pass

    def _read(self, ours, theirs, outgoing):
        stream = ours.makefile("rb")
        # The greeting: lines, after a byte that bears who we are
        theirs.sendall(stream.read(1))
        while line := stream.readline():
            if line.startswith(b"NEGOTIATE_UNIX_FD"):
                # Nothing of ours sends files; so there is no need to carry any.
                ours.sendall(b"ERROR\r\n")
                continue
            theirs.sendall(line)
            if line.startswith(b"BEGIN"):
                break
        while (message := read_message(stream)) is not None:
            data, kind, member, destination = message
            is_slow = kind == METHOD_CALL and destination not in QUICK
            if is_slow:
                self.calls.append(member)
            outgoing.put((time.monotonic() + (self.seconds if is_slow else 0), data))

    @staticmethod
    def _forward(theirs, outgoing):
        """In the order in which they came to be due; a call does not wait for the one before it to be answered."""
        waiting, count = [], 0
        while True:
            try:
                due, data = outgoing.get(timeout=max(waiting[0][0] - time.monotonic(), 0) if waiting else None)
                count += 1
                heapq.heappush(waiting, (due, count, data))
            except queue.Empty:
                try:
                    theirs.sendall(heapq.heappop(waiting)[2])
                except OSError:
                    return

    @staticmethod
    def _answer(theirs, ours):
        try:
            while data := theirs.recv(65536):
                ours.sendall(data)
            ours.shutdown(socket.SHUT_WR)
        except OSError:
            pass
