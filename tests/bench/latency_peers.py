# SPDX-License-Identifier: GPL-3.0-or-later
"""The two ends of a message, each a process of its own: an OctoPrint that says what it is told to
say, and a mail server. Both note CLOCK_MONOTONIC, which is one clock for the whole machine.
"""

import base64
import hashlib
import http.server
import json
import multiprocessing
import queue
import re
import socket
import socketserver
import struct
import time

MARK = re.compile(r"part-\d{4}")
ANSWERS = {
    "/api/currentuser": {"name": "admin", "groups": ["users", "admins"], "permissions": ["ADMIN", "STATUS"]},
    "/api/version": {"api": "0.1", "server": "1.11.8", "text": "OctoPrint 1.11.8"},
    "/api/login": {"name": "admin", "session": "0123456789abcdef", "active": True, "admin": True},
}
FLAGS = ("operational", "printing", "cancelling", "pausing", "resuming", "finishing", "closedOrError", "error",
         "paused", "ready", "sdReady")
HISTORY = {
    "state": {"text": "Operational", "error": "",
              "flags": {flag: flag in ("operational", "ready", "sdReady") for flag in FLAGS}},
    "job": {"file": {"name": None, "path": None, "size": None, "origin": None, "date": None}, "user": None},
    "progress": {"completion": None, "filepos": None, "printTime": None, "printTimeLeft": None},
    "currentZ": None, "offsets": {}, "temps": [], "markings": [], "serverTime": 1795228393.1,
}


class PrinterHandler(http.server.BaseHTTPRequestHandler):
    """What OctoPrint 1.11.8 answers to a client that signs in and opens the push socket."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self.push()
            return
        length = int(self.headers.get("Content-Length", 0))
        self.rfile.read(length)
        answer = ANSWERS.get(self.path)
        body = json.dumps(answer).encode() if answer else b"Not found"
        self.send_response(200 if answer else 404)
        self.send_header("Content-Type", "application/json" if answer else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def push(self):
        """SockJS over a websocket (RFC 6455): greets, waits for the sign-in, then sends what it is given."""
        accept = hashlib.sha1((self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode())
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(accept.digest()).decode())
        self.end_headers()
        self.close_connection = True
        self.say("o")
        self.say("a" + json.dumps([{"connected": {"version": "1.11.8", "display_version": "1.11.8",
                                                  "permissions": []}}]))
        while "auth" not in self.hear():
            pass
        self.say("a" + json.dumps([{"history": HISTORY}]))
        self.say('a[{"timelapse":null}]')
        self.tell_events()

    def tell_events(self):
        orders, sent = self.server.peer
        while True:
            for kind, mark in orders.get():
                payload = {"name": mark + ".gcode", "path": mark + ".gcode", "origin": "local", "size": 1703936,
                           "owner": "admin", "user": "admin", "time": 1830.5}
                frame = "a" + json.dumps([{"event": {"type": kind, "payload": payload}}])
                moment = time.monotonic_ns()
                self.say(frame)
                sent.put((mark, moment))

    def say(self, text):
        data = text.encode()
        head = struct.pack("!BB", 0x81, len(data)) if len(data) < 126 else struct.pack("!BBH", 0x81, 126, len(data))
        self.wfile.write(head + data)

    def hear(self):
        _, second = self.rfile.read(2)
        length = second & 0x7F
        if length == 126:
            length, = struct.unpack("!H", self.rfile.read(2))
        mask = self.rfile.read(4)
        return bytes(byte ^ mask[i % 4] for i, byte in enumerate(self.rfile.read(length))).decode()

    def log_message(self, *_words):
        pass


class MailHandler(socketserver.StreamRequestHandler):
    """RFC 5321, as much as a client needs that does not sign in."""

    disable_nagle_algorithm = True

    def handle(self):
        moment, lines, in_text = 0, [], False
        self.wfile.write(b"220 bench.example ESMTP\r\n")
        for raw in self.rfile:
            line = raw.decode("utf-8", "replace").rstrip("\r\n")
            if in_text:
                lines.append(line)
                in_text = line != "."
                if not in_text:
                    self.wfile.write(b"250 2.0.0 Taken\r\n")
                    self.server.peer.put((MARK.findall("\n".join(lines)), moment, time.monotonic_ns()))
                    lines = []
                continue
            verb = line[:4].upper()
            if verb == "MAIL":
                moment = time.monotonic_ns()
            in_text = verb == "DATA"
            self.wfile.write(b"354 Go on\r\n" if in_text else b"221 2.0.0 Bye\r\n" if verb == "QUIT"
                             else b"250-bench.example\r\n250 8BITMIME\r\n" if verb == "EHLO" else b"250 2.0.0 Well\r\n")
            if verb == "QUIT":
                return


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


def serve(handler, peer, ready):
    with Server(("127.0.0.1", 0), handler) as server:
        server.peer = peer
        ready.put(server.server_address[1])
        server.serve_forever()


def start(handler, peer):
    """Returns (process, port)."""
    ready = multiprocessing.Queue()
    process = multiprocessing.Process(target=serve, args=(handler, peer, ready), daemon=True)
    process.start()
    return process, ready.get(timeout=20)


class Peers:
    """The printer, the mail server, and what each of them noted."""

    def __init__(self):
        self.orders, self.sent, self.mails = (multiprocessing.Queue() for _ in range(3))
        self.printer, self.printer_port = start(PrinterHandler, (self.orders, self.sent))
        self.mail_server, self.mail_port = start(MailHandler, self.mails)

    def tell(self, events):
        """Sends [(kind, mark)] one right behind the other. Returns the list of milliseconds from each
        frame to its `MAIL FROM`, and the milliseconds from the first frame to the last mail taken."""
        self.orders.put(events)
        sent = dict(self.sent.get(timeout=20) for _ in events)
        times, last = [], 0
        while sent:
            try:
                marks, moment, last = self.mails.get(timeout=30)
            except queue.Empty:
                raise RuntimeError("no mail came for %s" % sorted(sent)) from None
            if not marks:
                continue
            times.append((moment - sent.pop(marks[0])) / 1e6)
            if len(times) == 1:
                first = moment - times[0] * 1e6
        return times, (last - first) / 1e6

    def close(self):
        for process in (self.printer, self.mail_server):
            process.terminate()
            process.join(5)


def ask_barely(port):
    """Milliseconds from opening a connection to the answer to `MAIL FROM`, with nothing around it."""
    start_ns = time.monotonic_ns()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as stream:
        reader = stream.makefile("rb")
        reader.readline()
        stream.sendall(b"EHLO bench\r\n")
        while reader.readline()[3:4] == b"-":
            pass
        stream.sendall(b"MAIL FROM:<octoherald@example.org>\r\n")
        reader.readline()
        return (time.monotonic_ns() - start_ns) / 1e6
