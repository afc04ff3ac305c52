#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a post to X takes us, next to Python's oauthlib, and for how long it holds the main loop.

    bench-x.py X-BURST [--runs N]

The uploads go to a server of Python's that throws them away.
"""

import argparse
import http.server
import json
import os
import pathlib
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "real"))

from smtp_server import make_certificates  # noqa: E402

N_SIGNATURES = 10_000
PICTURE_BYTES = 5_000_000
FILM_BYTES = 20_000_000
LIMIT_S = 120
PROVISION = pathlib.Path(__file__).resolve().parent.parent / "real/provision-x.sh"

# The same, by the library that our signatures are checked with. Prints the median in microseconds.
OAUTHLIB = """
import json, statistics, sys, time
from oauthlib import oauth1
TEXT = "x" * 200 + "ü" * 60
took = []
for _ in range(int(sys.argv[1])):
    begin = time.process_time_ns()
    body = json.dumps({"text": TEXT, "media": {"media_ids": ["1990000000000000001"]}})
    client = oauth1.Client("benchL8kRz3WqYv0TnHc5JbXs", client_secret="s" * 50, resource_owner_key="1-" + "t" * 40,
                           resource_owner_secret="u" * 45)
    client.sign("https://api.x.com/2/tweets", "POST", headers={"Content-Type": "application/json"})
    took.append(time.process_time_ns() - begin)
print(statistics.median(took) / 1000)
"""


class Taker(http.server.BaseHTTPRequestHandler):
    """Takes all and says yes."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        left = int(self.headers.get("Content-Length", 0))
        while left > 0:
            left -= len(self.rfile.read(min(left, 65536)))
        answer = json.dumps({"data": {"id": "1990000000000000001"}}).encode()
        self.send_response(201 if self.path == "/2/tweets" else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_arguments):
        pass


class Server:
    def __init__(self, folder=None):
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Taker)
        self.url = "http%s://127.0.0.1:%d" % ("s" if folder else "", self.http.server_port)
        if folder:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder / "good.pem", folder / "key.pem")
            self.http.socket = context.wrap_socket(self.http.socket, server_side=True)

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.http.shutdown()
        self.http.server_close()


def run(*command):
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=LIMIT_S)
    return tuple(map(float, done.stdout.split()))


def compare_signatures(program, runs):
    place = subprocess.run([PROVISION], check=True, stdout=subprocess.PIPE, text=True, timeout=600).stdout.split()[-1]
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(run(program, "--sign", str(N_SIGNATURES)))
        theirs.append(run(f"{place}/python/bin/python", "-c", OAUTHLIB, str(N_SIGNATURES // 5))[0])
    median = statistics.median(row[0] for row in ours)
    print("a post built and signed, n=%d x %d: median %.1f us, p99 %.1f us of the processor; Python with oauthlib %.1f us; "
          "ratio %.3f" % (runs, N_SIGNATURES, median, statistics.median(row[1] for row in ours), statistics.median(theirs),
                          median / statistics.median(theirs)), flush=True)


def measure_uploads(program, runs, folder):
    for title, size, more in (("picture", PICTURE_BYTES, ()), ("film", FILM_BYTES, ("--film",))):
        for scheme, place, trust in (("plain", None, ()), ("TLS", folder, (f"--authority={folder}/authority.pem",))):
            with Server(place) as server:
                rows = [run(program, f"--server={server.url}", f"--size={size}", *more, *trust) for _ in range(runs)]
            print("%s of %d bytes, %s, n=%d: median %.2f s, the main loop held for at most %.2f ms (median %.2f) of the "
                  "processor's time; by the first request of a program %.2f ms" % (title, size, scheme, runs, statistics.median(row[0] for row in rows),
                                        max(row[1] for row in rows), statistics.median(row[1] for row in rows),
                                        statistics.median(row[2] for row in rows)), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    compare_signatures(options.program, options.runs)
    with tempfile.TemporaryDirectory() as folder:
        make_certificates(pathlib.Path(folder))
        measure_uploads(options.program, options.runs, pathlib.Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
