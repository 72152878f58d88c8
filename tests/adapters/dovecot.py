"""A mail server of the tests' own: Debian's dovecot on a free port of this machine, with TLS."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "fyr-og-flamme"
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
mail_location = maildir:~/Maildir
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Server:
    """Where it answers: `port` with TLS at once, `plain` with STARTTLS; and whose word to trust."""

    port: int
    plain: int
    trusted: str


def why_not() -> str | None:
    """Why there is no mail server here, and what to install; None if there is one."""
    missing = [name for name in ("dovecot", "openssl") if shutil.which(name) is None]
    if missing or not Path("/usr/lib/dovecot/imap").exists():
        return "No mail server to test with. Install it: apt-get install dovecot-imapd openssl"
    return None


@contextlib.contextmanager
def dovecot() -> Iterator[Server]:
    """The server, for as long as it is used; all that it has lies in a folder that is taken away."""
    folder = Path(tempfile.mkdtemp(prefix="veikart-dovecot-"))
    folder.chmod(0o755)
    server = Server(port=_free(), plain=_free(), trusted=str(folder / "cert.pem"))
    make_certificate(folder)
    config = write_config(folder, server)
    process = subprocess.Popen(
        ["dovecot", "-F", "-c", str(config)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        _await(server, folder / "log")
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def make_certificate(folder: Path) -> None:
    """A certificate for 127.0.0.1, signed by itself."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")],
        check=True, capture_output=True,
    )  # fmt: skip


def write_config(folder: Path, server: Server) -> Path:
    """What the server is told, so that it runs as root and as anybody else."""
    is_root = os.geteuid() == 0
    me = pwd.getpwuid(os.geteuid())
    mails = pwd.getpwnam("nobody") if is_root else me
    (folder / "mail").mkdir()
    os.chown(folder / "mail", mails.pw_uid, mails.pw_gid)
    names = ("dovecot", "dovenull", "dovecot") if is_root else (me.pw_name,) * 3
    config = folder / "dovecot.conf"
    config.write_text(
        CONFIG.format(
            folder=folder, internal=names[0], login=names[1], group=names[2], password=PASSWORD,
            uid=mails.pw_uid, gid=mails.pw_gid, port=server.port, plain=server.plain,
        )
    )  # fmt: skip
    return config


def _free() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _await(server: Server, log: Path) -> None:
    context = ssl.create_default_context(cafile=server.trusted)
    for _try in range(200):
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", server.port)) as to,
            context.wrap_socket(to, server_hostname="127.0.0.1") as secure,
        ):
            if secure.recv(100).startswith(b"* OK"):
                return
        time.sleep(0.05)
    raise RuntimeError(log.read_text() if log.exists() else "dovecot did not start")
