# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends a mail with other people's programs, swaks and msmtp, to show that a server works as the test believes.

A row that fails after its server is proved so is our own fault.
"""

import os
import subprocess

from unpacked_server import provision

LIMIT_S = 60
SWAKS_WAYS = ("none", "plain", "login", "cram-md5")

MSMTP = """
account default
host localhost
port {port}
tls {encrypted}
tls_starttls {starttls}
tls_trust_file {authority}
from {sender}
auth {auth}
user {user}
password {secret}
"""


def by_swaks(options, title, text):
    """What it said if it failed."""
    root = provision("swaks")
    folders = [root / "usr/share/perl5", *root.glob("usr/lib/*/perl5/*")]
    login = [] if options["auth"] == "none" else ["--auth", options["auth"].upper(), "--auth-user", options["user"],
                                                  "--auth-password", options["password"]]
    secure = {"tls": ["--tls-on-connect"], "starttls": ["--tls"], "plain": []}[options["security"]]
    verify = ["--tls-verify", "--tls-ca-path", options["authority"]] if secure else []
    command = ["perl", root / "usr/bin/swaks", "--server", "localhost", "--port", options["port"], *secure, *verify, *login,
               "--ehlo", "localhost", "--from", options["sender"], "--to", options["recipient"],
               "--header", f"Subject: {title}", "--body", text, "--hide-all"]
    done = subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env={**os.environ, "PERL5LIB": ":".join(map(str, folders))}, timeout=LIMIT_S, check=False)
    return None if done.returncode == 0 else f"swaks {done.returncode}: " + done.stdout.decode(errors="replace")[-500:]


def by_msmtp(options, title, text, folder):
    root = provision("msmtp")
    path = folder / "msmtp.conf"
    path.touch(mode=0o600)
    path.write_text(MSMTP.format(encrypted="off" if options["security"] == "plain" else "on",
                                 starttls="on" if options["security"] == "starttls" else "off",
                                 secret=options.get("token") or options["password"], **options))
    libraries = ":".join(map(str, root.glob("usr/lib/*-linux-gnu")))
    done = subprocess.run([root / "usr/bin/msmtp", "-C", path, options["recipient"]],
                          input=f"Subject: {title}\nFrom: {options['sender']}\n\n{text}\n".encode(), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env={**os.environ, "LD_LIBRARY_PATH": libraries}, timeout=LIMIT_S, check=False)
    return None if done.returncode == 0 else f"msmtp {done.returncode}: " + done.stdout.decode(errors="replace")[-500:]
