# SPDX-License-Identifier: GPL-3.0-or-later
"""All the mail servers of mail_matrix.py at once, and every mail they took.

    with MailBench() as bench:
        bench.reach("exim", "tls")      what smtp-submit wants to know of it
        bench.mails()
"""

import base64
import contextlib
import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

from dovecot_server import Dovecot
from exim_server import EximServer
from loopback import free_port
from mail_matrix import SECURITIES, SERVERS, TOKENS
from old_tls_server import OldTlsServer
from opensmtpd_server import OpenSmtpdServer
from postfix_server import PostfixServer
from postgrey_server import PostgreyServer
from smtp_server import HERE, NodeSmtp, provision
from unpacked_server import PASSWORD, USER

GREYLIST_S = 2
LIMIT_S = 60


def node(security, **more):
    ways = [way.upper() for way in SERVERS["node"][1]]
    return NodeSmtp(security, users={USER: PASSWORD}, mechanisms=ways, size=100 * 1024,
                    refuse={"nobody@example.org": "550 5.1.1 Nobody of that name"}, **more)


class MailBench:
    """Servers by name and port."""

    def __init__(self):
        self.stack = contextlib.ExitStack()
        postgrey = self.stack.enter_context(PostgreyServer(GREYLIST_S))
        self.many = {"exim": EximServer(), "postfix": PostfixServer(postgrey.port), "opensmtpd": OpenSmtpdServer()}
        self.single = {}
        for security in SECURITIES:
            self.single["dovecot", security] = Dovecot(users={USER: PASSWORD}, security=security)
            self.single["node", security] = node(security)
        for certificate in ("self-signed", "wrong-name", "expired"):
            self.single["node", certificate] = NodeSmtp("tls", certificate=certificate)
        for version in ("tls1", "tls1_1"):
            self.single["openssl", version] = OldTlsServer(version)
        for version in ("tls1.0", "tls1.1"):
            self.single["gnutls", version] = OldTlsServer(version)

    def __enter__(self):
        servers = [*self.many.values(), *self.single.values()]
        try:
            with ThreadPoolExecutor(4) as pool:
                for server in pool.map(lambda server: server.__enter__(), servers):
                    self.stack.push(server.__exit__)
        except BaseException:
            self.stack.close()
            raise
        return self

    def __exit__(self, *_error):
        self.stack.close()

    def find(self, name, port):
        """The server and the number of its port."""
        if (name, port) in self.single:
            server = self.single[name, port]
            return server, server.port
        server = self.many["postfix" if name == "postgrey" else name]
        return server, free_port() if port == "nothing" else server.ports[port]

    def reach(self, row):
        server, port = self.find(row.server, row.port)
        options = {"host": "localhost", "port": port, "security": row.security, "authority": server.authority,
                   "sender": USER, "recipient": "ben@example.org", "auth": row.auth}
        if row.auth != "none":
            options["user"] = USER
            if row.auth in TOKENS:
                options["token"] = server.make_token(USER) if row.server == "dovecot" else PASSWORD
            else:
                options["password"] = PASSWORD
        for name, value in row.options:
            if name in ("password", "token") and name not in options:
                continue
            options[name] = server.fingerprint if value == "@" else value
        return {name: value for name, value in options.items() if value is not None}

    def mails(self):
        """What arrived anywhere, by an independent reader: dictionaries with "server" and its own names."""
        raw = []
        for name, server in self.many.items():
            raw += [(name, mail) for mail in server.mails()]
        for (name, _port), server in self.single.items():
            if name == "node":
                raw += [(name, base64.b64decode(mail["raw"])) for mail in server.mails()]
            elif name == "dovecot":
                raw += [(name, mail.raw) for mail in server.mails()]
        lines = "".join(json.dumps({"server": name, "raw": base64.b64encode(mail).decode()}) + "\n" for name, mail in raw)
        done = subprocess.run(["node", HERE / "read-mails.js"], input=lines, stdout=subprocess.PIPE, text=True, check=True,
                              timeout=LIMIT_S,
                              env={**os.environ, "NODE_PATH": str(provision() / "smtp-npm/node_modules")})
        return [json.loads(line) for line in done.stdout.splitlines()]
