# SPDX-License-Identifier: GPL-3.0-or-later
"""The situations of a print that are recorded: one function each. See capture-frames.py."""

import pathlib
import time
import urllib.parse


def layers(seconds, middle=""):
    """About this long, in four layers, with something in the middle."""
    lines = ["G28", "M104 S60", "M140 S40"]
    for layer in range(1, 5):
        lines += [f"G1 Z{0.2 * layer:.1f} F3000", f"G1 X20 Y{layer} E{layer - 0.5} F6000", f"G1 X0 E{layer}"]
        lines += ["G4 P100"] * int(seconds * 10 / 4)
        if layer == 2 and middle:
            lines.append(middle)
    return "\n".join([*lines, "M104 S0", "M140 S0", ""])


# Moves instead of waiting: a virtual printer that says it is busy waits a second for every tenth.
MOVES = "".join(f"G1 X{20 * step} F1200\n" for step in range(1, 9))

FILES = {
    "short.gcode": layers(6),
    "long.gcode": layers(120),
    "warm.gcode": "M109 S120\n" + layers(3),
    "filament.gcode": f"G28\nG1 Z0.2 F3000\n{MOVES}M600\nG1 X0 Z0.4 F3000\n{MOVES}",
    "stop.gcode": layers(6, "M0 Put the nuts in"),
}


# ── Prints that end ──────────────────────────────────────────────────────────

def print_done(capture):
    with capture.recording("print-done") as client:
        mark = capture.start(client, "short.gcode")
        client.wait_done(mark)


def pause_resume(capture):
    with capture.recording("pause-resume") as client:
        mark = capture.start(client, "short.gcode")
        time.sleep(2)
        capture.server.pause()
        client.wait_event("PrintPaused", 30, mark)
        time.sleep(3)
        capture.server.resume()
        client.wait_done(mark)


def heat_up(capture):
    """Waits for the nozzle before the first layer, and is listened to while it cools."""
    with capture.recording("heat-up", settle_s=12) as client:
        mark = capture.start(client, "warm.gcode")
        client.wait_done(mark)


def cancel(capture):
    with capture.recording("cancel") as client:
        mark = capture.start(client, "long.gcode")
        time.sleep(3)
        capture.server.cancel()
        client.wait_event("PrintFailed", 30, mark)


# ── Prints that are lost ─────────────────────────────────────────────────────

def firmware_error(capture):
    with capture.recording("firmware-error") as client:
        mark = capture.start(client, "long.gcode")
        time.sleep(3)
        capture.server.debug("trigger_fatal_error_marlin")
        client.wait_event("Disconnected", 30, mark)
        time.sleep(3)
    with capture.recording("history-after-error", 1):
        pass


def cable_pulled(capture):
    with capture.recording("cable-pulled") as client:
        mark = capture.start(client, "long.gcode")
        time.sleep(3)
        capture.server.debug("drop_connection")
        client.wait_event("Disconnected", 60, mark)
        time.sleep(3)


def lost_while_paused(capture, name, lose):
    with capture.recording(name) as client:
        mark = capture.start(client, "long.gcode")
        time.sleep(2)
        capture.server.pause()
        client.wait_event("PrintPaused", 30, mark)
        time.sleep(2)
        lose()
        client.wait_event("Disconnected", 90, mark)
        # Long enough to be sure of what does not come.
        time.sleep(6)


def lost_while_paused_cable(capture):
    lost_while_paused(capture, "lost-while-paused-cable", lambda: capture.server.debug("drop_connection"))


def lost_while_paused_disconnect(capture):
    lost_while_paused(capture, "lost-while-paused-disconnect", capture.server.disconnect)


# ── The printer wants somebody ───────────────────────────────────────────────

def reconnect(server):
    """What concerns the connection is read when it is made."""
    server.disconnect()
    time.sleep(2)
    server.connect()
    server.wait_state("Operational", 30)


def tell_when_busy(capture, busy):
    """Marlin says that it is busy; without that the virtual printer never ends an M600."""
    capture.server.expect("POST", "/api/settings",
                          {"plugins": {"virtual_printer": {"sendBusy": busy, "busyInterval": 1.0}}})
    reconnect(capture.server)


def change_filament(capture):
    with capture.recording("filament-change") as client:
        mark = capture.start(client, "filament.gcode")
        client.wait_for(lambda m: m.get("plugin", {}).get("plugin") == "action_command_prompt", 40, mark)
        time.sleep(5)
        client.note({"_asked": "select choice 0 of the prompt"})
        capture.server.expect("POST", "/api/plugin/action_command_prompt", {"command": "select", "choice": 0})
        time.sleep(4)
        if capture.server.state().startswith("Paus"):
            client.note({"_asked": "resume"})
            capture.server.resume()
        client.wait_done(mark)


def filament_change(capture):
    tell_when_busy(capture, True)
    try:
        change_filament(capture)
    finally:
        tell_when_busy(capture, False)


def stop_for_user(capture):
    with capture.recording("m0") as client:
        mark = capture.start(client, "stop.gcode")
        client.wait_event("PrintPaused", 40, mark)
        time.sleep(3)
        capture.server.resume()
        client.wait_done(mark)


def stop_for_user_allowed(capture):
    """As before, on a server that does send M0 to the printer."""
    group = ["plugins", "serial_connector"] if capture.two else ["serial"]

    def block(commands):
        tree = {"blockedCommands": commands}
        for key in reversed(group):
            tree = {key: tree}
        capture.server.expect("POST", "/api/settings", tree)
        reconnect(capture.server)

    block([])
    try:
        with capture.recording("m0-allowed") as client:
            mark = capture.start(client, "stop.gcode")
            client.wait_event("PrintPaused", 40, mark)
            time.sleep(3)
            capture.server.resume()
            client.wait_done(mark)
    finally:
        block(["M0", "M1"])


def paused_for_user(capture):
    for name, logs in (("paused-for-user", False), ("paused-for-user-logs", "paused for user")):
        with capture.recording(name, logs=logs) as client:
            mark = capture.start(client, "short.gcode")
            time.sleep(1)
            for _ in range(3):
                capture.server.debug("send echo:busy: paused for user")
                time.sleep(1)
            client.wait_done(mark)


def action_pause(capture):
    with capture.recording("action-pause") as client:
        mark = capture.start(client, "short.gcode")
        time.sleep(1)
        capture.server.debug("action_pause")
        client.wait_event("PrintPaused", 30, mark)
        time.sleep(3)
        capture.server.debug("action_resume")
        client.wait_done(mark)


def action_paused(capture):
    """The printer says that it paused by itself, and later that it goes on."""
    with capture.recording("action-paused") as client:
        mark = capture.start(client, "short.gcode")
        time.sleep(1)
        capture.server.debug("action_custom paused")
        client.wait_event("PrintPaused", 30, mark)
        time.sleep(3)
        capture.server.debug("action_custom resumed")
        client.wait_done(mark)


def prompt(capture):
    with capture.recording("prompt") as client:
        for line in ("prompt_begin Is the bed empty?", "prompt_button Yes", "prompt_button No", "prompt_show"):
            capture.server.debug(f"action_custom {line}")
        time.sleep(3)
        capture.server.debug("action_custom prompt_end")
        time.sleep(1)
        capture.server.debug("action_custom notification Layer 3/120")
        time.sleep(1)


# ── Files and films ────────────────────────────────────────────────

def upload(capture):
    with capture.recording("upload") as client:
        mark = client.mark()
        capture.server.upload("part.gcode", layers(2))
        client.wait_event("Upload", 20, mark)
        time.sleep(2)
        mark = client.mark()
        capture.server.upload("part.gcode", layers(3), start=True)
        client.wait_done(mark)


def timelapse(capture):
    form = "application/x-www-form-urlencoded"
    fail = pathlib.Path(capture.server.base, "fail")
    settings = urllib.parse.urlencode({"type": "timed", "interval": 1, "fps": 25, "postRoll": 0})
    capture.server.expect("POST", "/api/timelapse", settings.encode(), content_type=form)
    try:
        for name, end in (("timelapse-done", "MovieDone"), ("timelapse-failed", "MovieFailed")):
            with capture.recording(name) as client:
                mark = capture.start(client, "short.gcode")
                client.wait_event(end, 60, mark)
            fail.touch()
    finally:
        fail.unlink(missing_ok=True)
        capture.server.expect("POST", "/api/timelapse", b"type=off", content_type=form)


SCENARIOS = {
    "print-done": print_done,
    "pause-resume": pause_resume,
    "heat-up": heat_up,
    "cancel": cancel,
    "firmware-error": firmware_error,
    "cable-pulled": cable_pulled,
    "lost-while-paused-cable": lost_while_paused_cable,
    "lost-while-paused-disconnect": lost_while_paused_disconnect,
    "filament-change": filament_change,
    "m0": stop_for_user,
    "m0-allowed": stop_for_user_allowed,
    "paused-for-user": paused_for_user,
    "action-pause": action_pause,
    "action-paused": action_paused,
    "prompt": prompt,
    "upload": upload,
    "timelapse": timelapse,
}
