#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail server without encryption is told nothing to log in with, unless it is on this very computer.

    test-login-clear.py PROGRAM        (smtp-submit)

The server is somebody who writes down every byte and says yes to all of it, which no real one does.
"""

import os
import socketserver
import subprocess
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from private_network import enter_network, run

PROGRAM = sys.argv[1]
ELSEWHERE = "10.99.0.7"
MECHANISMS = ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER")
LIMIT_S = 60


class Recorder(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 mx\r\n")
        for line in self.rfile:
            self.server.heard += line
            if line.startswith(b"EHLO"):
                self.wfile.write(b"250-mx\r\n250 AUTH " + " ".join(MECHANISMS).encode() + b"\r\n")
            elif line.startswith(b"AUTH") and line.split()[1] in (b"LOGIN", b"CRAM-MD5"):
                self.wfile.write(b"334 PDE4OTYuNjk3MTcwOTUyQG14Pg==\r\n")
            else:
                self.wfile.write(b"235 welcome\r\n")


def submit(address, security, auth):
    with socketserver.ThreadingTCPServer((address, 0), Recorder) as server:
        server.heard = b""
        threading.Thread(target=server.serve_forever, daemon=True).start()
        done = subprocess.run([PROGRAM, f"--host={address}", f"--port={server.server_address[1]}",
                               f"--security={security}", "--user=ada", "--password=canary-secret",
                               "--token=canary-token", f"--auth={auth}", "--sender=a@example.org",
                               "--recipient=b@example.org", "--title=Title", "--text=Text"],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, timeout=LIMIT_S, check=True)
        server.shutdown()
        return done.stdout.splitlines()[0], server.heard


def main():
    enter_network()
    run("ip", "address", "add", ELSEWHERE + "/32", "dev", "lo")
    rows = [(address, security, auth)
            for auth in ("auto", *map(str.lower, MECHANISMS))
            for address, security in ((ELSEWHERE, "plain"), (ELSEWHERE, "starttls"), ("127.0.0.1", "plain"))]
    print(f"1..{len(rows)}", flush=True)
    failed = 0
    for number, (address, security, auth) in enumerate(rows, 1):
        result, heard = submit(address, security, auth)
        here = address == "127.0.0.1"
        # On this computer it does log in: a server elsewhere is spared because it is elsewhere.
        fine = (b"AUTH" in heard) == here and b"EHLO" in heard and (here or result == "untrusted")
        if not here:
            fine = fine and b"MAIL" not in heard and b"ada" not in heard
        failed += not fine
        print(f"{'ok' if fine else 'not ok'} {number} - {auth}, {security}, {'here' if here else 'elsewhere'}", flush=True)
        if not fine:
            print(f"# {result}: {heard!r}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
