#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logs in to Dovecot's submission server in every way it knows, and looks at what both sides say of it.

    test-login.py PROGRAM        (smtp-submit)
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from dovecot_server import MECHANISMS, Dovecot
import dovecot_server
import smtp_server

PROGRAM = sys.argv[1]
LIMIT_S = 90
LOG_S = 10
TOKENS = ("XOAUTH2", "OAUTHBEARER")
# The second is as hard as a password and a name can be for something that parts fields by them.
USERS = {"ada@example.org": "canary-secret", "a=b,c d": "pässwörd \"1\\! =2C,=3D ", "ben": "①ﬁ\u00ad x"}


def submit(server, **options):
    """What smtp-submit says, and all it has printed, with the log at its most talkative."""
    options = {"host": "localhost", "port": server.port, "security": server.security,
               "authority": server.authority if server.security != "plain" else None,
               "sender": "printer@example.org", "recipient": "ben@example.org", "title": "Title", "text": "Text",
               **options}
    arguments = [f"--{name}={value}" for name, value in options.items() if value is not None]
    done = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=LIMIT_S,
                          env={**os.environ, "G_MESSAGES_DEBUG": "all"})
    if done.returncode != 0:
        raise AssertionError(f"smtp-submit ended with {done.returncode}: {done.stderr[-2000:]}")
    # Its log goes to the same place, in lines of its own.
    lines = done.stdout.split("\n")[-7:-1]
    result, code, step, _committed, sentence, words = lines
    return {"result": result, "code": int(code), "step": step, "sentence": sentence, "words": words,
            "all": done.stdout + done.stderr}


def successes(server):
    return [line.partition("method=")[2].partition(",")[0] for line in server.output().splitlines()
            if "Info: Login: " in line]


def judge(server, said, secret, result, step, ways, mails=None):
    """@ways: of logging in that the server has seen succeed."""
    found = []
    if (said["result"], said["step"]) != (result, step):
        found.append(f"{said['result']} at {said['step']}: {said['sentence']} ({said['words']})")
    if mails is None:
        mails = 1 if result == "accepted" else 0
    if len(server.mails()) != mails:
        found.append(f"{len(server.mails())} mails arrived")
    seen = successes(server)
    # What it writes down comes a moment after what it answers.
    deadline = time.monotonic() + LOG_S
    while len(seen) < len(ways) and time.monotonic() < deadline:
        time.sleep(0.05)
        seen = successes(server)
    if seen != ways:
        found.append(f"logged in by {seen}, not {ways}")
    if len(secret) > 5 and secret in said["all"]:
        found.append("the secret is told")
    return found


def credentials(server, mechanism, user, right):
    if mechanism in TOKENS:
        token = server.make_token(user) if right else server.make_token(user, key=b"another key")
        return {"user": user, "token": token}, token
    password = USERS[user] if right else "canary-wrong"
    return {"user": user, "password": password}, password


def try_mechanism(mechanism, security, user, right):
    with Dovecot(mechanisms=[mechanism], users=USERS, security=security) as server:
        options, secret = credentials(server, mechanism, user, right)
        said = submit(server, **options)
        if right:
            return judge(server, said, secret, "accepted", "committing", [mechanism])
        found = judge(server, said, secret, "unauthorized", "login", [])
        if not said["words"] or said["code"] // 100 != 5:
            found.append(f"words {said['words']!r}")
        return found


def try_strongest(security, way, with_token):
    with Dovecot(users=USERS, security=security) as server:
        user = "ada@example.org"
        options = {"user": user, "password": USERS[user]}
        if with_token:
            options["token"] = server.make_token(user)
        return judge(server, submit(server, **options), USERS[user], "accepted", "committing", [way])


def try_wanted(mechanism):
    with Dovecot(users=USERS, security="starttls") as server:
        options, secret = credentials(server, mechanism, "ada@example.org", True)
        said = submit(server, auth=mechanism.lower(), **options)
        return judge(server, said, secret, "accepted", "committing", [mechanism])


def try_hashed(mechanisms, way, right):
    """A server that has hashes for PLAIN alone, and offers more."""
    with Dovecot(mechanisms=mechanisms, users=USERS, hashed=True) as server:
        options, secret = credentials(server, "PLAIN", "ada@example.org", right)
        said = submit(server, **options)
        if way is None:
            return judge(server, said, secret, "unauthorized", "login", [])
        return judge(server, said, secret, "accepted", "committing", [way])


def try_long_token():
    """Beyond what fits on a command."""
    with Dovecot(users=USERS, mechanisms=["XOAUTH2"]) as server:
        token = server.make_token("ada@example.org", scope="mail " * 300)
        said = submit(server, user="ada@example.org", token=token)
        found = judge(server, said, token, "accepted", "committing", ["XOAUTH2"])
        return found + ([] if len(token) > 2000 else [f"a token of {len(token)} bytes"])


def try_expired_token(mechanism):
    with Dovecot(users=USERS, mechanisms=[mechanism]) as server:
        token = server.make_token("ada@example.org", lives_s=-60)
        return judge(server, submit(server, user="ada@example.org", token=token), token, "unauthorized", "login", [])


def try_not_offered():
    with Dovecot(users=USERS, mechanisms=["PLAIN"]) as server:
        said = submit(server, user="ada@example.org", password=USERS["ada@example.org"], auth="cram-md5")
        return judge(server, said, USERS["ada@example.org"], "unauthorized", "login", [])


def try_no_password():
    """No login then, and this server wants one."""
    with Dovecot(users=USERS, mechanisms=["PLAIN"]) as server:
        return judge(server, submit(server, user="ada@example.org", password=""), "", "unauthorized", "sender", [])


def rows():
    for mechanism in MECHANISMS:
        for security in ("tls", "starttls", "plain"):
            for right in (True, False):
                yield (f"{mechanism}, {security}, {'right' if right else 'wrong'} secret",
                       try_mechanism, mechanism, security, "ada@example.org", right)
    for mechanism in MECHANISMS[:4]:
        yield f"{mechanism}, a name and a password with every kind of sign", try_mechanism, mechanism, "tls", "a=b,c d", True
    for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5"):
        yield f"{mechanism}, a bare name and letters as they were typed", try_mechanism, mechanism, "tls", "ben", True
    for mechanism in MECHANISMS:
        yield f"{mechanism} wanted", try_wanted, mechanism
    for security in ("tls", "starttls", "plain"):
        yield f"strongest of all, {security}", try_strongest, security, "SCRAM-SHA-256", False
        yield f"strongest of all with a token, {security}", try_strongest, security, "XOAUTH2", True
    yield "SCRAM offered in vain", try_hashed, ["SCRAM-SHA-256", "CRAM-MD5", "PLAIN", "LOGIN"], "PLAIN", True
    yield "SCRAM offered in vain beside LOGIN", try_hashed, ["SCRAM-SHA-256", "LOGIN"], "LOGIN", True
    yield "CRAM-MD5 offered in vain", try_hashed, ["CRAM-MD5", "LOGIN"], "LOGIN", True
    yield "SCRAM alone and in vain", try_hashed, ["SCRAM-SHA-256", "CRAM-MD5"], None, True
    yield "SCRAM in vain and a wrong password", try_hashed, ["SCRAM-SHA-256", "PLAIN"], None, False
    yield "a token of 2 KB", try_long_token
    yield "an expired token by XOAUTH2", try_expired_token, "XOAUTH2"
    yield "an expired token by OAUTHBEARER", try_expired_token, "OAUTHBEARER"
    yield "what is wanted is not offered", try_not_offered
    yield "no password, no login", try_no_password


def main():
    smtp_server.provision()
    dovecot_server.provision()
    all_rows = list(rows())
    print(f"1..{len(all_rows)}", flush=True)
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(*row[1:]) for row in all_rows]
        for number, (future, row) in enumerate(zip(running, all_rows), 1):
            try:
                found = future.result()
            except Exception as error:
                found = [repr(error)]
            failed += bool(found)
            print(f"{'not ok' if found else 'ok'} {number} - {row[0]}", flush=True)
            for line in found:
                print("# " + line.replace("\n", "\n# "), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
