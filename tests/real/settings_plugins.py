# SPDX-License-Identifier: GPL-3.0-or-later
"""Plugins for OctoPrint 1.x that are called like OctoTweet, OctoText and Octorant and have their settings, nothing else: the
keys, what they come with where that matters, and who may see what. What a maker has set in them is in CHANGES."""

import json
import pathlib

NAME = "Garage Ünder"

# Of nobody; they only look like codes of X.
CODES = {"consumer_key": "kT7mQ2vXw9LrB4nZc8YpD1sHf", "consumer_secret": "Gq5" + "aZ8rW1xV" * 6,
         "access_token": "1234567890-Hj3" + "nB6tYq9m" * 4, "access_token_secret": "Lw4" + "sD7kPe2u" * 5 + "xx"}
PASSWORD = "korrekt pferd 'batterie' #1"
WEBHOOK = "https://discord.com/api/webhooks/112233/TopSecretWebhookToken"

# Both have messages with these three keys; the texts of the real ones are theirs.
EVENTS = {name: {"enabled": True, "with_snapshot": name.startswith("printing"), "message": f"As it came: {name}"}
          for name in ("startup", "shutdown", "printer_state_operational", "printer_state_error",
                       "printer_state_unknown", "printing_started", "printing_paused", "printing_resumed",
                       "printing_cancelled", "printing_done", "printing_failed", "printing_progress", "test")}
EVENTS["printing_progress"]["step"] = 10

DEFAULTS = {
    "octotweet": {**{key: "" for key in CODES}, "username": "", "events": EVENTS, "allow_scripts": False,
                  "script_before": "", "script_after": ""},
    "octotext": {"smtp_name": "smtp.office365.com", "smtp_port": 587, "use_ssl": False, "username": "YourEmail",
                 "servername": "outlook.com", "validate_username": False, "server_pass": "not a valid password",
                 "phone_numb": "8675309", "carrier_address": "mypixmessages.com", "smtp_message": "wonderful",
                 "en_webcam": True, "en_printstart": True, "en_printend": True, "en_upload": True, "en_error": True,
                 "en_printpaused": True, "en_printresumed": False, "en_progress": False, "en_progress_time": False,
                 "show_fail_cancel": False, "en_printfail": False, "progress_interval": 10, "mmu_timeout": 0,
                 "show_navbar_button": True},
    "octorant": {"url": "", "username": "", "avatar": "", "events": EVENTS, "allow_scripts": False,
                 "script_before": "", "script_after": "",
                 "progress": {"percentage_enabled": True, "percentage_step": 10, "time_enabled": False, "time_step": 0,
                              "height_enabled": False, "height_step": 0, "throttle_enabled": False,
                              "throttle_step": 0}},
}

ADMIN_ONLY = {
    "octotweet": [*CODES, "script_before", "script_after"],
    "octotext": ["server_pass", "username", "servername"],
    "octorant": ["url", "username", "avatar", "script_before", "script_after"],
}

CHANGES = {
    "octotweet": {**CODES, "activated": True, "username": NAME, "script_before": "/home/pi/light-on.sh",
                  "events": {"printing_done": {"message": "{name} ist fertig :tada: nach {time_formatted} {bogus}"},
                             "printing_paused": {"message": "Pause bei {position[x]}, {position[y]} – {{kurz}}",
                                                 "with_snapshot": False},
                             "printing_progress": {"step": 25},
                             "shutdown": {"enabled": False}}},
    "octotext": {"smtp_name": "mail.example.org", "smtp_port": 465, "use_ssl": True, "username": "anna",
                 "servername": "example.org", "server_pass": PASSWORD, "phone_numb": "5551234567",
                 "carrier_address": "vtext.com", "cc_field": "ben@example.org, cleo@example.org",
                 "en_upload": False, "en_printresumed": True, "show_fail_cancel": True, "en_printfail": "Fail",
                 "en_progress_time": True, "progress_interval": 20, "mmu_timeout": 120},
    "octorant": {"url": WEBHOOK, "events": {"printing_started": {"message": "**{name}** begins", "media": "thumbnail"}},
                 "progress": {"time_enabled": True, "time_step": 900, "throttle_enabled": True, "throttle_step": 120}},
}

SECRETS = [*CODES.values(), PASSWORD, WEBHOOK]

SOURCE = """# SPDX-License-Identifier: GPL-3.0-or-later
import json

import octoprint.plugin


class SettingsAlone(octoprint.plugin.SettingsPlugin):
    def get_settings_defaults(self):
        return json.loads({defaults!r})

    def get_settings_restricted_paths(self):
        return dict(admin=[[name] for name in {admin!r}], never=[["events", "test"]])


__plugin_name__ = {name!r}
__plugin_version__ = "1.0"
__plugin_pythoncompat__ = ">=3,<4"
__plugin_implementation__ = SettingsAlone()
"""


def install(server):
    """To be called before the server starts."""
    folder = pathlib.Path(server.base, "plugins")
    folder.mkdir(exist_ok=True)
    for name, defaults in DEFAULTS.items():
        (folder / f"{name}.py").write_text(
            SOURCE.format(defaults=json.dumps(defaults), admin=ADMIN_ONLY[name], name=name), encoding="utf-8")


def save(server, *names):
    """As a maker does on the settings page: OctoPrint itself writes its file."""
    server.expect("POST", "/api/settings", {"appearance": {"name": NAME},
                                            "plugins": {name: CHANGES[name] for name in names or CHANGES}})
