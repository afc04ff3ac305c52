# SPDX-License-Identifier: GPL-3.0-or-later
"""Something that answers as graph.microsoft.com in a network of its own (private_network.py).

    enter_network(); become_microsoft(folder)        name and certificate lead to this computer, for this program alone
    with GraphServer(folder, tokens=["…"]) as server:
        server.answer({"status": 429, "headers": {"Retry-After": "2"}})         the next one
        server.requests()
"""

import json
import pathlib

from private_network import OWN_ADDRESS, run
from smtp_server import HERE, Server, openssl, provision

HOST = "graph.microsoft.com"
PORT = 443


def become_microsoft(folder):
    """Makes an authority that everybody here trusts, and the certificates "good" and "wrong-name"."""
    folder = pathlib.Path(folder)
    openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=Test Authority", "-keyout", "authority-key.pem", "-out", "authority.pem")
    openssl(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=graph",
            "-keyout", "key.pem", "-out", "request.pem")
    for name, host in (("good", HOST), ("wrong-name", "other.example")):
        (folder / "extensions").write_text(f"subjectAltName=DNS:{host}\n")
        openssl(folder, "x509", "-req", "-in", "request.pem", "-CA", "authority.pem", "-CAkey", "authority-key.pem",
                "-CAcreateserial", "-days", "2", "-extfile", "extensions", "-out", f"{name}.pem")
    (folder / "hosts").write_text(f"127.0.0.1 localhost {HOST} elsewhere.example\n")
    for source, place in (("hosts", "/etc/hosts"), ("authority.pem", "/etc/ssl/certs/ca-certificates.crt")):
        run("mount", "--bind", folder / source, place)
    # Without an address that is not loopback's the resolver thinks there is no network.
    run("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "eth1")
    run("ip", "address", "add", OWN_ADDRESS + "/24", "dev", "eth0")
    run("ip", "link", "set", "eth0", "up")


class GraphServer(Server):
    """@http2: offers HTTP/2, as Microsoft does; @certificate: "good" or "wrong-name" """

    def __init__(self, keys, tokens, http2=True, certificate="good", port=PORT):
        super().__init__(port)
        self.keys = pathlib.Path(keys)
        self.http2 = http2
        self.certificate = certificate
        self.set_tokens(tokens)

    def prepare(self):
        (self.folder / "answers").write_text("")
        configuration = {"port": self.port, "http2": self.http2, "key": str(self.keys / "key.pem"),
                         "certificate": str(self.keys / f"{self.certificate}.pem"),
                         **{name: str(self.folder / name) for name in ("answers", "received", "tokens")}}
        return (["node", HERE / "graph-server.js", json.dumps(configuration)],
                {"NODE_PATH": str(provision() / "smtp-npm/node_modules")})

    def set_tokens(self, tokens):
        (self.folder / "tokens").write_text("\n".join(tokens))

    def answer(self, *answers):
        """What the next requests get, instead of what the contract says."""
        with (self.folder / "answers").open("a") as file:
            file.writelines(json.dumps(answer) + "\n" for answer in answers)

    def requests(self):
        received = self.folder / "received"
        return [json.loads(line) for line in received.read_text().splitlines()] if received.exists() else []
