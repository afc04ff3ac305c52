# SPDX-License-Identifier: GPL-3.0-or-later
"""What is tried with real mail servers: one row for each server, encryption, login and fault.

test-mail-matrix.py runs every row; docs/email-tried.md has its tables from here (mail-tables.py).
"""

import dataclasses

SECURITIES = ("tls", "starttls", "plain")

# What a server is called: its name for people, and the ways to log in that it offers
SERVERS = {
    "postfix": ("Postfix", ("plain", "login", "cram-md5", "scram-sha-256")),
    "exim": ("Exim", ("plain", "login", "cram-md5")),
    "dovecot": ("Dovecot", ("plain", "login", "cram-md5", "scram-sha-256", "xoauth2", "oauthbearer")),
    "node": ("smtp-server", ("plain", "login", "cram-md5", "xoauth2")),
    "opensmtpd": ("OpenSMTPD", ()),
    "postgrey": ("postgrey", ()),
    "openssl": ("OpenSSL", ()),
    "gnutls": ("GnuTLS", ()),
}
TOKENS = ("xoauth2", "oauthbearer")

# A result: how the table of the manual puts it
OUTCOMES = {
    "accepted": "arrives",
    "busy": "is tried again later",
    "unreachable": "is tried again later",
    "rejected": "is given up, and the history says why",
    "settings": "waits until you have looked at the account",
    "unauthorized": "waits until you have looked at the account",
    "untrusted": "nothing is sent; waits until you have looked at the account",
}


@dataclasses.dataclass(frozen=True)
class Row:
    """@port is the server's name for it; @options are those of smtp-submit, with "@" for what only the server knows.

    One that @follows is tried when the row before it is over.
    """

    server: str
    port: str
    security: str
    situation: str
    result: str
    code: int
    step: str
    auth: str = "none"
    options: tuple = ()
    wait_s: float = 0
    follows: bool = False

    @property
    def name(self):
        return f"{self.server}: {self.port}, {self.auth}: {self.situation}"


def logins():
    """Each way to log in over each encryption, and what comes of a wrong password or token."""
    for server, (_name, mechanisms) in SERVERS.items():
        for security in SECURITIES:
            for auth in mechanisms + ("auto",) * bool(mechanisms):
                yield Row(server, security, security, "logs in", "accepted", 250, "committing", auth)
                if auth != "auto":
                    yield Row(server, security, security, "wrong token" if auth in TOKENS else "wrong password",
                              "unauthorized", 535, "login", auth, (("password", "wr0ng"), ("token", "wr0ng")))


# What the address or the port does: situation, more options, and for each server result, code and step
FAULTS = (
    ("no login", {"auth": "none"},
     {"exim": ("unauthorized", 550, "login"), "postfix": ("unauthorized", 553, "login"),
      "node": ("unauthorized", 530, "login"), "dovecot": ("unauthorized", 530, "login"),
      "opensmtpd": ("accepted", 250, "committing")}),
    ("no such mailbox", {"recipient": "nobody@example.org"},
     {"exim": ("rejected", 550, "recipient"), "postfix": ("rejected", 550, "recipient"),
      "opensmtpd": ("rejected", 524, "recipient"), "node": ("rejected", 550, "recipient")}),
    ("sender is somebody else", {"sender": "stranger@example.org"},
     {"exim": ("settings", 550, "sender"), "postfix": ("settings", 553, "recipient"),
      "opensmtpd": ("settings", 550, "sender")}),
    ("greylisted", {"recipient": "later@example.org"},
     {"exim": ("busy", 451, "recipient"), "postfix": ("busy", 450, "recipient"),
      "opensmtpd": ("busy", 450, "recipient")}),
    ("too many messages", {"recipient": "busy@example.org"},
     {"exim": ("busy", 451, "recipient"), "postfix": ("busy", 450, "recipient"),
      "opensmtpd": ("busy", 450, "recipient")}),
    ("thrown out", {"recipient": "drop@example.org"},
     {"exim": ("rejected", 550, "recipient"), "postfix": ("rejected", 521, "recipient"),
      "opensmtpd": ("unreachable", 421, "recipient")}),
    ("taken for spam", {"recipient": "spam@example.org"},
     {"exim": ("rejected", 550, "committing"), "postfix": ("rejected", 550, "committing")}),
    ("its content filter is away", {"recipient": "filter@example.org"},
     {"exim": ("busy", 451, "committing"), "postfix": ("busy", 450, "committing")}),
    ("slow to answer", {"recipient": "slow@example.org"},
     {"exim": ("accepted", 250, "committing"), "postfix": ("accepted", 250, "committing")}),
    ("too large", {"text": "x " * 55000},
     {"exim": ("rejected", 0, "sender"), "postfix": ("rejected", 0, "sender"),
      "opensmtpd": ("rejected", 0, "sender"), "node": ("rejected", 0, "sender")}),
    ("letters of the world in the address", {"recipient": "jörg@bücher.example"},
     {"exim": ("accepted", 250, "committing"), "postfix": ("accepted", 250, "committing"),
      "opensmtpd": ("rejected", 0, "sender"), "node": ("accepted", 250, "committing")}),
    ("authority unknown", {"authority": None},
     {name: ("untrusted", 0, "tls") for name in ("exim", "postfix", "dovecot", "node")}),
    ("certificate of another name", {"host": "mail.localhost"},
     {name: ("untrusted", 0, "tls") for name in ("exim", "postfix")}),
    ("key of the certificate is known", {"authority": None, "certificate": "@"},
     {name: ("accepted", 250, "committing") for name in ("exim", "postfix")}),
    ("another key than the known one", {"certificate": "SHA256:" + 32 * "A5"},
     {name: ("untrusted", 0, "tls") for name in ("exim", "postfix")}),
)

# Of which no login is possible, or where the login does not matter
OTHERS = (
    Row("postgrey", "greylisted", "plain", "greylisted", "busy", 450, "recipient"),
    Row("postgrey", "greylisted", "plain", "greylisted, tried again after its delay", "accepted", 250, "committing", wait_s=4,
        follows=True),
    Row("postfix", "limited", "plain", "first message within a minute", "accepted", 250, "committing"),
    Row("postfix", "limited", "plain", "too many messages", "busy", 450, "sender", follows=True),
    Row("postfix", "plain", "tls", "tls at a port without", "untrusted", 0, "tls"),
    Row("exim", "plain", "tls", "tls at a port without", "untrusted", 0, "tls"),
    Row("exim", "plain", "starttls", "no encryption offered", "untrusted", 0, "tls", "plain"),
    Row("postfix", "nothing", "starttls", "nobody listens", "unreachable", 0, "connect"),
    Row("postfix", "starttls", "plain", "login only with encryption", "unauthorized", 0, "login", "plain"),
    Row("exim", "starttls", "plain", "login only with encryption", "unauthorized", 0, "login", "plain"),
    Row("openssl", "tls1", "tls", "TLS 1.0 only", "untrusted", 0, "tls"),
    Row("openssl", "tls1_1", "tls", "TLS 1.1 only", "untrusted", 0, "tls"),
    Row("gnutls", "tls1.0", "tls", "TLS 1.0 only", "untrusted", 0, "tls"),
    Row("gnutls", "tls1.1", "tls", "TLS 1.1 only", "untrusted", 0, "tls"),
    Row("node", "self-signed", "tls", "self-signed certificate", "untrusted", 0, "tls"),
    Row("node", "wrong-name", "tls", "certificate of another name", "untrusted", 0, "tls"),
    Row("node", "expired", "tls", "expired certificate", "untrusted", 0, "tls"),
)


def faults():
    for situation, options, servers in FAULTS:
        for server, (result, code, step) in servers.items():
            # Certificates matter where there is one
            securities = ("tls", "starttls") if step == "tls" or "certificate" in options else \
                         ("plain",) if not SERVERS[server][1] else ("starttls",)
            for security in securities:
                auth = options.get("auth", "plain" if SERVERS[server][1] else "none")
                yield Row(server, security, security, situation, result, code, step, auth,
                          tuple(pair for pair in options.items() if pair[0] != "auth"))


ROWS = (*logins(), *faults(), *OTHERS)


def make_logins():
    """Server, and for each way to log in the encryptions it was tried with."""
    ways = SERVERS["dovecot"][1]
    lines = ["| server | " + " | ".join(way.upper() for way in ways) + " |", "| --- |" + " --- |" * len(ways)]
    for server, (name, mechanisms) in SERVERS.items():
        cells = [", ".join(row.security for row in ROWS if (row.server, row.auth, row.situation) == (server, way, "logs in"))
                 for way in ways]
        if mechanisms:
            lines.append(f"| {name} | " + " | ".join(cell or "–" for cell in cells) + " |")
    return "\n".join(lines)


def make_faults():
    """What is wrong, what comes of it, and where, with the number the server answers."""
    found = {}
    for row in ROWS:
        if row.situation != "logs in":
            said = SERVERS[row.server][0] + (f" {row.code}" if row.code and row.result != "accepted" else "")
            found.setdefault((row.situation, OUTCOMES[row.result]), {})[said] = None
    lines = ["| what is wrong | the message | seen with |", "| --- | --- | --- |"]
    lines += [f"| {situation} | {outcome} | {', '.join(servers)} |" for (situation, outcome), servers in sorted(found.items())]
    return "\n".join(lines)
