# SPDX-License-Identifier: GPL-3.0-or-later
"""Two judges between a client and X's stand-in, neither of them ours.

    with XStandIn(PROGRAM) as x, prism() as prism, XJudge(x, prism) as judge:
        …                                   the client's server is judge.url
        judge.violations == []              what was wrong, one line each
        judge.n_signed                      so many requests were signed, as oauthlib sees it
        judge.n_shaped                      so many had the shape of X's description, as Prism sees it; 0 without one

Python's oauthlib looks at every signature, its moment and its nonce. Prism serves X's own description, if the environment
names it in X_OPENAPI (meson -Dx_openapi=…, docs/testing.md; it takes long to start), and gets a copy of every request with a Bearer token: it knows
nothing of OAuth 1.0a. What is played to the stand-in itself (`/demo/…`) and logins pass unjudged.
"""

import collections
import contextlib
import http.client
import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from loopback import free_port
from x_stand_in import provision

LIMIT_S = 60
PRISM_START_S = 120
UNJUDGED = ("/demo/", "/i/", "/2/oauth2/")
OF_THIS_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


def load_oauthlib():
    sys.path[:0] = map(str, provision().glob("python/lib/python3*/site-packages"))
    from oauthlib import oauth1
    return oauth1


def make_endpoint(keys):
    """oauthlib as a server that knows @keys"""
    oauth1 = load_oauthlib()

    class Validator(oauth1.RequestValidator):
        enforce_ssl = False
        client_key_length = access_token_length = (1, 100)
        nonce_length = (16, 64)
        timestamp_lifetime = 300
        dummy_client = dummy_access_token = "dummy"
        seen = set()

        def validate_timestamp_and_nonce(self, client_key, timestamp, nonce, request, request_token=None, access_token=None):
            new = (timestamp, nonce) not in self.seen
            self.seen.add((timestamp, nonce))
            return new

        def validate_client_key(self, client_key, request):
            return client_key == keys["api-key"]

        def validate_access_token(self, client_key, token, request):
            return token == keys["access-token"]

        def validate_realms(self, client_key, token, request, uri=None, realms=None):
            return True

        def get_client_secret(self, client_key, request):
            return keys["api-secret"]

        def get_access_token_secret(self, client_key, token, request):
            return keys["access-token-secret"]

        # The alphabet of oauthlib's own tokens has no hyphen.
        safe_characters = property(lambda _self: set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."))

    return oauth1.ResourceEndpoint(Validator())


class Prism:
    """A server that answers as X's description says, and refuses what it does not"""

    def __init__(self, description):
        self.port = free_port()
        script = provision() / "node_modules/@stoplight/prism-cli/dist/index.js"
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(["node", script, "mock", "-h", "127.0.0.1", "-p", str(self.port), description],
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + PRISM_START_S
        while True:
            try:
                self.judge("GET", "/2/users/me", {}, b"")
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.log.seek(0)
                    raise AssertionError("Prism did not start: " + self.log.read().decode()[-2000:]) from None
                time.sleep(0.2)

    def judge(self, method, path, headers, body):
        """What is wrong with the request, "" if nothing is"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LIMIT_S)
        try:
            connection.request(method, path, body or None, {**headers, "Authorization": "Bearer judged"})
            answer = connection.getresponse()
            words = answer.read().decode(errors="replace")
        finally:
            connection.close()
        # Of its own answers, which are made by chance, it complains, too.
        violations = [violation["message"] for violation in json.loads(answer.headers.get("sl-violations") or "[]")
                      if violation["location"][0] == "request"]
        return "" if answer.status < 400 and not violations else f"Prism says {answer.status} {violations or words}"[:1000]

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.wait()
        self.log.close()


def prism():
    """One that knows X's description, for many an XJudge; None where nobody has named one"""
    description = os.environ.get("X_OPENAPI")
    return Prism(pathlib.Path(description)) if description else contextlib.nullcontext()


class Passage(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments):
        pass

    def read_body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def pass_on(self):
        body = self.read_body()
        self.server.judge.look(self.command, self.path, self.headers, body)
        connection = http.client.HTTPConnection(*self.server.judge.stand_in, timeout=LIMIT_S)
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                # With the host that was signed
                if name.lower() not in OF_THIS_HOP or name.lower() == "host":
                    connection.putheader(name, value)
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            self.answer(connection.getresponse())
        except (OSError, http.client.HTTPException):
            # An answer that is cut or does not come is cut or does not come.
            self.close_connection = True
        finally:
            connection.close()

    def answer(self, answer):
        body = answer.read()
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.headers.items():
            if name.lower() not in OF_THIS_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = pass_on


class XJudge:
    def __init__(self, stand_in, prism=None):
        parts = urllib.parse.urlsplit(stand_in.url)
        self.stand_in = parts.hostname, parts.port
        self.endpoint = make_endpoint(stand_in.keys)
        self.prism = prism
        self.violations = []
        self.judged = collections.Counter()
        self.lock = threading.Lock()

    def __enter__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Passage)
        self.server.daemon_threads = True
        self.server.judge = self
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.server.shutdown()
        self.server.server_close()

    @property
    def n_signed(self):
        return self.judged["signature"]

    @property
    def n_shaped(self):
        return self.judged["shape"]

    def look_at_signature(self, method, path, headers, body):
        form = headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded")
        valid, _request = self.endpoint.validate_protected_resource_request(
            self.url + path, method, body.decode() if form else None, dict(headers.items()))
        return "" if valid else "oauthlib does not believe the signature"

    def look(self, method, path, headers, body):
        if path.startswith(UNJUDGED):
            return
        found = {}
        if headers.get("Authorization", "").startswith("OAuth "):
            found["signature"] = self.look_at_signature(method, path, headers, body)
        if self.prism is not None:
            kept = {name: value for name, value in headers.items() if name.lower() not in OF_THIS_HOP | {"authorization"}}
            found["shape"] = self.prism.judge(method, path, kept, body)
        with self.lock:
            for judge, words in found.items():
                self.judged[judge] += 0 if words else 1
                if words:
                    self.violations.append(f"{method} {path}: {words}")
