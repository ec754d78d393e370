"""The tests' own PostgreSQL does what the other tests rely on, and leaves nothing behind."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from tests.postgres import keeper, programs
from tests.postgres.cluster import CHECKOUT, OWNER, Cluster, ClusterError, started

HOLD = """
import signal
import sys
import tempfile
from pathlib import Path
from tests.postgres.cluster import started
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background is born deaf to it
with started(Path(sys.argv[1])) as cluster:
    print(cluster.folder, flush=True)
    sys.stdin.read()
"""


def names(cluster: Cluster) -> set[str]:
    with cluster.connect() as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def test_a_server_comes_from_debian_where_it_may_be_installed() -> None:
    as_root = programs.way_to_get(user=0, has_apt=True, has_sudo=False)
    as_user = programs.way_to_get(user=1000, has_apt=True, has_sudo=True)
    assert as_root is not None
    assert as_user == ["sudo", "-n", *as_root]
    assert "--no-install-recommends" in as_root[-1]
    assert programs.way_to_get(user=1000, has_apt=True, has_sudo=False) is None
    assert programs.way_to_get(user=0, has_apt=False, has_sudo=False) is None


def test_the_package_starts_no_cluster_of_its_own_and_that_setting_does_not_stay() -> None:
    script = programs._INSTALL
    assert script.index("create_main_cluster = false") < script.index("apt-get")
    assert f"trap 'rm -f {programs.DROP_IN}' EXIT" in script
    subprocess.run(["sh", "-n", "-c", script], check=True)


@pytest.mark.parametrize(("value", "needed"), [("true", True), ("True", True), ("", False), ("false", False)])
def test_a_missing_server_fails_only_where_a_change_is_judged(value: str, needed: bool) -> None:
    assert programs.required({"CI": value}) is needed


@pytest.mark.parametrize(("value", "code"), [("true", 1), ("", 0)])
def test_the_command_says_what_is_missing(
    value: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", value)
    monkeypatch.setenv("PGBIN", "/nowhere")
    monkeypatch.setattr(programs, "way_to_get", lambda **_known: None)
    assert programs.main() == code
    assert capsys.readouterr().err == f"{programs.NONE_FOUND}\n"


def test_the_folder_that_is_named_wins_when_it_holds_every_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGBIN", str(tmp_path))
    for name in programs.NEEDED:
        assert programs.find() is None
        (tmp_path / name).touch(mode=0o755)
    assert programs.find() == tmp_path


def test_the_newest_of_several_versions_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("9.6", "17", "15"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        for name in programs.NEEDED:
            (folder / name).touch(mode=0o755)
    monkeypatch.delenv("PGBIN", raising=False)
    monkeypatch.setattr(programs, "PLACES", (f"{tmp_path}/*/bin",))
    monkeypatch.setenv("PATH", "")
    assert programs.find() == tmp_path / "17" / "bin"


def test_postgresql_never_runs_as_root() -> None:
    assert keeper.other_user(1000) is None
    as_root = keeper.other_user(0)
    assert as_root is not None
    assert as_root.pw_uid != 0


def test_nobody_else_can_reach_it(postgres_cluster: Cluster) -> None:
    about = postgres_cluster.folder.stat()
    assert stat.S_IMODE(about.st_mode) == 0o700
    assert about.st_uid == (os.getuid() or about.st_uid) != 0
    with postgres_cluster.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_what_runs_on_it_is_no_superuser(postgres_url: str) -> None:
    engine = sa.create_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT current_user")) == OWNER
        assert connection.scalar(sa.text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) is False
    engine.dispose()


def test_databases_are_apart_and_go_away(postgres_cluster: Cluster) -> None:
    before = names(postgres_cluster)
    first, second = postgres_cluster.create(), postgres_cluster.create()
    assert names(postgres_cluster) - before == {first, second}
    with postgres_cluster.connect(first) as connected:
        connected.execute("CREATE TABLE one (n int)")
        with postgres_cluster.connect(second) as other, pytest.raises(psycopg.errors.UndefinedTable):
            other.execute("SELECT * FROM one")
        postgres_cluster.drop(first)
        with pytest.raises(psycopg.OperationalError):
            connected.execute("SELECT 1")
    postgres_cluster.drop(second)
    assert names(postgres_cluster) == before


def test_a_database_starts_with_an_empty_store(postgres_url: str, bare_postgres_url: str) -> None:
    found = []
    for url in (postgres_url, bare_postgres_url):
        engine = sa.create_engine(url)
        found.append("dataset" in sa.inspect(engine).get_table_names())
        engine.dispose()
    assert found == [True, False]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_stays_when_the_tests_end_or_are_killed(postgres_cluster: Cluster, end: signal.Signals) -> None:
    folder = programs.find()
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8") as owner:
        assert owner.stdout is not None
        assert owner.stderr is not None
        kept = Cluster(Path(owner.stdout.readline().strip()))
        with kept.connect() as connected:
            owner.send_signal(end)
            owner.stderr.read()  # ends when the keeper, which has it from its owner, has ended too
            with pytest.raises(psycopg.OperationalError):
                connected.execute("SELECT 1")
    assert not kept.folder.exists()


def test_a_server_that_cannot_start_says_why() -> None:
    with tempfile.TemporaryDirectory(dir=keeper.TEMPORARY) as folder:
        initdb = Path(folder) / "initdb"
        initdb.write_text('#!/bin/sh\n[ "$1" = --help ] || { echo no space for a cluster >&2; exit 3; }\n')
        for path in (initdb, initdb.parent):
            path.chmod(0o755)
        with pytest.raises(ClusterError, match="no space for a cluster"), started(initdb.parent):
            pass
        initdb.unlink()
        with pytest.raises(ClusterError, match="No such file"), started(initdb.parent):
            pass
