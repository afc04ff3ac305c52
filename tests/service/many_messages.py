# SPDX-License-Identifier: GPL-3.0-or-later
"""A history of 100,000 messages, by the SQL of tests/fixtures/many-messages.h."""

import ast
import contextlib
import pathlib
import re
import sqlite3

MANY = 100000
HEADER = pathlib.Path(__file__).parent.parent / "fixtures" / "many-messages.h"


def make_many(session):
    """Puts them into the database of the session, and starts its service"""
    session.start_service()
    session.stop_service()
    text = HEADER.read_text(encoding="utf-8").partition("#define MANY_MESSAGES_SQL")[2]
    sql = b"".join(ast.literal_eval("b" + part) for part in re.findall(r'"(?:[^"\\]|\\.)*"', text))
    path = pathlib.Path(session.environment["XDG_DATA_HOME"], "octoherald", "herald.db")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql.decode())
    session.start_service()
