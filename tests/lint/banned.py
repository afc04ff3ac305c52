#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions that overflow, start a shell, interpret foreign text as markup, block the loop or decode where they cannot.

Why: each has a safe sibling in GLib or in our own code. Also here because it is as plain: every file names its licence.
"""

import re

import lint

# What is wrong with it, and what to use.
BANNED = {
    r"(?:strcpy|strcat|sprintf|vsprintf|gets|strncpy|strncat)": "overflows or does not end; use g_strdup_printf, g_strlcpy",
    r"(?:strtok|strerror|localtime|gmtime|ctime|asctime)": "keeps hidden state; use g_strsplit, g_strerror, GDateTime",
    r"(?:system|popen|g_spawn_command_line_a?sync|g_shell_parse_argv)": "goes through a shell; use GSubprocess",
    r"(?:atoi|atol|atof|sscanf)": "hides errors; use g_ascii_string_to_unsigned",
    r"gtk_label_(?:set_markup|new_with_mnemonic_markup)": "interprets foreign text; use gtk_label_set_text",
    r"(?:tmpnam|mktemp|tempnam)": "can be raced; use g_mkdtemp, g_file_open_tmp",
    r"(?:sleep|usleep|g_usleep)": "holds the loop; use a timeout source",
    r"(?:malloc|calloc|realloc|alloca|g_alloca)": "use g_new, g_autofree",
    r"(?:soup_session_send|soup_session_send_and_read|secret_password_\w+_sync|secret_service_\w+_sync)":
        "waits; use the _async form",
    r"(?:g_socket_client_connect|g_socket_client_connect_to_(?:host|service|uri)|g_resolver_lookup_by_name)": "waits; use the _async form",
    r"\w+_call_\w+_sync|g_dbus_(?:connection|proxy)_call_sync|g_bus_get_sync": "waits; use the asynchronous form",
    r"g_main_context_iteration": "nests the loop",
    r"gtk_window_set_destroy_with_parent": "lets a window that is still held use its parent when that is freed; use herald_transient_attach",
    r"gdk_pixbuf_\w+": "cannot decode everywhere: new ones ask other processes to; use picture/painting.h",
}
# A command of the shell has nothing to do but wait, and a program's main may wait for its bus.
MAY_WAIT = ("src/ctl/", "src/picture/")
WAITS = ("waits", "nests", "holds")
# The beginnings of reasons that do not hold in these: two make links of texts that they have escaped themselves, and one is what the
# safe sibling is made of.
EXEMPT = {"src/window/accounts/guide.c": "interprets", "src/window/help/help-page.c": "interprets", "src/window/base/transient.c": "lets"}
LICENSED = ("*.c", "*.h", "*.py", "*.sh", "*.js", "*.ui", "*.css")
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"


def check(root):
    for path in lint.files(root, "*.c", "*.h", under=("src",)):
        inner = lint.name(root, path)
        content = lint.code(path)
        for pattern, why in BANNED.items():
            if inner.startswith(MAY_WAIT) and why.startswith(WAITS):
                continue
            if inner in EXEMPT and why.startswith(EXEMPT[inner]):
                continue
            for match in re.finditer(rf"(?<![\w.>])(?:{pattern})\s*\(", content):
                called = match.group().rstrip("( ")
                yield f"{inner}:{lint.line_of(content, match.start())}: {called} {why}"

    for path in lint.files(root, "*.ui", under=("src",)):
        if "destroy-with-parent" in lint.text(path):
            yield f"{lint.name(root, path)}: destroy-with-parent; use herald_transient_attach"

    for path in lint.files(root, *LICENSED, under=("src", "tests", ".ci")):
        if "tests/data/" in path.as_posix() or not lint.text(path).strip():
            continue
        if SPDX not in "\n".join(lint.text(path).splitlines()[:4]):
            yield f"{lint.name(root, path)}: does not name its licence (\"{SPDX}\")"
    for inner in ("run", "check", ".ci/run"):
        if (root / inner).exists() and SPDX not in lint.text(root / inner)[:300]:
            yield f"{inner}: does not name its licence (\"{SPDX}\")"


if __name__ == "__main__":
    lint.main(check)
