# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done to both servers, step by step. A walk returns {what was asked: [(status, answer)]}."""

import http.client
import time

PATHS = ["/api/version", "/api/server", "/api/currentuser", "/api/connection", "/api/job", "/api/printer",
         "/api/settings", "/sockjs/info", "/online.txt", "/api/files/local/done.gcode",
         "/api/files/local/none.gcode", "/api/printer/error", "/api/files?recursive=true", "/api/timelapse"]


def ask_unchanged(peer, path):
    """Asks twice, the second time with the ETag of the first answer. Returns both statuses."""
    statuses, tag = [], None
    for _ in range(2):
        connection = http.client.HTTPConnection("127.0.0.1", peer.port, timeout=30)
        connection.request("GET", path, headers={"X-Api-Key": peer.key, **({"If-None-Match": tag} if tag else {})})
        answer = connection.getresponse()
        answer.read()
        statuses.append(answer.status)
        tag = answer.getheader("ETag")
        connection.close()
    return [(tuple(statuses), None)]


def walk_prints(peer, socket):
    """A print to its end; one paused, resumed and cancelled."""
    for name in ("done.gcode", "cancelled.gcode"):
        peer.put_file(name, 4 if name == "done.gcode" else 12)
    peer.wait_for_analysis(socket, "cancelled.gcode")
    peer.print_file("done.gcode", 4)
    socket.wait_for_event("PrintDone")
    time.sleep(2)
    said = {path: [peer.ask("GET", path)] for path in PATHS}
    for path in ("/api/files/local/done.gcode", "/api/files?recursive=true", "/api/timelapse", "/api/settings"):
        said["unchanged " + path] = ask_unchanged(peer, path)
    for method, path, body in (("GET", "/api/currentuser", None), ("GET", "/api/job", None),
                               ("GET", "/api/files/local/done.gcode", None),
                               ("POST", "/api/login", {"passive": True})):
        said["bad key " + path] = [peer.ask(method, path, body, key="wrong")]
    for command in ({"command": "cancel"}, {"command": "pause", "action": "pause"}, {"command": "restart"},
                    {"command": "nonsense"}):
        said["idle " + str(command)] = [peer.ask("POST", "/api/job", command)]
    peer.print_file("cancelled.gcode", 12)
    time.sleep(3)
    said["/api/job"].append(peer.ask("GET", "/api/job"))
    said["start while printing"] = [peer.ask("POST", "/api/job", {"command": "start"})]
    said["odd action"] = [peer.ask("POST", "/api/job", {"command": "pause", "action": "odd"})]
    said["pause"] = [peer.ask("POST", "/api/job", {"command": "pause", "action": "pause"})]
    said["resume at once"] = [peer.ask("POST", "/api/job", {"command": "pause", "action": "resume"})]
    socket.wait_for_event("PrintPaused")
    time.sleep(1)
    said["resume"] = [peer.ask("POST", "/api/job", {"command": "pause", "action": "resume"})]
    socket.wait_for_event("PrintResumed")
    time.sleep(1)
    said["cancel"] = [peer.ask("POST", "/api/job", {"command": "cancel"})]
    socket.wait_for_event("PrintFailed")
    time.sleep(1.5)
    said["after a cancel"] = [peer.ask("GET", "/api/files/local/cancelled.gcode")]
    return said


def walk_film(peer, socket):
    """A print with a film."""
    peer.film(True)
    socket.wait_for_event("MovieRendering")
    socket.wait_for_event("MovieDone")
    time.sleep(0.5)
    peer.film(False)
    return {"films": [peer.ask("GET", "/api/timelapse")]}


def walk_keys(peer, socket):
    """Asking for a key, too often. Nobody decides: the real server's page wants a login first."""
    said = {"probe": [peer.ask("GET", "/plugin/appkeys/probe", key="none")]}
    for number in range(4):
        status, answer = peer.ask("POST", "/plugin/appkeys/request", {"app": "Test %d" % number}, key="none")
        said["request %d" % number] = [(status, answer)]
        if number == 0:
            token = answer["app_token"]
            said["poll"] = [peer.ask("GET", "/plugin/appkeys/request/" + token, key="none")]
            page, _ = peer.ask("GET", "/plugin/appkeys/auth/" + token, key="none")
            said["page"] = [(page // 100, None)]
    said["poll of nothing"] = [peer.ask("GET", "/plugin/appkeys/request/none", key="none")]
    time.sleep(6.5)
    said["poll too late"] = [peer.ask("GET", "/plugin/appkeys/request/" + token, key="none")]
    return said


def walk_words(peer, socket):
    """What the printer asks and notes, and the terminal: all of it, some of it, none of it."""
    peer.show_prompt()
    socket.wait_for(lambda m: "plugin" in m and m["plugin"]["data"].get("action") == "show")
    peer.close_prompt()
    socket.wait_for(lambda m: "plugin" in m and m["plugin"]["data"].get("action") == "close")
    peer.notify("Hello")
    socket.wait_for(lambda m: "plugin" in m and "message" in m["plugin"]["data"])

    said = {}
    other = peer.open_socket()
    try:
        other.wait_for(lambda m: "timelapse" in m)
        for name, state in (("all", True), ("some", {"logs": "first|third"}), ("none", {"messages": True})):
            with other.lock:
                start = len(other.messages)
            other.say({"subscribe": {"state": state, "events": False, "plugins": []}})
            time.sleep(1)
            with other.lock:
                subscribed = len(other.messages)
            peer.notify("Not for those who did not ask")
            peer.type_lines(["M117 first", "M117 second", "M117 third"])
            time.sleep(2.5)
            with other.lock:
                new = [m for m in other.messages[start:] if isinstance(m, dict)]
                late = [m for m in other.messages[subscribed:] if isinstance(m, dict)]
            lines = [line for m in new for line in m.get("current", {}).get("logs", []) if "M117" in line]
            said["terminal, " + name] = [(len(lines), None)]
            said["history again, " + name] = [(sum("history" in m for m in new), None)]
            said["events, " + name] = [(sum("event" in m or "plugin" in m for m in late), None)]
    finally:
        other.close()
    return said


def walk_card(peer, socket):
    """A file sent to the card; another printed from there and cancelled."""
    peer.send_to_card(socket)
    time.sleep(2)
    peer.print_file(peer.put_on_card(30), 30, "sdcard")
    socket.wait_for(lambda m: m.get("event", {}).get("type") == "PrintStarted"
                    and m["event"]["payload"]["origin"] == "sdcard")
    time.sleep(2.5)
    jobs = [peer.ask("GET", "/api/job")]
    time.sleep(8)
    said = {"job from the card": jobs + [peer.ask("GET", "/api/job")],
            "files on the card": [peer.ask("GET", "/api/files?recursive=true")]}
    with socket.lock:
        start = len(socket.messages)
    peer.ask("POST", "/api/job", {"command": "cancel"})
    socket.wait_for(lambda m: m in socket.messages[start:] and m.get("event", {}).get("type") == "PrintFailed")
    time.sleep(1.5)
    return said


def walk_errors(peer, socket):
    """Switched off and on, broken down in a print, and the cable pulled from a paused one."""
    said = {"disconnect": [peer.ask("POST", "/api/connection", {"command": "disconnect"})]}
    socket.wait_for_event("Disconnected")
    time.sleep(1)
    for path in ("/api/printer", "/api/connection", "/api/job"):
        said["off " + path] = [peer.ask("GET", path)]
    said["pause while off"] = [peer.ask("POST", "/api/job", {"command": "pause", "action": "pause"})]
    said["odd connection"] = [peer.ask("POST", "/api/connection", {"command": "odd"})]
    said["connect"] = [peer.ask("POST", "/api/connection", {"command": "connect"})]
    peer.wait_until_connected()

    peer.print_file("cancelled.gcode", 12)
    time.sleep(3)
    peer.break_down()
    socket.wait_for_event("Error")
    time.sleep(3)
    for path in ("/api/printer/error", "/api/job", "/api/connection"):
        said["broken " + path] = [peer.ask("GET", path)]
    peer.ask("POST", "/api/connection", {"command": "connect"})
    peer.wait_until_connected()
    said["mended"] = [peer.ask("GET", "/api/printer/error")]

    peer.print_file("done.gcode", 4)
    time.sleep(1.5)
    peer.ask("POST", "/api/job", {"command": "pause", "action": "pause"})
    time.sleep(3)
    peer.pull_cable()
    time.sleep(3)
    said["lost while paused"] = [peer.ask("GET", "/api/job")]
    return said


WALKS = (walk_prints, walk_film, walk_keys, walk_words, walk_card, walk_errors)
# The card is another storage in 2.0, and the rest has not changed.
NEW_WALKS = (walk_prints, walk_errors)


def walk(peer, walks):
    """Some walks on one socket. Returns what was said, and the messages of each walk."""
    said, messages = {}, {}
    socket = peer.open_socket()
    socket.wait_for(lambda m: "timelapse" in m)
    start = 0
    for one in walks:
        said.update(one(peer, socket))
        with socket.lock:
            messages[one.__name__] = [m for m in socket.messages[start:] if isinstance(m, dict)]
            start = len(socket.messages)
    socket.close()
    return said, messages
