# SPDX-License-Identifier: GPL-3.0-or-later
"""The proxies people put in front of OctoPrint, on loopback, each in every usual manner at once.

    with Front("nginx", octoprint_port) as front:
        front.url("prefix")         below a path, http://127.0.0.1:PORT/octoprint
        front.url("login")          asks for USER and PASSWORD (HTTP Basic)
        front.url("tls")            encrypted, with a certificate nobody vouches for
        front.url("no-upgrade")     does not pass websockets on
        front.fingerprint()         of the certificate's key, by openssl
        front.change_key()          from now on a new one

Every wait has a limit. The server is ended by its own process id.
"""

import functools
import hashlib
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

from loopback import free_port

HERE = pathlib.Path(__file__).resolve().parent
MANNERS = ("prefix", "login", "tls", "no-upgrade")
USER = "maker"
PASSWORD = "bas1c ünd mehr"
PREFIX = "/octoprint"
LIMIT_S = 60

NGINX = """
daemon off; master_process off; pid {folder}/pid; error_log stderr;
events {{ worker_connections 256; }}
http {{
  access_log off; default_type application/octet-stream;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  proxy_http_version 1.1; proxy_read_timeout 120s; proxy_connect_timeout 2s;
  proxy_set_header Host $http_host;
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  server {{
    listen 127.0.0.1:{prefix};
    location /webcam/ {{ proxy_pass http://127.0.0.1:{camera}/; }}
    location /octoprint/ {{
      proxy_pass http://127.0.0.1:{backend}/; proxy_set_header Host $http_host;
      proxy_set_header X-Script-Name /octoprint; proxy_set_header X-Scheme $scheme;
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
    }}
  }}
  server {{
    listen 127.0.0.1:{login}; auth_basic "Workshop"; auth_basic_user_file {folder}/users;
    location /webcam/ {{ proxy_pass http://127.0.0.1:{camera}/; proxy_set_header Authorization ""; }}
    location / {{
      proxy_pass http://127.0.0.1:{backend}; proxy_set_header Host $http_host;
      proxy_set_header Authorization "";
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
    }}
  }}
  server {{
    listen 127.0.0.1:{tls} ssl http2; ssl_certificate {folder}/front.pem; ssl_certificate_key {folder}/front.pem;
    location /webcam/ {{ proxy_pass http://127.0.0.1:{camera}/; }}
    location / {{
      proxy_pass http://127.0.0.1:{backend}; proxy_set_header Host $http_host; proxy_set_header X-Scheme https;
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
    }}
  }}
  server {{
    listen 127.0.0.1:{no_upgrade};
    location / {{ proxy_pass http://127.0.0.1:{backend}; proxy_set_header Host $http_host; }}
  }}
}}
"""

HAPROXY = """
global
  maxconn 100
defaults
  mode http
  timeout connect 2s
  timeout client 120s
  timeout server 120s
  timeout tunnel 1h
  default_backend octoprint
userlist people
  user {user} insecure-password "{password}"
frontend prefix
  bind 127.0.0.1:{prefix}
  http-request set-header X-Script-Name /octoprint
  http-request deny deny_status 404 unless {{ path_beg /octoprint/ }}
  http-request replace-path /octoprint/(.*) /\\1
frontend login
  bind 127.0.0.1:{login}
  http-request auth realm Workshop unless {{ http_auth(people) }}
  http-request del-header Authorization
frontend tls
  bind 127.0.0.1:{tls} ssl crt {folder}/front.pem alpn h2,http/1.1
  http-request set-header X-Scheme https
frontend no_upgrade
  bind 127.0.0.1:{no_upgrade}
  http-request del-header Upgrade
  http-request del-header Connection
backend octoprint
  server one 127.0.0.1:{backend}
"""


class FrontError(Exception):
    """A proxy did not come up; the end of its output is in the text."""


@functools.cache
def provision():
    """Folder of the programs; fetches them if they are missing."""
    done = subprocess.run([HERE / "provision-fronts.sh"], check=True, stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, text=True, timeout=600)
    return pathlib.Path(done.stdout.strip().splitlines()[-1])


class Front:
    """One nginx or haproxy with a server for each of MANNERS. nginx also has a camera below /webcam/."""

    def __init__(self, kind, backend_port, camera_port=9):
        self.kind = kind
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="front-server-"))
        self.ports = {manner: free_port() for manner in MANNERS}
        self.process = None
        text = NGINX if kind == "nginx" else HAPROXY
        ports = {manner.replace("-", "_"): port for manner, port in self.ports.items()}
        (self.folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
        (self.folder / "conf").write_text(text.format(folder=self.folder, backend=backend_port, user=USER,
                                                      camera=camera_port, password=PASSWORD, **ports), encoding="utf-8")
        self._make_certificate()

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, manner):
        scheme = "https" if manner == "tls" else "http"
        return f"{scheme}://127.0.0.1:{self.ports[manner]}" + (PREFIX if manner == "prefix" else "")

    def fingerprint(self):
        """As openssl computes it."""
        key = self._openssl("x509", "-in", "front.pem", "-pubkey", "-noout")
        info = self._openssl("pkey", "-pubin", "-outform", "der", text=key)
        return "SHA256:" + hashlib.sha256(info).hexdigest().upper()

    def change_key(self):
        self.stop()
        self._make_certificate()
        self.start()

    def start(self):
        root = provision()
        libraries = ":".join(map(str, [*root.glob("usr/lib/*-linux-gnu*"), *root.glob("lib/*-linux-gnu*")]))
        if self.kind == "nginx":
            command = [root / "usr/sbin/nginx", "-p", self.folder, "-c", self.folder / "conf", "-e", "stderr"]
        else:
            command = [root / "usr/sbin/haproxy", "-db", "-f", self.folder / "conf"]
        with open(self.folder / "output", "ab") as output:
            self.process = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=output,
                                            stderr=output, env={**os.environ, "LD_LIBRARY_PATH": libraries})
        for port in self.ports.values():
            self._wait_for(port)

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(LIMIT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(LIMIT_S)
        self.process = None

    def _wait_for(self, port):
        deadline = time.monotonic() + LIMIT_S
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise FrontError(f"{self.kind} does not listen: " +
                         (self.folder / "output").read_text(errors="replace")[-1000:])

    def _make_certificate(self):
        self._openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                      "-subj", "/CN=octopi", "-keyout", "key.pem", "-out", "certificate.pem")
        pem = [(self.folder / name).read_text() for name in ("certificate.pem", "key.pem")]
        (self.folder / "front.pem").write_text("".join(pem))

    def _openssl(self, *arguments, text=None):
        return subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, input=text or b"",
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60).stdout
