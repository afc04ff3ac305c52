# SPDX-License-Identifier: GPL-3.0-or-later
"""The situations of a printer's own storage that are recorded. See capture-frames.py."""

import time

from capture_scenarios import reconnect
from octoprint_extras import card, upload_to

# Printing from the card, the virtual printer does nothing but move, and only moves away from 0 take time.
CARD_GCODE = "M104 S60\n" + "".join(f"G1 X{20 * step} Z{0.1 * step:.1f} F1200\n" for step in range(1, 21))


def lines(count):
    """Something to transfer that no printer acts on; 1.8 plays the virtual printer's pauses while it writes."""
    return "".join(f"M117 {number}\n" for number in range(count))


def sd_print(capture):
    origin, paths = card(capture.server)
    with capture.recording("sd-print") as client:
        mark = capture.start(client, paths[0], origin)
        client.wait_done(mark)


def sd_print_swallowed(capture):
    """2.0.0rc7 takes the order to print the file of the card that is selected already, and does nothing;
    the next file that is selected, here one that is being sent to the card, is then told as a print."""
    if not capture.two:
        return
    origin, paths = card(capture)
    with capture.recording("sd-print-swallowed") as client:
        for _ in range(2):
            client.note({"_asked": f"print {paths[0]}"})
            capture.server.expect("POST", f"/api/files/{origin}/{paths[0]}", {"command": "select", "print": True})
            time.sleep(2)
            if capture.server.state() != "Operational":
                client.wait_done(client.mark(), 60)
        mark = client.mark()
        client.note({"_asked": "send a file to the card"})
        upload_to(capture.server, origin, "swallowed.gcode", lines(2000))
        client.wait_event("TransferDone", 60, mark)


def sd_cancel(capture):
    # Because of what sd_print_swallowed() shows.
    reconnect(capture.server)
    origin, paths = card(capture.server)
    with capture.recording("sd-cancel") as client:
        mark = capture.start(client, paths[0], origin)
        time.sleep(2)
        capture.server.cancel()
        client.wait_event("PrintFailed", 30, mark)


def sd_started_at_printer(capture):
    # The virtual printer does not say that it opens a file if it was the last one, too.
    _, paths = card(capture.server)
    with capture.recording("sd-started-at-printer") as client:
        mark = client.mark()
        capture.server.debug(f"start_sd {paths[1]}")
        client.wait_event("PrintStarted", 30, mark)
        client.wait_done(mark)


def sd_transfer(capture):
    origin, _ = card(capture.server)
    with capture.recording("sd-transfer") as client:
        mark = client.mark()
        name = "to-the-card.gcode"
        upload_to(capture.server, origin, name, lines(2000))
        client.wait_event("TransferDone", 60, mark)


def sd_transfer_cancelled(capture):
    origin, _ = card(capture.server)
    with capture.recording("sd-transfer-cancelled") as client:
        mark = client.mark()
        upload_to(capture.server, origin, "half-a-file.gcode", lines(20000))
        client.wait_event("TransferStarted", 30, mark)
        time.sleep(1)
        capture.server.cancel()
        client.wait_event("TransferFailed", 30, mark)


CARD_SCENARIOS = {
    "sd-print": sd_print,
    # Before one is cancelled: after that the virtual printer starts no other.
    "sd-started-at-printer": sd_started_at_printer,
    "sd-print-swallowed": sd_print_swallowed,
    "sd-cancel": sd_cancel,
    "sd-transfer": sd_transfer,
    "sd-transfer-cancelled": sd_transfer_cancelled,
}
