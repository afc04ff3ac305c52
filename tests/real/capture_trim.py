# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes what a real server said small, and free of the machine it ran on."""

import json
import re
import socket

TEMPERATURES_MAX = 3
MARKINGS_MAX = 8
DWELLINGS_MAX = 3
TEXT_MAX_CHARS = 600

# A settings answer is 30 KB; these are the parts a monitor reads.
SETTINGS_KEPT = ("appearance", "webcam", "feature")

HASH = re.compile(r"\b(?:[0-9a-f]{64}|[0-9A-F]{32}|[0-9a-f]{40}|[0-9a-f]{32})\b")
UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")


class Trimmer:
    """Replaces names, paths, ports and hashes by fixed ones; the same hash stays the same hash."""

    def __init__(self, server, camera_port):
        self.hashes = {}
        self.texts = [
            (server.base, "/home/pi/.octoprint"),
            (f":{server.port}", ":5000"),
            (f":{camera_port}/", ":8080/"),
            (server.key, "ADMINKEY"),
            (server.viewer_key, "VIEWERKEY"),
        ]
        self.host = re.compile(rf"\b{re.escape(socket.gethostname() or 'localhost')}\b")

    def _hash(self, match):
        text = match.group()
        if text not in self.hashes:
            self.hashes[text] = format(len(self.hashes) + 1, "x").zfill(len(text))
        return self.hashes[text]

    def text(self, text):
        for old, new in self.texts:
            text = text.replace(old, new)
        text = self.host.sub("octopi", text)
        text = UUID.sub("00000000-0000-4000-8000-000000000001", HASH.sub(self._hash, text))
        return text if len(text) <= TEXT_MAX_CHARS else text[:TEXT_MAX_CHARS] + "…"

    def value(self, value):
        """The same value with every text in it made anonymous."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(inner) for inner in value]
        if isinstance(value, dict):
            return {self.text(key): self.value(inner) for key, inner in value.items()}
        return value

    def state(self, state):
        if state.get("temps"):
            state["temps"] = state["temps"][-TEMPERATURES_MAX:]
        if state.get("markings"):
            state["markings"] = state["markings"][-MARKINGS_MAX:]

    def message(self, message):
        message = json.loads(json.dumps(message))
        if "connected" in message:
            message["connected"].pop("permissions", None)
        for kind in ("history", "current"):
            if kind in message:
                self.state(message[kind])
        return self.value(message)

    def lines(self, record):
        """One JSON text a message, with the seconds since the first one."""
        begin = record[0][0] if record else 0
        dwellings = 0
        for when, message in record:
            if message.get("event", {}).get("type") == "Dwelling":
                dwellings += 1
                if dwellings > DWELLINGS_MAX:
                    continue
            yield json.dumps({"_at": round(when - begin, 3), **self.message(message)}, ensure_ascii=False)

    def answer(self, name, answer):
        """A REST answer; of the settings only what a monitor reads."""
        if name.startswith("settings") and isinstance(answer, dict) and "appearance" in answer:
            answer = {key: answer[key] for key in SETTINGS_KEPT if key in answer}
        if name.startswith("login") and isinstance(answer, dict):
            answer = {key: value for key, value in answer.items() if key not in ("permissions", "needs", "roles")}
        return self.value(answer)
