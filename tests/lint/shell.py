#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""shellcheck finds nothing in our shell scripts.

Why: an unquoted variable is found by the first user with a space in a folder's name.
"""

import shutil
import subprocess

import lint


def check(root):
    scripts = [path for path in lint.files(root, "*") if lint.text(path).startswith(("#!/bin/bash", "#!/bin/sh"))]
    if shutil.which("shellcheck") is None:
        yield "shellcheck is missing; ./run packages test installs it"
    elif scripts:
        done = subprocess.run(["shellcheck", "-x", "--format=gcc", *map(str, scripts)], text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=100)
        yield from done.stdout.splitlines()
        if done.returncode > 1:
            yield "shellcheck did not work"


if __name__ == "__main__":
    lint.main(check)
