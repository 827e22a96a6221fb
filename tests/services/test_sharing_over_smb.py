"""The same work over a real SMB share: Samba on loopback, reached through a file system that speaks SMB.

The lock is proved between programs on one PC here. That the server tells the lock of another PC is left to the system's
own client, which not every machine can mount.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hyoka_desktop.domain.report import ROOT
from hyoka_desktop.errors import HyokaError, WorldError
from hyoka_desktop.services.reports import read_report
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.services.sharing import SharedSession, is_shared, open_shared, open_working_copy, previous_versions
from hyoka_desktop.services.workingcopies import unpublished_copies
from hyoka_desktop.store.lock import FileLock

pytestmark = pytest.mark.slow
_SERVER = """\
[global]
interfaces = lo
bind interfaces only = yes
smb ports = 445
disable spoolss = yes
load printers = no
map to guest = Bad User
guest account = root
log file = {place}/log
{folders}
[share]
path = {place}/share
guest ok = yes
read only = no
"""
_FOLDERS = ("private dir", "lock directory", "state directory", "cache directory", "pid directory", "ncalrpc dir")
_HOLD = """
import sys
from pathlib import Path
from hyoka_desktop.services.sharing import open_shared
class Deaf:
    def written(self): pass
    def failed(self, error): pass
    def broken(self, error): pass
session = open_shared(Path(sys.argv[1]), Deaf(), "1.0")
session.set_text(2024, 1, "procedures", "倒れる前の文")
assert session.flush()
print("open", flush=True)
sys.stdin.read()
"""


def _until(holds: Callable[[], bool], what: str) -> None:
    """Wait for another program, which sends no signal."""
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, what
        os.sched_yield()


def _is_port_taken(connections: str) -> bool:
    """Tell whether a server listens at the port of SMB; connections of one that ended stay listed for a minute."""
    rows = (line.split() for line in connections.splitlines()[1:])
    return any(local.endswith(":01BD") and state == "0A" for _, local, _, state, *_ in rows)


def _listed(folder: Path) -> list[str] | None:
    """Tell the names in a folder; None while the server does not answer."""
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return None


class Samba:
    """Run a server, and a mount of its share."""

    def __init__(self, place: Path) -> None:
        self.disk = place / "share"
        self._mount = place / "net"
        self.share = self._mount / "127.0.0.1" / "share"
        self._configuration = place / "smb.conf"
        self._home = place / "home"
        self._server: subprocess.Popen[bytes] | None = None
        for folder in (self.disk, self._mount, place / "run", self._home / ".smb"):
            folder.mkdir(parents=True)
        folders = "\n".join(f"{name} = {place}/run" for name in _FOLDERS)
        self._configuration.write_text(_SERVER.format(place=place, folders=folders), encoding="utf-8")
        for name, text in (("smb.conf", "[global]\nclient min protocol = SMB2\n"), ("smbnetfs.conf", "")):
            (self._home / ".smb" / name).write_text(text, encoding="utf-8")
            (self._home / ".smb" / name).chmod(0o600)

    def start(self) -> None:
        line = ["smbd", "--foreground", "--no-process-group", f"--configfile={self._configuration}"]
        self._server = subprocess.Popen(line, start_new_session=True)

    def mount(self) -> None:
        subprocess.run(["smbnetfs", self._mount], env={**os.environ, "HOME": str(self._home)}, check=True, timeout=20)
        _until(lambda: _listed(self.share) is not None, "the share is mounted")

    def stop(self) -> None:
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait(20)
            self._server = None

    def unmount(self) -> None:
        subprocess.run(["umount", "-l", self._mount], check=False, timeout=20)


@pytest.fixture
def samba(tmp_path: Path) -> Iterator[Samba]:
    lacking = [name for name in ("smbd", "smbnetfs", "umount") if shutil.which(name) is None]
    if lacking:
        pytest.skip(f"no SMB share on this machine: {', '.join(lacking)} not installed (Debian: samba smbnetfs)")
    if os.geteuid() != 0 or not os.access("/dev/fuse", os.W_OK):
        pytest.skip("no SMB share on this machine: only root with /dev/fuse can serve and mount one")
    if _is_port_taken(Path("/proc/net/tcp").read_text(encoding="ascii")):
        pytest.skip("no SMB share on this machine: another server has its port")
    samba = Samba(tmp_path / "samba")
    try:
        samba.start()
        samba.mount()
        yield samba
    finally:
        samba.unmount()
        samba.stop()


@pytest.fixture
def published(samba: Samba, sample_file: Path) -> Path:
    shutil.copyfile(sample_file, samba.disk / "評価書.hyoka")
    path = samba.share / "評価書.hyoka"
    _until(lambda: path.name in (_listed(path.parent) or []), "the report is seen through the share")
    return path


class _Deaf:
    def written(self) -> None:
        pass

    def failed(self, error: HyokaError) -> None:
        raise error

    def broken(self, error: BaseException) -> None:
        raise error


def _write(session: SharedSession, text: str) -> None:
    session.set_text(2024, ROOT, "procedures", text)
    assert session.flush()


def _text(path: Path) -> str:
    report = read_report(path)
    return report.view(2024).text(ROOT, "procedures")


def test_a_report_is_checked_out_and_published_over_smb(samba: Samba, published: Path, tmp_path: Path) -> None:
    assert is_shared(published, Settings())
    before = (samba.disk / published.name).read_bytes()
    session = open_shared(published, _Deaf(), "1.0")
    for text in ("一度目", "二度目"):
        _write(session, text)
        session.publish()
    assert session.close()
    on_disk = Path(shutil.copy(samba.disk / published.name, tmp_path))
    assert _text(on_disk) == "二度目"
    (newer, older) = previous_versions(samba.disk / published.name)
    assert older.read_bytes() == before
    assert sorted(path.name for path in samba.disk.iterdir()) == sorted([published.name, newer.name, older.name])


def test_a_killed_program_frees_a_report_on_smb_and_its_work_goes_on(published: Path) -> None:
    line = [sys.executable, "-c", _HOLD, str(published)]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout.readline() == "open\n"
        with pytest.raises(WorldError) as refusal:
            open_shared(published, _Deaf(), "1.0")
        assert refusal.value.code == "file_in_use"
        program.kill()
    assert FileLock(published).current_holder() is None
    session = open_shared(published, _Deaf(), "1.0")
    assert session.checkout.is_resumed
    session.publish()
    assert session.close()


def test_a_server_that_goes_down_leaves_the_work_safe_until_it_is_back(
    samba: Samba, published: Path, tmp_path: Path
) -> None:
    session = open_shared(published, _Deaf(), "1.0")
    _write(session, "切れている間の文")
    samba.stop()
    with pytest.raises(WorldError) as refusal:
        session.publish()
    assert refusal.value.code in {"share_away", "share_refuses"}
    assert session.close()
    samba.start()
    _until(lambda: published.name in (_listed(published.parent) or []), "the share is back")
    (waiting,) = unpublished_copies()
    resumed = open_working_copy(waiting, _Deaf(), "1.0")
    resumed.publish()
    assert resumed.close()
    assert _text(Path(shutil.copy(samba.disk / published.name, tmp_path))) == "切れている間の文"
