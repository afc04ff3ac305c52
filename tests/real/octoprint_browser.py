# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at the web page where OctoPrint asks whether an application may have a key.

Makes the calls OctoPrint's own pages make: opens the page, is sent to the login, signs in, comes back,
and presses a button.
"""

import html
import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request

LIMIT_S = 30
PASSWORD = "s3cret"


class Browser:
    """Keeps cookies and shows the one against forged requests, as OctoPrint's pages do."""

    def __init__(self):
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                                  urllib.request.HTTPCookieProcessor(self.cookies))

    def open(self, url):
        """(address at the end of all redirects, text)"""
        with self.opener.open(url, timeout=LIMIT_S) as answer:
            return answer.geturl(), answer.read().decode()

    def post(self, url, content):
        """(status, text)"""
        request = urllib.request.Request(url, json.dumps(content).encode(),
                                         {"Content-Type": "application/json", "X-Requested-With": "XMLHttpRequest"})
        for cookie in self.cookies:
            if cookie.name.startswith("csrf_token"):
                request.add_header("X-CSRF-Token", cookie.value)
        try:
            with self.opener.open(request, timeout=LIMIT_S) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def decide(self, base_url, page, allow, user="admin"):
        """Opens the page, signs in where it is asked to, and decides."""
        landed, _text = self.open(page)
        assert "/login" in landed, f"{page} did not ask who we are but led to {landed}"
        status, text = self.post(base_url + "/api/login", {"user": user, "pass": PASSWORD, "remember": False})
        assert status == 200, f"login: {status} {text}"

        landed, text = self.open(page)
        found = re.search(r'var DECISION_URL\s*=\s*"([^"]+)"', text)
        assert found, f"{landed} is not the page: {text[:500]}"
        decision = urllib.parse.urljoin(landed, html.unescape(found.group(1)))
        status, text = self.post(decision, {"decision": allow})
        assert status == 204, f"decision: {status} {text}"
