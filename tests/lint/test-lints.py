#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each lint passes a clean small tree and fails one with a violation planted (TAP)."""

import importlib
import pathlib
import sys
import tempfile

SPDX = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
HEAD = SPDX + '#define G_LOG_DOMAIN "herald-one"\n'
STEALS = "if (f (x) && g (y, g_steal_pointer (&x)))\n  g (a->x, x == 1 ? g_steal_pointer (&x->a) : h (x));\n"
MANUAL = (".\\\" SPDX\n.Dd November 22, 2026\n.Dt ONE 1\n.Os OctoHerald\n.Sh NAME\n.Nm one\n.Nd do one thing\n.Sh DESCRIPTION\nOne.\n")
CLEAN = {"src/core/base/one.c": HEAD + "int one;\n", "src/core/base/steals.c": HEAD.replace("one", "steals") + STEALS, "src/core/base/meson.build": "files('one.c', 'steals.c')\n",
         "src/core/words/meson.build": "files('words.c')\n", "src/core/words/words.c": HEAD.replace("one", "words") + 'f (_("Save {file} now."), N_("Wait…"), N_("_Save All"));\n',
         "po/POTFILES.in": "src/core/words/words.c\n", "po/LINGUAS": "de\n",
         "README.md": "[One](docs/one.md#it-is-one), [All](docs/troubleshooting.md), [`[x](y)`](docs/one.md#it-is-one-1)\n",
         "docs/troubleshooting.md": "| “Save {file}” | why | do |\n",
         "docs/one.md": "# It is *one*!\n\n# It is one\n\n```\n[x](gone.md)\n```\n", "docs/man/meson.build": "files('ok.1')\n"}
GERMAN = ('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nProject-Id-Version: a\\nPO-Revision-Date: 2026-01-01 00:00+0000\\n'
          'Last-Translator: a\\nLanguage-Team: a\\nLanguage: de\\nMIME-Version: 1.0\\nContent-Transfer-Encoding: 8bit\\n"\n\n'
          'msgid "_Save All"\nmsgstr "_Alle sichern"\n\n'
          'msgid "Save {file} now."\nmsgstr "{file} jetzt sichern."\n\nmsgid "Wait…"\nmsgstr "Warten…"\n')
CLEAN["po/de.po"] = GERMAN
APP = "org.example.One"
MANIFEST = f"""app-id: {APP}
runtime: org.gnome.Platform
runtime-version: '51'
sdk: org.gnome.Sdk
finish-args:
  # The window
  - --socket=wayland
  # The window elsewhere
  - --socket=fallback-x11
  # Its pictures
  - --share=ipc
modules:
  - name: one
    sources:
      - type: archive
        url: https://example.org/one-1.tar.xz
        sha256: {"0" * 64}
  - name: two
    sources:
      - type: dir
        path: ..
"""
YML = f"flatpak/{APP}.yml"
CLEAN[YML] = MANIFEST
CLEAN |= {"run": SPDX + "packages[service]='gcc meson'\n" + 'packages[build]="${packages[service]} libone-dev"\n',
          "debian/control": "Source: octoherald\nBuild-Depends:\n libone-dev (>= 1),\n meson,\nHomepage: one\n",
          "debian/one.install": "usr/bin/one\nusr/share/two\n",
          "src/one/meson.build": "executable('one', files('main.c'),\n  install: true)\n"}
LONG = "static void\nlong_one (void)\n{\n" + "  x ();\n" * 60 + "}\n"


def asking(argument):
    """The manifest with one more permission"""
    return MANIFEST.replace("modules:\n", f"  # Because\n  - {argument}\nmodules:\n")


# (lint, what is planted, path, content)
PLANTED = (
    ("layers", "an include upwards", "src/core/base/one.c", HEAD + '#include "core/store/config.h"\n'),
    ("layers", "a toolkit in core", "src/core/base/one.c", HEAD + "#include <gtk/gtk.h>\n"),
    ("layers", "a window that reads core", "src/window/one.c", HEAD + '#include "core/store/config.h"\n'),
    ("layers", "a folder of no layer", "src/other/one.c", HEAD),
    ("sizes", "a long file", "src/core/base/one.c", "\n" * 501),
    ("sizes", "a long header", "src/core/base/one.h", "\n" * 121),
    ("sizes", "a long test", "tests/core/test-one.c", "\n" * 301),
    ("sizes", "a long function", "src/core/base/one.c", HEAD + LONG),
    ("log-domains", "another file's domain", "src/core/base/two.c", HEAD),
    ("log-domains", "no domain", "src/core/base/one.c", SPDX),
    ("log-domains", "a test without test in its domain", "tests/core/test-one.c", HEAD),
    ("sources", "a file nobody builds", "src/core/base/dead.c", HEAD),
    ("sources", "a file only a comment builds", "src/core/base/meson.build", "# files('one.c')\n"),
    ("potfiles", "an unlisted text", "src/core/base/one.c", HEAD + 'x = _("Hello");\n'),
    ("potfiles", "a listed file that is gone", "po/POTFILES.in", "src/gone.c\n"),
    ("potfiles", "an unlisted text of a clean file", "po/POTFILES.in", "# texts\n"),
    ("translations", "a language without a file", "po/LINGUAS", "de fr\n"),
    ("translations", "a text without a translation", "po/de.po", GERMAN.replace("Warten…", "")),
    ("translations", "a text that is not there", "po/de.po", GERMAN[:GERMAN.index('msgid "Wait')]),
    ("translations", "a guess", "po/de.po", GERMAN.replace('msgid "Wait', '#, fuzzy\nmsgid "Wait')),
    ("translations", "a variable that is lost", "po/de.po", GERMAN.replace("{file} jetzt", "Jetzt")),
    ("translations", "a variable that is translated", "po/de.po", GERMAN.replace("{file}", "{datei}")),
    ("translations", "a sentence without its end", "po/de.po", GERMAN.replace("sichern.", "sichern")),
    ("translations", "an ellipsis that is lost", "po/de.po", GERMAN.replace("Warten…", "Warten")),
    ("translations", "spaces around", "po/de.po", GERMAN.replace("Warten…", " Warten…")),
    ("translations", "a key without its mark", "po/de.po", GERMAN.replace("_Alle", "Alle")),
    ("translations", "two marks of keys", "po/de.po", GERMAN.replace("_Alle s", "_Alle _s")),
    ("translations", "a broken file", "po/de.po", GERMAN + 'msgid "'),
    ("translations", "a macro in a text", "src/core/base/one.c", HEAD + 'f (_("%" G_GINT64_FORMAT " days"));\n'),
    ("deprecated-widgets", "a class", "src/window/one.ui", '<object class="AdwLeaflet"/>\n'),
    ("deprecated-widgets", "an icon", "src/window/one.c", HEAD + 'set_icon ("emblem-ok-symbolic");\n'),
    ("deprecated-widgets", "a constructor", "src/window/one.c", HEAD + "adw_message_dialog_new ();\n"),
    ("banned", "strcpy", "src/core/base/one.c", HEAD + "strcpy (a, b);\n"),
    ("banned", "markup", "src/window/one.c", HEAD + "gtk_label_set_markup (a, b);\n"),
    ("banned", "GdkPixbuf", "src/window/one.c", HEAD + 'gdk_pixbuf_loader_new_with_type ("png", NULL);\n'),
    ("banned", "a parent that is freed", "src/window/one.c", HEAD + "gtk_window_set_destroy_with_parent (window, TRUE);\n"),
    ("banned", "a parent that is freed", "src/window/one.ui", f'<!-- {SPDX[3:-4]} -->\n<property name="destroy-with-parent">True</property>\n'),
    ("banned", "a waiting call", "src/core/net/one.c", HEAD + "soup_session_send (a, b);\n"),
    ("banned", "no licence", "src/core/base/one.c", "int one;\n"),
    ("steal-order", "one emptied and read in a call", "src/core/base/one.c", HEAD + "f (x->y, g_steal_pointer (&x));\n"),
    ("steal-order", "one read within another call", "src/core/base/one.c", HEAD + "f (g_steal_pointer (&a->x), g (1, a->x));\n"),
    ("names", "a home directory", "src/core/base/one.c", HEAD + "/* /ro" + "ot/x */\n"),
    ("names", "a work directory", "tests/one.sh", "cd /wo" + "rk/x\n"),
    ("data-files", "broken D-Bus XML", "data/dbus/one.xml", "<node><interface>\n"),
    ("data-files", "a broken desktop file", "data/one.desktop", "[Desktop Entry]\nName=One\n"),
    ("recordings", "half a line", "tests/data/frames/1/one.jsonl", '{"_at": 0, "current": {'),
    ("recordings", "time that runs backwards", "tests/data/frames/1/one.jsonl",
     '{"_at": 2, "current": {}}\n{"_at": 1, "current": {}}\n'),
    ("recordings", "two messages in a line", "tests/data/frames/1/one.jsonl", '{"_at": 0, "current": {}, "event": {}}\n'),
    ("recordings", "a key", "tests/data/rest/1/one.json", '{"key": "TEST' + 'KEY"}'),
    ("x-page", "a sentence that the page does not explain", "src/core/channels/x/x-meaning.c",
     HEAD + '  [ONE] = { PLAIN, ERROR, 0,\n    N_("X is "\n       "closed.") },\n'),
    ("x-page", "a sentence of another file", "src/core/channels/x/x-film.c",
     HEAD + 'f (_("X has fallen "\n     "asleep over %s."));\n'),
    ("x-page", "a table without sentences", "src/core/channels/x/x-meaning.c", HEAD),
    ("man-pages", "a page that is not installed", "docs/man/one.1", MANUAL),
    ("man-pages", "a page that is called otherwise", "docs/man/ok.1", MANUAL),
    ("man-pages", "a macro that does not exist", "docs/man/ok.1", MANUAL.replace("ONE", "OK") + ".Xyz one\n"),
    ("links", "a page that is gone", "README.md", "[there](docs/gone.md)\n"),
    ("links", "a picture that is gone", "README.md", "![a print](docs/pictures/gone.png)\n"),
    ("links", "a heading that is gone", "README.md", "[there](docs/one.md#two)\n"),
    ("links", "a file that is gone", "docs/one.md", "`src/core/gone.c`\n"),
    ("links", "a page that nobody finds", "docs/two.md", "# Two\n"),
    ("links", "a page without an end", "docs/one.md", "# One\n" + "and\n" * 200),
    ("troubleshooting", "words that nothing says", "docs/troubleshooting.md", "| “The moon is full today.” | why | do |\n"),
    ("troubleshooting", "words that are not explained", "src/ctl/failure.c",
     HEAD + 'f (_("OctoHerald is "\n     "tired of %s."));\n'),
    ("releases", "a version without news", "meson.build", "project('one',\n  version: '1.2.3',\n)\n"),
    ("releases", "a release nobody dated", "NEWS.md", "## 1.2.3 – soon\n"),
    ("flatpak", "a permission without a reason", YML, MANIFEST.replace("  # Its pictures\n", "")),
    ("flatpak", "X11 beside Wayland", YML, asking("--socket=x11")),
    ("flatpak", "X11 alone", YML, MANIFEST.replace("  - --socket=wayland\n", "  # None\n")),
    ("flatpak", "X11 without shared memory", YML, MANIFEST.replace("  - --share=ipc\n", "")),
    ("flatpak", "somebody else's name", YML, asking("--own-name=org.kde.StatusNotifierItem-2-1")),
    ("flatpak", "the desktop's autostart", YML, asking("--filesystem=xdg-config/autostart:create")),
    ("flatpak", "a portal by name", YML, asking("--talk-name=org.freedesktop.portal.Desktop")),
    ("flatpak", "logind", YML, asking("--system-talk-name=org.freedesktop.login1")),
    ("flatpak", "systemd", YML, asking("--talk-name=org.freedesktop.systemd1")),
    ("flatpak", "dconf", YML, asking("--talk-name=ca.desrt.dconf")),
    ("flatpak", "KDE's own names", YML, asking("--talk-name=org.kde.kwalletd6")),
    ("flatpak", "all names of a family", YML, asking("--talk-name=org.example.*")),
    ("flatpak", "everything on the bus", YML, asking("--socket=session-bus")),
    ("flatpak", "a source without a checksum", YML, MANIFEST.replace("        sha256: ", "        md5: ")),
    ("flatpak", "a source over http", YML, MANIFEST.replace("https:", "http:")),
    ("flatpak", "a source that may change", YML, MANIFEST.replace("type: archive", "type: git")),
    ("flatpak", "a runtime that may change", YML, MANIFEST.replace("'51'", "master")),
    ("flatpak", "another program's manifest", YML, MANIFEST.replace(APP, "org.example.Two")),
    ("flatpak", "a branch", YML, MANIFEST + "branch: beta\n"),
    ("packages", "a program in no package", "src/two/meson.build", "executable('two', files('main.c'),\n  install: true)\n"),
    ("packages", "what only ./run builds with", "run", SPDX + "packages[service]='meson libtwo-dev'\n" +
     'packages[build]="libone-dev"\n'),
    ("packages", "what only the packages are built with", "debian/control",
     "Build-Depends:\n libone-dev (>= 1),\n libtwo-dev,\n meson,\n"),
    ("shell", "an unquoted variable", "one.sh", "#!/bin/bash\nrm $1\n"),
)


def complaints(lint, planted):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for inner, content in {**CLEAN, **planted}.items():
            (root / inner).parent.mkdir(parents=True, exist_ok=True)
            (root / inner).write_text(content, encoding="utf-8")
        return list(importlib.import_module(lint).check(root))


def main():
    lints = sorted({lint for lint, *_ in PLANTED})
    cases = [(lint, f"{lint} passes a clean tree", {}, False) for lint in lints]
    cases += [(lint, f"{lint} finds {what}", {inner: content}, True) for lint, what, inner, content in PLANTED]
    failed = False

    print(f"1..{len(cases)}")
    for number, (lint, title, planted, expected) in enumerate(cases, 1):
        found = complaints(lint, planted)
        good = bool(found) == expected
        failed = failed or not good
        print(f"{'ok' if good else 'not ok'} {number} - {title}")
        for complaint in found if not good else ():
            print(f"# {complaint}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
