"""A few columns of a CSV are the same whether it is read whole or piece by piece."""

import pytest

from data.formats import few_columns
from data.formats.few_columns import names_of, read_few
from data.formats.sources import Source
from tests.unit.data.records.refusals import refusal


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    "content",
    [
        "\ufeffa,b,c\r\n1,é,3\r\n , ,5\r\n".encode(),
        b"a,b,c\n1,\xe9,3\n,,5\n",  # cp1252
        b'"a","b","c"\n"1","\xe9","3\x81"\n"","","5"\n',  # a byte that cp1252 does not know
    ],
)
def test_any_encoding_gives_the_same_columns(content: bytes, streamed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(few_columns, "STREAMED_FROM", 0 if streamed else 1_000)
    source = Source("a.csv", content=content)
    assert names_of(source) == ["a", "b", "c"]
    assert read_few(source, ["b", "a"]).to_pydict() == {"b": ["é", None], "a": ["1", None]}


def test_a_large_file_is_refused_for_its_names_and_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(few_columns, "STREAMED_FROM", 0)
    assert "more than once" in refusal(lambda: names_of(Source("a.csv", content=b"a,a\n1,2\n")), "a.csv")
    assert "row 1 looks like data" in refusal(lambda: names_of(Source("a.csv", content=b"1.5,a\n1,2\n")), "a.csv")
    assert "as many cells" in refusal(lambda: read_few(Source("a.csv", content=b"a,b\n1,2\n3\n"), ["a"]), "a.csv")
    assert "“c”" in refusal(lambda: read_few(Source("a.csv", content=b"a,b\n1,2\n"), ["c"]), "a.csv")
