# SPDX-License-Identifier: GPL-3.0-or-later
"""A plugin for OctoPrint 1.x that does for every uploaded file what the plugins for slicers' thumbnails do: it keeps a
picture under its own address, and the address in the metadata of the file, with blanks and all. Its picture is 8×8,
which no file of the tests has."""

import base64
import os

import octoprint.plugin
from octoprint.server.util.tornado import LargeResponseHandler

PICTURE = ("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAACXBIWXMAAAABAAAAAQBPJcTWAAAAEklEQVR4nGP4y8CAFWEXHbQSAPZwP"
           "0G2GkFNAAAAAElFTkSuQmCC")


class ThumbnailPlugin(octoprint.plugin.EventHandlerPlugin):
    def on_event(self, event, payload):
        if event != "FileAdded" or payload["storage"] != "local":
            return
        name = os.path.splitext(payload["path"])[0] + ".png"
        target = os.path.join(self.get_plugin_data_folder(), name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(base64.b64decode(PICTURE))
        self._file_manager.set_additional_metadata(
            "local", payload["path"], "thumbnail", f"plugin/prusaslicerthumbnails/thumbnail/{name}?20260102030405",
            overwrite=True)
        self._file_manager.set_additional_metadata("local", payload["path"], "thumbnail_src", self._identifier,
                                                   overwrite=True)

    def get_routes(self, *_arguments, **_more):
        return [(r"thumbnail/(.*)", LargeResponseHandler,
                 {"path": self.get_plugin_data_folder(), "as_attachment": False})]


__plugin_name__ = "Slicer thumbnails for tests"
__plugin_pythoncompat__ = ">=3,<4"
__plugin_implementation__ = ThumbnailPlugin()
__plugin_hooks__ = {"octoprint.server.http.routes": __plugin_implementation__.get_routes}
