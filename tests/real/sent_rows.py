# SPDX-License-Identifier: GPL-3.0-or-later
"""An e-mail channel by an account of the desktop, and what the history says of a message sent by it."""

from herald_session import wait_until

LIMIT_S = 40


def add_channel(session, *settings, to="maker@example.org"):
    return session.ctl("channel", "add", "email", "--name", f"Mail {settings[0]}", f"to={to}",
                       *settings).stdout.strip()


def wait_rows(session, channel, states=(), title="Hello"):
    """The rows of the last message of this title, once all have been tried, or are in one of @states."""
    def look():
        rows = [row for row in session.ctl_json("history", "--limit", "1000")["messages"]
                if row["channel"] == channel and row["title"] == title]
        # Newest first; channels of earlier tests had the same id.
        rows = [row for row in rows if row["event"] == rows[0]["event"]]
        settled = [row for row in rows if row["attempts"] and row["state"] not in ("pending", "sending", "committing") and
                   (not states or row["state"] in states)]
        return rows if rows and len(settled) == len(rows) else None
    return wait_until(look, LIMIT_S)


def send_rows(session, channel, title="Hello", states=()):
    session.ctl("send", "--title", title, "--text", "Grüße", "--channels", channel)
    return wait_rows(session, channel, states, title)


def send_row(session, channel, title="Hello", states=()):
    return send_rows(session, channel, title, states)[0]
