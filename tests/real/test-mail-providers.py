#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our table of e-mail providers says the same as that of npm's nodemailer, or it is said here why not (TAP).

    test-mail-providers.py MAIL-PROVIDERS
"""

import json
import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from smtp_server import provision  # noqa: E402

# Encryption from the first byte is preferred (RFC 8314 section 3); the provider offers both.
BOTH = "offers 465, too"
EXPLAINED = {
    "aol": BOTH,
    "gmx-com": BOTH,
    "infomaniak": BOTH,
    "gmx": "its own help names mail.gmx.net for its German addresses, mail.gmx.com is for the others",
    "yandex": "its help in English names smtp.yandex.com; both are the same server",
    "proton": "without a domain of one's own only the Bridge on this computer sends",
    "bluewin": "the other table has port 465 without its encryption, which can only be a slip",
}


class Providers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = subprocess.run([PROGRAM], check=True, stdout=subprocess.PIPE, text=True, timeout=20)
        cls.ours = {line.split("\t")[0]: line.split("\t")[1:] for line in done.stdout.splitlines()}
        package = provision() / "smtp-npm/node_modules/nodemailer"
        [path] = [path for folder in ("lib", "dist") for path in package.glob(f"{folder}/well-known/services.json")]
        cls.theirs = json.loads(path.read_text(encoding="utf-8")).values()

    def compare(self):
        """The servers of both for one of our providers, wherever both speak of the same domain or host."""
        for name, (domains, host, port, security) in self.ours.items():
            for their in self.theirs:
                if set(domains.split()) & set(their.get("domains", [])) or host == their.get("host"):
                    encryption = "tls" if their.get("secure") else "starttls"
                    yield name, (host, int(port), security), (their["host"], their["port"], encryption)

    def test_each_difference_is_explained(self):
        pairs = list(self.compare())
        different = {name: (ours, theirs) for name, ours, theirs in pairs if ours != theirs}
        print(f"# {len({name for name, _ours, _theirs in pairs})} of {len(self.ours)} providers are in both tables, "
              f"{len(different)} differ", flush=True)
        self.assertGreater(len(pairs), 15)
        self.assertEqual(set(different), set(EXPLAINED), different)

    def test_a_domain_both_know_has_one_provider(self):
        owners = {}
        for name, (domains, *_server) in self.ours.items():
            for domain in domains.split():
                owners.setdefault(domain, []).append(name)
        self.assertEqual([domain for domain, names in owners.items() if len(names) > 1], [])
        # A row of theirs is spread over several of ours only where the servers differ
        for their in self.theirs:
            names = {name for domain in their.get("domains", []) for name in owners.get(domain, [])}
            if len(names) > 1:
                self.assertEqual(len({self.ours[name][1] for name in names}), len(names), their)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    import tap
    tap.main()
