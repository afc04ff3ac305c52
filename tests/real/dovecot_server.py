# SPDX-License-Identifier: GPL-3.0-or-later
"""Dovecot's submission server on a loopback port: every way to log in that programs use.

    with Dovecot(mechanisms=["SCRAM-SHA-256"], users={"ada": "secret"}, security="starttls") as server:
        ...                                 server.port, server.authority: trust this file
        server.mails()                      what it took and handed on to Postfix's smtp-sink
        server.make_token("ada")            for XOAUTH2 and OAUTHBEARER

It runs as an ordinary user in a name space of its own, where its libraries lie where it looks for them.
"""

import base64
import functools
import grp
import hashlib
import hmac
import json
import os
import pathlib
import pwd
import subprocess
import time

from smtp_server import Server, SmtpSink, make_certificates

HERE = pathlib.Path(__file__).resolve().parent
MECHANISMS = ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER")
TOKEN_KEY = b"the key that signs the tokens of this test"

# Its files are laid into /usr, below those of the system: some of its paths cannot be set.
ENTER = """
mount -t overlay overlay -o "lowerdir=/usr:$0/usr" /usr || exit 1
exec "$@"
"""

CONFIGURATION = """
protocols = submission
base_dir = {folder}/run
state_dir = {folder}/run
log_path = /dev/stderr
auth_verbose = yes
listen = 127.0.0.1
hostname = localhost
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service submission-login {{
  chroot =
  inet_listener submission {{
    port = {plain_port}
  }}
  inet_listener submissions {{
    port = {tls_port}
    ssl = yes
  }}
}}
ssl = {ssl}
ssl_cert = <{folder}/{certificate}.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = {mechanisms}
auth_username_chars =
auth_username_format = %u
auth_failure_delay = 0
auth_cache_size = 0
mail_location = maildir:{folder}/mail
{token_passdb}
passdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail
}}
submission_relay_host = 127.0.0.1
submission_relay_port = {relay_port}
submission_relay_trusted = no
"""

TOKEN_PASSDB = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
"""

TOKEN_CONFIGURATION = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = sub
openid_configuration_url = https://login.example.org/
"""


@functools.cache
def provision():
    """Folder of Dovecot; fetches it if it is missing."""
    done = subprocess.run([HERE / "provision-dovecot.sh"], check=True, stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, text=True, timeout=600)
    return pathlib.Path(done.stdout.strip().splitlines()[-1])


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def hash_password(password):
    """As only PLAIN and LOGIN can check it; the other ways need the password or a hash of their own."""
    salt = os.urandom(4)
    digest = hashlib.sha256(password.encode() + salt).digest() + salt
    return "{SSHA256.b64}" + base64.b64encode(digest).decode()


def keep_password(password):
    return "{PLAIN.b64}" + base64.b64encode(password.encode()).decode()


class Dovecot(Server):
    """Dovecot with a relay behind it.

    @mechanisms: of MECHANISMS
    @users: {name: password}
    @security: "tls", "starttls" or "plain"
    @hashed: whether it keeps hashes that only PLAIN and LOGIN can check, whatever it offers
    @certificate: one of smtp_server.CERTIFICATES
    @relay_flags: for the smtp-sink behind it
    """

    def __init__(self, mechanisms=MECHANISMS, users=None, security="tls", hashed=False, certificate="good",
                 relay_flags=(), port=None):
        super().__init__(port)
        self.mechanisms = list(mechanisms)
        self.users = users or {}
        self.security = security
        self.hashed = hashed
        self.certificate = certificate
        self.relay = SmtpSink(*relay_flags)
        # Nobody's, where the test runs as root: like everybody else's it does without root then.
        self.uid = os.geteuid() or pwd.getpwnam("nobody").pw_uid
        self.gid = os.getegid() if os.geteuid() != 0 else pwd.getpwnam("nobody").pw_gid

    @property
    def authority(self):
        """Whom to trust to trust this server, as a PEM file."""
        return self.folder / "authority.pem"

    def start(self):
        self.relay.__enter__()
        super().start()

    def stop(self):
        super().stop()
        self.relay.__exit__()

    def mails(self):
        return self.relay.mails()

    def output(self):
        """What it says about its clients."""
        return (self.folder / "output").read_text(errors="replace")

    def make_token(self, user, lives_s=3600, key=TOKEN_KEY, **claims):
        """A token as a provider would hand it out (RFC 7519)."""
        now = int(time.time())
        parts = [{"alg": "HS256", "typ": "JWT"}, {"sub": user, "iat": now - 5, "exp": now + lives_s, **claims}]
        signed = ".".join(base64url(json.dumps(part).encode()) for part in parts)
        return signed + "." + base64url(hmac.digest(key, signed.encode(), "sha256"))

    def prepare(self):
        if not self.authority.exists():
            make_certificates(self.folder)
        self._write_files()
        for path in [self.folder, *self.folder.rglob("*")]:
            os.chown(path, self.uid, self.gid)

        root = provision()
        command = ["unshare", "--mount", "sh", "-c", ENTER, root]
        if os.geteuid() != 0:
            command[1:1] = ["--user", "--map-root-user"]
            command += ["unshare", "--user", f"--map-user={self.uid}", f"--map-group={self.gid}"]
        else:
            command += ["setpriv", f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups"]
        return [*command, "/usr/sbin/dovecot", "-F", "-c", self.folder / "dovecot.conf"], {}

    def _write_files(self):
        offers_tokens = any(name in ("XOAUTH2", "OAUTHBEARER") for name in self.mechanisms)
        names = {
            "folder": self.folder,
            "user": pwd.getpwuid(self.uid).pw_name,
            "group": grp.getgrgid(self.gid).gr_name,
            "plain_port": 0 if self.security == "tls" else self.port,
            "tls_port": self.port if self.security == "tls" else 0,
            "ssl": "no" if self.security == "plain" else "yes",
            "certificate": self.certificate,
            "mechanisms": " ".join(self.mechanisms).lower(),
            "relay_port": self.relay.port,
        }
        names["token_passdb"] = TOKEN_PASSDB.format(**names) if offers_tokens else ""
        keep = hash_password if self.hashed else keep_password
        keys = self.folder / "keys/default/HS256"
        keys.mkdir(parents=True, exist_ok=True)
        (keys / "default").write_bytes(base64.b64encode(TOKEN_KEY))
        (self.folder / "run").mkdir(exist_ok=True)
        (self.folder / "mail").mkdir(exist_ok=True)
        (self.folder / "users").write_text("".join(f"{user}:{keep(password)}\n"
                                                   for user, password in self.users.items()))
        (self.folder / "oauth2.conf").write_text(TOKEN_CONFIGURATION.format(**names))
        (self.folder / "dovecot.conf").write_text(CONFIGURATION.format(**names))
