# SPDX-License-Identifier: GPL-3.0-or-later
"""The situations of a printer's own storage that are recorded. See capture-frames.py."""

import time
import uuid

from capture_scenarios import layers
from octoprint_server import ServerError

# Not a name of 8.3 characters: those the virtual printer forgets to list.
CARD_FILE = "from-the-slicer.gcode"
# Printing from the card, the virtual printer does nothing but move, and only moves away from 0 take time.
CARD_GCODE = "M104 S60\n" + "".join(f"G1 X{20 * step} Z{0.1 * step:.1f} F1200\n" for step in range(1, 13))


def card(capture):
    """What this server calls the printer's own storage."""
    for origin in ("sdcard", "printer"):
        status, answer = capture.server.request("GET", f"/api/files/{origin}")
        if status == 200:
            return origin, [file["path"] for file in answer["files"]]
    raise ServerError("no card")


def sd_print(capture):
    origin, paths = card(capture)
    with capture.recording("sd-print") as client:
        mark = capture.start(client, paths[0], origin)
        client.wait_event("PrintDone", 60, mark)


def sd_cancel(capture):
    origin, paths = card(capture)
    with capture.recording("sd-cancel") as client:
        mark = capture.start(client, paths[0], origin)
        time.sleep(2)
        capture.server.cancel()
        client.wait_event("PrintFailed", 30, mark)


def sd_started_at_printer(capture):
    _, paths = card(capture)
    with capture.recording("sd-started-at-printer") as client:
        mark = client.mark()
        capture.server.debug(f"start_sd {paths[0]}")
        client.wait_event("PrintStarted", 30, mark)
        client.wait_event("PrintDone", 60, mark)


def sd_transfer(capture):
    with capture.recording("sd-transfer") as client:
        mark = client.mark()
        name = "to-the-card.gcode"
        upload_to(capture.server, "sdcard", name, layers(8))
        client.wait_event("TransferDone", 60, mark)


def upload_to(server, location, file_name, gcode):
    boundary = uuid.uuid4().hex
    body = (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file_name}"\r\n'
            f"Content-Type: application/octet-stream\r\n\r\n{gcode}\r\n--{boundary}--\r\n")
    return server.expect("POST", f"/api/files/{location}", body.encode(),
                         content_type=f"multipart/form-data; boundary={boundary}")


def sd_transfer_cancelled(capture):
    with capture.recording("sd-transfer-cancelled") as client:
        mark = client.mark()
        upload_to(capture.server, "sdcard", "half-a-file.gcode", layers(200))
        client.wait_event("TransferStarted", 30, mark)
        time.sleep(2)
        capture.server.cancel()
        client.wait_event("TransferFailed", 30, mark)


CARD_SCENARIOS = {
    "sd-print": sd_print,
    "sd-cancel": sd_cancel,
    "sd-started-at-printer": sd_started_at_printer,
    "sd-transfer": sd_transfer,
    "sd-transfer-cancelled": sd_transfer_cancelled,
}
