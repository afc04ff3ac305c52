# SPDX-License-Identifier: GPL-3.0-or-later
"""X's login in the browser, by an authorization server that was not made here, and a person who uses it.

    with OauthServer(client_secret=None) as server:          oidc-provider; server.url, server.grants(), server.posts()
        server.spoil({"status": 503}, {"after": "lost"})     the next requests for tokens
        server.forget("access")                              X takes back what it gave: "access" or "refresh"
        Browser().sign_in(page)                              walks the pages, follows X home; or stops before that
"""

import functools
import http.cookiejar
import json
import pathlib
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from smtp_server import HERE, Server

CLIENT_ID = "T2N0b0hlcmFsZDpuYXRpdmU"
REDIRECTS = [f"http://127.0.0.1:{port}/callback" for port in (48721, 48722, 48723)]
LIMIT_S = 30


@functools.cache
def provision():
    done = subprocess.run([HERE / "provision-oauth.sh"], check=True, stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, text=True, timeout=600)
    return pathlib.Path(done.stdout.strip().splitlines()[-1])


class OauthServer(Server):
    """@client_secret: None for a public client; @access_s, @code_s: how long tokens and codes are good"""

    def __init__(self, client_secret=None, access_s=7200, code_s=30, port=None, redirects=None):
        super().__init__(port)
        self.settings = {"clientId": CLIENT_ID, "clientSecret": client_secret, "accessTtl": access_s, "codeTtl": code_s,
                         "redirects": redirects or REDIRECTS}
        for name in ("faults", "journal"):
            (self.folder / name).write_text("")

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def prepare(self):
        configuration = {**self.settings, "port": self.port, "modules": str(provision() / "oauth-npm/node_modules"),
                         **{name: str(self.folder / name) for name in ("faults", "journal")}}
        return ["node", HERE / "oauth-server.mjs", json.dumps(configuration)], {}

    def spoil(self, *faults):
        with (self.folder / "faults").open("a") as file:
            file.writelines(json.dumps(fault) + "\n" for fault in faults)

    def forget(self, what):
        urllib.request.urlopen(f"{self.url}/forget/{what}", timeout=LIMIT_S).close()

    def journal(self):
        return [json.loads(line) for line in (self.folder / "journal").read_text().splitlines()]

    def grants(self, kind=None):
        return [entry for entry in self.journal() if kind in (None, entry.get("grant")) and "grant" in entry]

    def posts(self):
        return [entry["post"] for entry in self.journal() if entry.get("status") == 201]

    def secrets(self):
        """All that nobody else may learn."""
        found = {entry.get(name) for entry in self.journal() for name in ("given", "access", "refresh", "verifier")}
        return {text for text in found | {self.settings["clientSecret"]} if text}


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None


class Browser:
    """With cookies of its own; `address` is where it is."""

    def __init__(self):
        self.opener = urllib.request.build_opener(
            _StayHere, urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), urllib.request.ProxyHandler({}))
        self.address = ""

    def visit(self, address, form=None):
        """Status, text and where it is sent to, of one page."""
        self.address = urllib.parse.urljoin(self.address, address)
        data = urllib.parse.urlencode(form).encode() if form else None
        try:
            answer = self.opener.open(self.address, data, LIMIT_S)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.read().decode(), answer.headers.get("Location")

    def allow(self, page, answer=True):
        """Signs in and allows it, or not; the address that X sends the browser home to, which is not visited."""
        location = page
        for _step in range(12):
            if "/callback?" in location and not location.startswith(page[:20]):
                return location
            status, text, location = self.visit(location)
            if status == 200 and "name=\"prompt\" value=\"login\"" in text:
                _, _, location = self.visit(self.address, {"prompt": "login", "login": "maker", "password": "x"})
            elif status == 200 and "name=\"prompt\" value=\"consent\"" in text:
                _, _, location = (self.visit(self.address, {"prompt": "consent"}) if answer else
                                  self.visit(self.address + "/abort"))
            assert location, f"{self.address}: {status} {text[:500]}"
        raise AssertionError(f"no way home from {self.address}")

    def sign_in(self, page, answer=True):
        """Status and text of the page at the end."""
        status, text, _ = self.visit(self.allow(page, answer))
        return status, text
