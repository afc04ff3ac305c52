# SPDX-License-Identifier: GPL-3.0-or-later
"""A camera on loopback: ffmpeg makes its pictures and its stream, in the form in which ffmpeg itself serves them.

    with CameraPeer() as camera:
        camera.url("snapshot")      one JPEG; also stream, slow, endless, html, redirect
        camera.requests             [(path, headers)], all that anybody has asked

ffmpeg's own server takes one client in its life, so a small one in front of it starts an ffmpeg for each.
"""

import http.server
import subprocess
import threading

WIDTH, HEIGHT = 320, 240
SOURCE = ["ffmpeg", "-loglevel", "error", "-nostdin", "-f", "lavfi"]
LIMIT_S = 30


def testsrc(rate):
    return ["-i", f"testsrc=size={WIDTH}x{HEIGHT}:rate={rate}"]


def take_picture():
    done = subprocess.run([*SOURCE, *testsrc(1), "-frames:v", "1", "-f", "mjpeg", "pipe:1"], check=True,
                          stdout=subprocess.PIPE, timeout=LIMIT_S)
    return done.stdout


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # pylint: disable=invalid-name
        camera = self.server.camera
        camera.requests.append((self.path, dict(self.headers)))
        action = self.path.partition("action=")[2] or "html"
        try:
            getattr(self, "answer_" + action, self.answer_html)(camera)
        except (BrokenPipeError, ConnectionResetError):
            pass
        self.close_connection = True

    def begin(self, kind, length=None):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def answer_snapshot(self, camera):
        self.begin("image/jpeg", len(camera.picture))
        self.wfile.write(camera.picture)

    def answer_stream(self, camera):
        self.begin("multipart/x-mixed-replace;boundary=ffmpeg")
        with subprocess.Popen([*SOURCE, "-re", *testsrc(5), "-f", "mpjpeg", "pipe:1"],
                              stdout=subprocess.PIPE) as ffmpeg:
            try:
                while not camera.over.is_set():
                    self.wfile.write(ffmpeg.stdout.read1(65536))
            finally:
                ffmpeg.kill()

    def answer_slow(self, camera):
        camera.over.wait(LIMIT_S)

    def answer_endless(self, camera):
        self.begin("image/jpeg")
        self.wfile.write(camera.picture[:-2])
        while not camera.over.wait(0.01):
            self.wfile.write(b"\1" * 4096)

    def answer_redirect(self, camera):
        self.send_response(302)
        self.send_header("Location", camera.url("snapshot"))
        self.end_headers()

    def answer_html(self, _camera):
        self.begin("text/html")
        self.wfile.write(b"<!DOCTYPE html><html><body>Camera</body></html>")

    def log_message(self, *_arguments):
        pass


class CameraPeer:
    def __init__(self):
        self.requests = []
        self.over = threading.Event()
        self.picture = take_picture()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.camera = self
        self.port = self.server.server_address[1]

    def url(self, action):
        return f"http://127.0.0.1:{self.port}/?action={action}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.over.set()
        self.server.shutdown()
        self.server.server_close()
