# SPDX-License-Identifier: GPL-3.0-or-later
"""What some tests want beside a real OctoPrint: a camera, a program that makes films, files on the card."""

import contextlib
import http.server
import json
import pathlib
import stat
import threading
import uuid

from octoprint_server import ServerError

# Not names of 8.3 characters: those the virtual printer forgets to list.
CARD_FILES = ("from-the-slicer.gcode", "started-by-hand.gcode")

# Writes the film OctoPrint asked for and tells its progress; fails while a file "fail" lies beside it.
FFMPEG = """#!/bin/sh
case "$1" in -version) echo 'ffmpeg version 5.1'; exit 0;; esac
for last; do :; done
if [ -e "$(dirname "$0")/fail" ]; then echo 'Conversion failed!' >&2; exit 1; fi
echo '  Duration: 00:00:02.00, start: 0.000000' >&2
sleep 0.3; echo 'frame=1 time=00:00:01.00 bitrate=1' >&2
sleep 0.3; echo 'frame=2 time=00:00:02.00 bitrate=1' >&2
echo film > "$last"
"""


class Camera(http.server.BaseHTTPRequestHandler):
    """Answers everything with something that begins like a JPEG picture."""

    def do_GET(self):  # pylint: disable=invalid-name
        picture = b"\xff\xd8\xff\xe0" + bytes(64) + b"\xff\xd9"
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(picture)))
        self.end_headers()
        self.wfile.write(picture)

    def log_message(self, *_arguments):  # pylint: disable=arguments-differ
        pass


@contextlib.contextmanager
def camera():
    """The port of one that answers until the block ends."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Camera)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def configure(server, camera_port, card_gcode, **virtual_printer):
    """To be called before the server starts."""
    path = pathlib.Path(server.base, "config.yaml")
    config = json.loads(path.read_text(encoding="utf-8"))
    ffmpeg = pathlib.Path(server.base, "ffmpeg")
    ffmpeg.write_text(FFMPEG, encoding="utf-8")
    ffmpeg.chmod(ffmpeg.stat().st_mode | stat.S_IXUSR)
    config["webcam"] = {"ffmpeg": str(ffmpeg)}
    config["plugins"]["virtual_printer"].update(virtual_printer)
    # Otherwise OctoPrint has the printer say every two seconds that it is busy, and every pause takes as long.
    if "busyInterval" in virtual_printer:
        config["serial"]["capabilities"] = {"busy_protocol": False}
    if server.version.startswith("1.8."):
        # Before there could be several cameras, the one had its addresses here.
        config["webcam"].update(snapshot=f"http://127.0.0.1:{camera_port}/?action=snapshot",
                                stream="/webcam/?action=stream")
    path.write_text(json.dumps(config, indent=2), encoding="utf-8")

    card_folder = pathlib.Path(server.base, "virtualSd")
    card_folder.mkdir()
    for file_name in CARD_FILES:
        (card_folder / file_name).write_text(card_gcode, encoding="utf-8")


def card(server):
    """What this server calls the printer's own storage, and the paths of our files there."""
    for origin in ("sdcard", "printer"):
        status, answer = server.request("GET", f"/api/files/{origin}")
        if status == 200:
            return origin, sorted(file["path"] for file in answer["files"] if file["path"][:4] in ("from", "star"))
    raise ServerError("no card")


def upload_to(server, location, file_name, gcode):
    boundary = uuid.uuid4().hex
    body = (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file_name}"\r\n'
            f"Content-Type: application/octet-stream\r\n\r\n{gcode}\r\n--{boundary}--\r\n")
    return server.expect("POST", f"/api/files/{location}", body.encode(),
                         content_type=f"multipart/form-data; boundary={boundary}")
