#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program in a locale that need not be installed: its numbers, times and letters, with our words in English.

    in_locale.py LOCALE PROGRAM [ARGUMENT…]

What is said to other programs must not change with it: a decimal comma in JSON, and an i without its dot where letters are made small
(Turkish), are mistakes that nobody sees who writes programs in English.
"""

import os
import subprocess
import sys
import tempfile


def main():
    locale, *command = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        # It complains of what does not matter, and says so by its status.
        subprocess.run(["localedef", "-i", locale, "-f", "UTF-8", f"{folder}/{locale}.UTF-8"], check=False, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert os.path.exists(f"{folder}/{locale}.UTF-8/LC_NUMERIC"), f"no locale {locale}: is the package “locales” installed?"
        environment = {**os.environ, "LOCPATH": folder, "LC_ALL": f"{locale}.UTF-8", "LANGUAGE": "en", "OCTOHERALD_TEST_LOCALE": locale}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
