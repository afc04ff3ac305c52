# SPDX-License-Identifier: GPL-3.0-or-later
"""A plugin for OctoPrint 1.x that makes it count prints late, as it does on a computer that is busy: it writes its history
in a thread, and says only then that a cancelled print failed. LATE_S in its environment is by how much at most."""

import os
import random
import threading
import time

import octoprint.plugin
from octoprint.filemanager import FileManager

LATE_S = float(os.environ["LATE_S"])

count_now = FileManager.log_print
# Two threads at once would overwrite each other's history.
one_at_a_time = threading.Lock()


def count_late(*arguments, **more):
    time.sleep(random.uniform(0, LATE_S))
    with one_at_a_time:
        count_now(*arguments, **more)


FileManager.log_print = count_late

__plugin_name__ = "Late counts for tests"
__plugin_pythoncompat__ = ">=3,<4"
__plugin_implementation__ = octoprint.plugin.OctoPrintPlugin()
