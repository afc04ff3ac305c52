#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends mail to real servers: what they do to it, and what is said about it.

    test-smtp.py PROGRAM        (smtp-submit)
"""

import base64
import os
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from smtp_server import NodeSmtp, SmtpSink, provision

PROGRAM = sys.argv[1]
LIMIT_S = 90
TITLE = "Größe ÄÖÜ – Bücherstütze.gcode 🎉 ist fertig, nach 12 Stunden und drei Filamentrollen Ελλάδα"
TEXT = "Fertig: 🎉\n.\n..zwei Punkte\nFrom hier\n" + "lang äöü " * 200
USERS = {"ada@example.org": "pässwörd 1\\!"}
RIGHT, WRONG = "the server's own", "SHA256:" + 32 * "A5"
LOGIN = {"user": "ada@example.org", "password": "pässwörd 1\\!"}

# name, flags of smtp-sink, result, code, step, committed, mails that arrived whole. It keeps a mail whose
# dot it then refuses. (With -A it speaks while the message is under way, at a moment that is chance: the unit tests do it.)
SINK = [
    ("accepts", [], "accepted", 250, "committing", True, 1),
    ("without EHLO", ["-e"], "accepted", 250, "committing", True, 1),
    ("without 8BITMIME", ["-8"], "accepted", 250, "committing", True, 1),
    ("behind a PIX", ["-P"], "accepted", 250, "committing", True, 1),
    ("slow to answer the dot", ["-W", ".:2"], "accepted", 250, "committing", True, 1),
    ("greylists", ["-r", "RCPT"], "busy", 450, "recipient", False, 0),
    ("no such recipient", ["-f", "RCPT", "-B", "550 5.1.1 no such user"], "rejected", 550, "recipient", False, 0),
    ("no such sender", ["-f", "MAIL"], "rejected", 500, "sender", False, 0),
    ("sender later", ["-r", "MAIL"], "busy", 450, "sender", False, 0),
    ("no data", ["-f", "DATA"], "rejected", 500, "data", False, 0),
    ("data later", ["-r", "DATA"], "busy", 450, "data", False, 0),
    ("refuses the content", ["-f", "."], "rejected", 500, "committing", True, 1),
    ("content later", ["-r", "."], "busy", 450, "committing", True, 1),
    ("hangs up at DATA", ["-q", "DATA"], "unreachable", 0, "data", False, 0),
    ("hangs up after the dot", ["-q", "."], "ambiguous", 0, "committing", True, 1),
    ("hangs up with 421", ["-Q", "MAIL"], "unreachable", 421, "sender", False, 0),
    ("421 after the dot", ["-Q", "."], "busy", 421, "committing", True, 1),
    ("busy from the start", ["-r", "CONNECT"], "unreachable", 450, "greeting", False, 0),
    ("refuses us", ["-f", "CONNECT"], "unreachable", 500, "greeting", False, 0),
]

# name, server, what we say, result, code, step, mails
NODE = [
    ("TLS, PLAIN", dict(security="tls", users=USERS, mechanisms=["PLAIN"]), LOGIN, "accepted", 250, "committing", 1),
    ("TLS, LOGIN", dict(security="tls", users=USERS, mechanisms=["LOGIN"]), LOGIN, "accepted", 250, "committing", 1),
    ("STARTTLS, PLAIN", dict(security="starttls", users=USERS), LOGIN, "accepted", 250, "committing", 1),
    ("STARTTLS, LOGIN chosen", dict(security="starttls", users=USERS), {**LOGIN, "auth": "login"},
     "accepted", 250, "committing", 1),
    ("plain on this computer", dict(security="plain", users=USERS), LOGIN, "accepted", 250, "committing", 1),
    ("no login", dict(security="tls"), {}, "accepted", 250, "committing", 1),
    ("wrong password", dict(security="tls", users=USERS), {**LOGIN, "password": "x"},
     "unauthorized", 535, "login", 0),
    ("wrong password by LOGIN", dict(security="starttls", users=USERS, mechanisms=["LOGIN"]),
     {**LOGIN, "password": "x"}, "unauthorized", 535, "login", 0),
    ("login wanted", dict(security="tls", users=USERS), {}, "unauthorized", 530, "login", 0),
    ("login not offered", dict(security="tls"), LOGIN, "unauthorized", 0, "login", 0),
    ("mechanism unknown", dict(security="tls", users=USERS, mechanisms=["XOAUTH2"]), LOGIN,
     "unauthorized", 0, "login", 0),
    ("recipient refused", dict(security="tls", refuse={"rcpt": "550 5.1.1 nobody there"}), {},
     "rejected", 550, "recipient", 0),
    ("sender refused", dict(security="tls", refuse={"mail": "553 5.7.1 not yours"}), {},
     "settings", 553, "sender", 0),
    ("content refused", dict(security="tls", refuse={"data": "554 5.7.1 spam"}), {},
     "rejected", 554, "committing", 0),
    ("too large", dict(security="tls", size=1000), {}, "rejected", 0, "sender", 0),
    ("letters of the world", dict(security="tls"), {"recipient": "jörg@bücher.example"},
     "accepted", 250, "committing", 1),
    ("letters not taken", dict(security="tls", utf8=False), {"recipient": "jörg@bücher.example"},
     "rejected", 0, "sender", 0),
    ("self-signed", dict(security="tls", certificate="self-signed"), {}, "untrusted", 0, "tls", 0),
    ("self-signed by STARTTLS", dict(security="starttls", certificate="self-signed", users=USERS), LOGIN,
     "untrusted", 0, "tls", 0),
    ("of another name", dict(security="tls", certificate="wrong-name"), {}, "untrusted", 0, "tls", 0),
    ("expired", dict(security="tls", certificate="expired"), {}, "untrusted", 0, "tls", 0),
    ("self-signed and pinned", dict(security="tls", certificate="self-signed", users=USERS), {**LOGIN, "certificate": RIGHT},
     "accepted", 250, "committing", 1),
    ("self-signed and pinned, STARTTLS", dict(security="starttls", certificate="self-signed", users=USERS),
     {**LOGIN, "certificate": RIGHT}, "accepted", 250, "committing", 1),
    ("expired and pinned", dict(security="tls", certificate="expired"), {"certificate": RIGHT},
     "accepted", 250, "committing", 1),
    ("another key than pinned", dict(security="tls", certificate="self-signed", users=USERS),
     {**LOGIN, "certificate": WRONG}, "untrusted", 0, "tls", 0),
    ("another key than pinned, STARTTLS", dict(security="starttls", certificate="self-signed", users=USERS),
     {**LOGIN, "certificate": WRONG}, "untrusted", 0, "tls", 0),
    ("another key than pinned, from an authority", dict(security="tls", users=USERS), {**LOGIN, "certificate": WRONG},
     "untrusted", 0, "tls", 0),
    ("a fingerprint that is none", dict(security="tls"), {"certificate": "SHA256:12"}, "settings", 0, "connect", 0),
    ("authority unknown", dict(security="tls"), {"authority": None}, "untrusted", 0, "tls", 0),
    ("no encryption offered", dict(security="plain", users=USERS), {**LOGIN, "security": "starttls"},
     "untrusted", 0, "tls", 0),
    ("TLS to a plain port", dict(security="plain"), {"security": "tls"}, "untrusted", 0, "tls", 0),
]


def submit(port, **options):
    options = {"host": "localhost", "port": port, "sender": "printer@example.org", "recipient": "ben@example.org",
               "title": TITLE, "text": TEXT, **options}
    arguments = [f"--{name}={value}" for name, value in options.items() if value is not None]
    done = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=LIMIT_S)
    if done.returncode != 0:
        raise AssertionError(f"smtp-submit ended with {done.returncode}: {done.stderr[-2000:]}")
    result, code, step, committed, sentence, words = done.stdout.split("\n")[:6]
    return {"result": result, "code": int(code), "step": step, "committed": committed == "1",
            "sentence": sentence, "words": words}


def differences(said, **expected):
    found = [f"{name} is {said[name]!r} and should be {value!r}"
             for name, value in expected.items() if said[name] != value]
    if (said["result"] == "accepted") != (said["sentence"] == ""):
        found.append(f"sentence {said['sentence']!r}")
    if (said["code"] != 0) != (said["words"] != ""):
        found.append(f"code {said['code']}, but words {said['words']!r}")
    return found


def try_sink(name, flags, result, code, step, committed, arrived):
    with SmtpSink(*flags) as sink:
        said = submit(sink.port, security="plain")
        found = differences(said, result=result, code=code, step=step, committed=committed)
        mails = sink.mails()
        if len(mails) != arrived:
            found.append(f"{len(mails)} mails arrived")
        for mail in mails:
            found += judge(mail["Subject"], mail.get_content())
    return "smtp-sink: " + name, found


def judge(subject, text):
    """What the reader sees of the message."""
    same = lambda a, b: unicodedata.normalize("NFC", a) == unicodedata.normalize("NFC", b)
    found = []
    if not same(subject, TITLE):
        found.append(f"subject {subject!r}")
    if not same(text.replace("\r\n", "\n").rstrip(), TEXT.rstrip()):
        found.append(f"text {text!r}")
    return found


def try_node(name, server, options, result, code, step, arrived):
    with NodeSmtp(**server) as node:
        said = submit(node.port, **{"security": server["security"], "authority": node.authority, **options,
                                    **({"certificate": node.fingerprint} if options.get("certificate") == RIGHT else {})})
        found = differences(said, result=result, code=code, step=step, committed=step == "committing")
        mails, logins = node.mails(), node.records("login")
        if len(mails) != arrived:
            found.append(f"{len(mails)} mails arrived")
        for mail in mails:
            found += judge(mail["subject"], mail["text"])
            if mail["user"] != options.get("user") or mail["secure"] != (server["security"] != "plain"):
                found.append(f"user {mail['user']}, secure {mail['secure']}")
            if max(map(len, base64.b64decode(mail["raw"]).split(b"\r\n"))) > 998:
                found.append("a line is too long")
        # What a person needs to compare it
        if said["result"] == "untrusted" and server.get("certificate", "good") != "good" and \
           node.fingerprint not in said["sentence"]:
            found.append(f"the fingerprint is not told: {said['sentence']}")
        # Before the server has proved who it is, it is not told a password.
        if said["result"] == "untrusted" and logins:
            found.append("the password left")
    return "smtp-server: " + name, found


def main():
    provision()
    print(f"1..{len(SINK) + len(NODE)}", flush=True)
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(try_sink, *row) for row in SINK] + [pool.submit(try_node, *row) for row in NODE]
        for number, (future, row) in enumerate(zip(running, SINK + NODE), 1):
            try:
                name, found = future.result()
            except Exception as error:
                name, found = row[0], [repr(error)]
            failed += bool(found)
            print(f"{'not ok' if found else 'ok'} {number} - {name}", flush=True)
            for line in found:
                print("# " + line.replace("\n", "\n# "), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
