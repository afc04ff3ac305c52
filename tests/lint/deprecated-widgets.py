#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing from GTK, libadwaita and its icons that our floor lacks or a later version deprecates.

Why: it must build cleanly on Debian 12 and in the newest runtime. The version macros catch what is too
new, but on Debian 12 nothing knows yet what will be deprecated.
"""

import re

import lint

CLASSES = """
AdwToolbarView AdwViewSwitcherTitle AdwSqueezer AdwBreakpoint AdwLeaflet AdwFlap AdwNavigationView AdwDialog
AdwPreferencesWindow AdwPreferencesDialog AdwSwitchRow AdwSpinRow AdwMessageDialog AdwAlertDialog AdwBanner
AdwAboutWindow AdwAboutDialog GtkComboBox GtkComboBoxText GtkDialog GtkMessageDialog GtkInfoBar
GtkShortcutsWindow GtkTreeView GtkListStore GtkTreeStore GtkCellRenderer GtkIconView GtkFileChooser
GtkFileChooserDialog GtkFileChooserNative GtkFileChooserWidget GtkFileDialog GtkStyleContext GtkAssistant
GtkStatusbar GtkLockButton GtkVolumeButton GtkAppChooser GtkColorButton GtkFontButton GtkEntryCompletion
""".split()
FUNCTIONS = ["gtk_show_uri", "gtk_css_provider_load_from_data"]


def snake(camel):
    return re.sub(r"(?<!^)([A-Z])", r"_\1", camel).lower()


WORDS = re.compile(r"\b(?:" + "|".join(
    CLASSES + [f"{snake(c)}_(?:new|get_type|add|set|get)\\w*" for c in CLASSES]
    + FUNCTIONS) + r")\b")
# AdwDialog's functions also begin those of no other class, but GtkDialog's type macro does: match whole words.
# All that begin so are gone from Debian 13's theme, and drawn as missing.
ICONS = re.compile(r"\bemblem-[a-z-]+-symbolic\b")


def check(root):
    for path in lint.files(root, "*.c", "*.h", "*.ui", under=("src",)):
        content = lint.code(path) if path.suffix in (".c", ".h") else lint.text(path)
        for match in WORDS.finditer(content):
            yield (f"{lint.name(root, path)}:{lint.line_of(content, match.start())}: "
                   f"{match.group()} is deprecated later or newer than our floor")
        for match in ICONS.finditer(lint.text(path)):
            yield f"{lint.name(root, path)}:{lint.line_of(lint.text(path), match.start())}: newer themes lack {match.group()}"


if __name__ == "__main__":
    lint.main(check)
