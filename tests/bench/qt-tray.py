#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The least that a tray application made with PyQt5 has: an icon and a menu, for the printers named; asks no server."""

import signal
import sys

from PyQt5.QtGui import QIcon, QPixmap
from PyQt5 import QtNetwork  # noqa: F401  pylint: disable=unused-import  # whoever asks a printer needs it
from PyQt5.QtWidgets import QApplication, QMenu, QSystemTrayIcon


def main():
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    application = QApplication(sys.argv)
    application.setQuitOnLastWindowClosed(False)
    menu = QMenu()
    for name in sys.argv[1:]:
        for label in ("Pause", "Resume", "Cancel"):
            menu.addMenu(name).addAction(label)
    pixmap = QPixmap(22, 22)
    pixmap.fill()
    tray = QSystemTrayIcon(QIcon(pixmap))
    tray.setContextMenu(menu)
    tray.show()
    return application.exec_()


if __name__ == "__main__":
    sys.exit(main())
