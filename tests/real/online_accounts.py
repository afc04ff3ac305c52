# SPDX-License-Identifier: GPL-3.0-or-later
"""GNOME Online Accounts in a private session: Debian's own daemon, and a stand-in for what it cannot be made to do.

    RealAccounts(session, accounts)         goa-daemon with these accounts; secrets come from the session's keyring
    FakeAccounts(session)                   fake_online_accounts.py; its `write` says what it shows and answers

Both are processes of the session and end with it. test-online-accounts.py compares how the two look on the bus.
"""

import functools
import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
NAME = "org.gnome.OnlineAccounts"
PATH = "/org/gnome/OnlineAccounts"
LIMIT_S = 60


@functools.cache
def provision():
    done = subprocess.run([HERE / "provision-goa.sh"], check=True, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
                          text=True, timeout=600)
    return pathlib.Path(done.stdout.strip().splitlines()[-1])


def account_path(account):
    return f"{PATH}/Accounts/{account}"


def wait_for_name(session, process):
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline and process.poll() is None:
        if session.run(["gdbus", "call", "--session", "-d", NAME, "-o", PATH, "-m",
                        "org.freedesktop.DBus.Peer.Ping"]).returncode == 0:
            return
        time.sleep(0.05)
    raise AssertionError(f"{NAME} did not appear on the bus")


class RealAccounts:
    """@accounts: {id: {key: value}} as in accounts.conf; @secrets: {id: {"smtp-password": …}} of imap_smtp accounts"""

    def __init__(self, session, accounts, secrets=None):
        folder = pathlib.Path(session.environment["XDG_CONFIG_HOME"]) / "goa-1.0"
        folder.mkdir(exist_ok=True)
        (folder / "accounts.conf").write_text("".join(
            f"[Account {account}]\n" + "".join(f"{key}={value}\n" for key, value in keys.items())
            for account, keys in accounts.items()))
        for account, passwords in (secrets or {}).items():
            session.run(["secret-tool", "store", "--label", account, "xdg:schema", NAME,
                         "goa-identity", f"imap_smtp:gen0:{account}"],
                        input="{" + ", ".join(f"'{key}': <'{value}'>" for key, value in passwords.items()) + "}")

        root = provision()
        libraries = ":".join(map(str, root.glob("usr/lib/*-linux-gnu")))
        environment = {**session.environment, "LD_LIBRARY_PATH": libraries, "GSETTINGS_BACKEND": "memory",
                       "XDG_DATA_DIRS": f"{root}/usr/share:/usr/share"}
        with open(os.path.join(session.folder, "goa.txt"), "wb") as log:
            self.process = subprocess.Popen([root / "usr/libexec/goa-daemon", "--replace"], env=environment,
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        session.processes.append(self.process)
        wait_for_name(session, self.process)


class FakeAccounts:
    """`state` is {id: {"properties": {interface: {name: value}}, "token" or "password", …}}; see the program."""

    def __init__(self, session, state=None):
        self.file = pathlib.Path(session.folder) / "online-accounts.json"
        self.calls_file = pathlib.Path(session.folder) / "online-accounts.calls"
        self.calls_file.touch()
        self.write(state or {})
        with open(os.path.join(session.folder, "fake-goa.txt"), "wb") as log:
            self.process = session.spawn([sys.executable, HERE / "fake_online_accounts.py", self.file, self.calls_file],
                                         stdout=log, stderr=log)
        wait_for_name(session, self.process)

    def write(self, state):
        """From now on; read anew at each call."""
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps(state))
        new.replace(self.file)
        self.state = state

    def calls(self):
        """The methods that were called, e.g. ["GetManagedObjects", "GetAccessToken"]."""
        return self.calls_file.read_text().split()


def google(address, port, **more):
    """What goa-daemon shows of a Google account, but for the server."""
    return {"properties": {
        "Account": {"ProviderType": "google", "ProviderName": "Google", "PresentationIdentity": address,
                    "Identity": address, "AttentionNeeded": False, "MailDisabled": False},
        "Mail": {"EmailAddress": address, "Name": "", "SmtpSupported": True, "SmtpHost": f"localhost:{port}",
                 "SmtpUseAuth": True, "SmtpUserName": address, "SmtpAuthXoauth2": True, "SmtpAuthLogin": False,
                 "SmtpAuthPlain": False, "SmtpUseSsl": True, "SmtpUseTls": True, "SmtpAcceptSslErrors": False},
        "OAuth2Based": {"ClientId": "some", "ClientSecret": "some"}}, **more}


def microsoft(address, **more):
    """What goa-daemon of GNOME 47 shows of a Microsoft 365 account."""
    return {"properties": {
        "Account": {"ProviderType": "ms_graph", "ProviderName": "Microsoft 365", "PresentationIdentity": address,
                    "Identity": "0123", "AttentionNeeded": False, "MailDisabled": False},
        "Mail": {"EmailAddress": address, "Name": ""},
        "OAuth2Based": {"ClientId": "some", "ClientSecret": ""}}, **more}
