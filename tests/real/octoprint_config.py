# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of an OctoPrint with a virtual printer that asks nobody anything."""

import json
import os

# Keys of throw-away servers; the hash is of the password "s3cret".
ADMIN_KEY = "TESTKEYTESTKEYTESTKEYTESTKEY0001"
VIEWER_KEY = "VIEWERKEYVIEWERKEYVIEWERKEY00001"
PASSWORD_HASH = ("$argon2id$v=19$m=102400,t=2,p=8$am0NwXhPyfmfE0LIWWuN8Q"
                 "$ERNKlOpkryQj3G9U/TYnTg")


def write_configuration(base, port, name, snapshot_url, disable_discovery, host="127.0.0.1"):
    """Writes config.yaml and users.yaml; every JSON document is a YAML document."""
    disabled = ["announcements", "achievements", "errortracking", "health_check",
                "softwareupdate", "tracking"]
    if disable_discovery:
        disabled.append("discovery")

    # Logging the position on pause takes the virtual printer up to 10 s.
    connection = {"autoconnect": True, "port": "VIRTUAL", "baudrate": 0}
    config = {
        "server": {
            "firstRun": False, "host": host, "port": port,
            "onlineCheck": {"enabled": False},
            "pluginBlacklist": {"enabled": False},
            "seenWizards": {"corewizard": 5, "classicwebcam": 1, "backup": None, "tracking": None},
        },
        "accessControl": {"salt": "0123456789abcdef0123456789abcdef"},
        "appearance": {"name": name},
        "serial": {**connection, "logPositionOnPause": False},
        "plugins": {
            "_disabled": disabled,
            "virtual_printer": {"_config_version": 1, "enabled": True, "sendWait": False,
                                "simulated_errors": []},
            "classicwebcam": {"_config_version": 1, "snapshot": snapshot_url,
                              "stream": "/webcam/?action=stream"},
            "action_command_prompt": {"enable": "always"},
        },
    }
    # 2.0 moved the printer's connection; it migrates the old layout, which is what its users have, too.
    user = {"active": True, "permissions": [], "settings": {}, "password": PASSWORD_HASH}
    users = {
        "_version": 2,
        "admin": {**user, "apikey": ADMIN_KEY, "groups": ["admins", "users"]},
        "viewer": {**user, "apikey": VIEWER_KEY, "groups": ["readonly"]},
    }

    for file_name, content in (("config.yaml", config), ("users.yaml", users)):
        with open(os.path.join(base, file_name), "w", encoding="utf-8") as file:
            json.dump(content, file, indent=2)
