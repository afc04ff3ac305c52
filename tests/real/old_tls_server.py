# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that speak no newer TLS than is told: openssl s_server and gnutls-serv.

They never get to speak of mail: what is tried is the handshake.
"""

import os

from smtp_server import Server, make_certificates
from unpacked_server import provision


class OldTlsServer(Server):
    """@version: "tls1" or "tls1_1", as openssl calls it, or "tls1.0" or "tls1.1", as GnuTLS does."""

    def __init__(self, version):
        super().__init__(None)
        self.version = version

    @property
    def authority(self):
        return self.folder / "authority.pem"

    def prepare(self):
        if not self.authority.exists():
            make_certificates(self.folder)
        if "." not in self.version:
            return ["openssl", "s_server", "-accept", f"127.0.0.1:{self.port}", f"-{self.version}", "-quiet",
                    "-cipher", "ALL:@SECLEVEL=0", "-cert", self.folder / "good.pem", "-key", self.folder / "key.pem"], {}

        root = provision("gnutls")
        return ([root / "usr/bin/gnutls-serv", "--port", str(self.port), "--echo", "--disable-client-cert",
                 "--priority", f"NORMAL:-VERS-ALL:+VERS-{self.version.upper()}:%VERIFY_ALLOW_SIGN_WITH_SHA1:+SHA1:+SIGN-ALL",
                 "--x509certfile", self.folder / "good.pem", "--x509keyfile", self.folder / "key.pem"],
                {"LD_LIBRARY_PATH": os.pathsep.join(map(str, root.glob("usr/lib/*-linux-gnu")))})
