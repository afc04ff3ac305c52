# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail server in this program that thinks as long as a test wants: a real one does not let itself be told.

Whether mail is right is for the tests of the suite real.
"""

import socketserver
import threading


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        ear = self.server.ear
        self.say("220 ear.example.org")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self.say("354 go ahead")
                self.take_mail(ear)
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            elif verb == b"MAIL" and ear.refuses_login:
                self.say("530 5.7.0 Authentication required")
            elif verb in (b"EHLO", b"HELO"):
                self.say("250-ear.example.org", "250 8BITMIME")
            else:
                self.say("250 ok")

    def take_mail(self, ear):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        ear.is_thinking = True
        if not ear.is_closed.wait(ear.thinks_s):
            ear.mails.append(b"".join(lines))
            self.say("250 2.0.0 kept")
        ear.is_thinking = False

    def say(self, *lines):
        self.wfile.write("".join(line + "\r\n" for line in lines).encode("ascii"))


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Who listens may hang up."""


class MailEar:
    """Listens on @port from entering to leaving; `mails` are what it has heard."""

    def __init__(self, port, thinks_s=0, refuses_login=False):
        self.port = port
        self.thinks_s = thinks_s
        self.refuses_login = refuses_login
        self.mails = []
        self.is_thinking = False
        self.is_closed = threading.Event()
        self.server = None

    def __enter__(self):
        self.server = Server(("127.0.0.1", self.port), Conversation)
        self.server.ear = self
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.is_closed.set()
        self.server.shutdown()
        self.server.server_close()
