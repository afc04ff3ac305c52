# SPDX-License-Identifier: GPL-3.0-or-later
"""An internet of our own, inside enter_network(): a real name server, web servers by name, and who vouches for them.

    enter_network()
    with PrivateInternet({"www.made.example": answer}) as internet:
        internet.names.write("host-record=www.made.example,10.99.0.1")
        internet.requests                   (name, path) of each that came

Programs started inside ask it through /etc/resolv.conf and trust it through the system's list of authorities.
`answer(handler, path)` is called for a request to that name. A name that stands in `untrusted` shows somebody else's
certificate.
"""

import http.server
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time

from private_network import place, run
from smtp_server import openssl

HERE = pathlib.Path(__file__).parent
ADDRESS = "10.99.0.1"
LIMIT_S = 20


def provision():
    """Folder of the name server; fetches it if it is missing, so it wants the real network."""
    done = subprocess.run([HERE / "provision-dnsmasq.sh"], check=True, stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, text=True, timeout=300)
    return pathlib.Path(done.stdout.strip())


class NameServer:
    """dnsmasq on 127.0.0.1; what it has not been told does not exist."""

    def __init__(self, folder):
        self.folder = folder
        self.root = provision()
        self.process = None

    def write(self, *lines):
        """Only these names, from now on: lines of dnsmasq's configuration."""
        self.stop()
        (self.folder / "names.conf").write_text("\n".join([
            "no-resolv", "no-hosts", "no-daemon", "bind-interfaces", "listen-address=127.0.0.1", "user=root",
            "cache-size=0", "log-queries", "address=/#/", *lines, ""]))
        libraries = sorted({str(path.parent) for path in self.root.rglob("*.so*")})
        with open(self.folder / "names.txt", "ab") as log:
            self.process = subprocess.Popen(
                [self.root / "usr/sbin/dnsmasq", f"--conf-file={self.folder}/names.conf"], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, env={**os.environ, "LD_LIBRARY_PATH": ":".join(libraries)})
        deadline = time.monotonic() + LIMIT_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", 53), 1).close()
                return
            except OSError as error:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise AssertionError(f"dnsmasq did not start: {self.log()}") from error
                time.sleep(0.05)

    def log(self):
        return (self.folder / "names.txt").read_text(encoding="utf-8", errors="replace")

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(LIMIT_S)
            self.process = None


class Handler(http.server.BaseHTTPRequestHandler):
    """Gives each request to the function of its name."""

    timeout = LIMIT_S

    def do_GET(self):  # pylint: disable=invalid-name
        name = self.headers.get("Host", "")
        self.server.requests.append((name, self.path))
        answer = self.server.answers.get(name)
        if answer is None:
            self.send_error(404)
            return
        try:
            answer(self, self.path)
        except OSError:
            # The other side has had enough
            pass

    def reply(self, body, kind="text/xml"):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, url):
        self.send_response(302)
        self.send_header("Location", url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments):  # pylint: disable=arguments-differ
        pass


class WebServer(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, port, internet):
        self.requests = internet.requests if port == 443 else internet.plain_requests
        self.answers = internet.answers
        super().__init__(("0.0.0.0", port), Handler)

    def handle_error(self, *_arguments):  # pylint: disable=arguments-differ
        """A connection that was given up in the handshake is what some tests want."""


class PrivateInternet:
    """`requests` came by HTTPS, `plain_requests` by HTTP."""

    def __init__(self, answers, untrusted=()):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="internet-test-"))
        self.answers = answers
        self.untrusted = set(untrusted)
        self.requests = []
        self.plain_requests = []
        self.servers = []
        self.names = NameServer(self.folder)

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_error):
        self.close()

    def close(self):
        for server in self.servers:
            server.shutdown()
            server.server_close()
        self.names.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def certify(self, folder, file, *names):
        """`file` in `folder`, made out to `names` by the authority of this internet, for its key.pem."""
        folder = pathlib.Path(folder)
        for needed in ("authority.pem", "authority-key.pem", "key.pem"):
            if folder != self.folder:
                shutil.copy(self.folder / needed, folder)
        (folder / "extensions").write_text("subjectAltName=" + ",".join(f"DNS:{name}" for name in names) + "\n")
        openssl(folder, "req", "-new", "-key", "key.pem", "-subj", "/CN=made", "-out", "request.pem")
        openssl(folder, "x509", "-req", "-in", "request.pem", "-CA", "authority.pem", "-CAkey", "authority-key.pem",
                "-CAcreateserial", "-days", "2", "-extfile", "extensions", "-out", file)

    def _start(self):
        # Not an address of loopback, which nobody on the internet has
        run("ip", "address", "add", ADDRESS + "/32", "dev", "lo")
        openssl(self.folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                "2", "-subj", "/CN=Authority of the private internet", "-keyout", "authority-key.pem", "-out",
                "authority.pem")
        openssl(self.folder, "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "key.pem")
        self.certify(self.folder, "good.pem", *self.answers)
        self.certify(self.folder, "other.pem", "other.example")
        place(self.folder, "/etc/resolv.conf", "nameserver 127.0.0.1\n")
        place(self.folder, "/etc/nsswitch.conf", "hosts: files dns\n")
        place(self.folder, "/etc/ssl/certs/ca-certificates.crt", (self.folder / "authority.pem").read_text())
        for port in (443, 80):
            server = WebServer(port, self)
            if port == 443:
                self._encrypt(server)
            self.servers.append(server)
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def _encrypt(self, server):
        contexts = {}
        for name in ("good", "other"):
            contexts[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            contexts[name].load_cert_chain(self.folder / f"{name}.pem", self.folder / "key.pem")

        def choose(connection, name, _context):
            if name in self.untrusted:
                connection.context = contexts["other"]
        contexts["good"].sni_callback = choose
        # Each connection shakes hands in its own thread, when it is first read
        server.socket = contexts["good"].wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
