"""Documents for duties by command: a new file, logged; and the list of what guidance asks."""

from pathlib import Path

import pytest

from data.services import access_log
from data.services.duties import duties_csv
from data.services.duty_documents import DOCUMENTS
from tests.unit.data.papers.duty_samples import opened
from tests.unit.data.running import done, run


@pytest.mark.parametrize("which", DOCUMENTS)
def test_a_document_is_written_and_logged(
    home: Path, tmp_path: Path, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "new.docx"
    ran = done(home, "duties", "--document", which, file)
    assert ran.out == ""
    assert DOCUMENTS[which] in ran.err
    assert "your data protection officer must check" in ran.err
    assert opened(file.read_bytes()).core_properties.title == DOCUMENTS[which]
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(home))
    assert [one.where for one in access_log.entries()][-1] == f"duties {which}"


def test_without_a_document_the_list_is_written(home: Path) -> None:
    assert done(home, "duties").out == duties_csv()


def test_a_file_that_is_there_stays(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "old.docx"
    file.write_bytes(b"old")
    ran = run(home, "duties", "--document", "dpia", file)
    assert ran.code == 2
    assert "is there already" in ran.err
    assert file.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("--document", "dpia"), "one of them is missing"),
        (("new.docx",), "one of them is missing"),
        (("--document", "policy", "new.docx"), "must be one of dpia"),
    ],
)
def test_half_a_request_is_refused(home: Path, asked: tuple[str, ...], says: str) -> None:
    ran = run(home, "duties", *asked)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
