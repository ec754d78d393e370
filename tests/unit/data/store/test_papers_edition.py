"""A store of edition 0012 gets room for papers, and keeps all that it held."""

from contextlib import closing

from data.principal import LOCAL_USER
from data.services.verifying import verify
from data.store import organisation_looks, papers, unversioned
from data.store import tables as t
from data.store.papers import NewPaper
from data.store.store import Store
from tests.unit.data.store.bringing import bring, settle
from tests.unit.data.store.inside import held
from tests.unit.geo.briefing.sample import NO_EDITS, sample_paper

NEW = ("paper", "organisation_look")


def test_papers_are_kept_from_then_on_and_nothing_else_changes(store: Store, url: str) -> None:
    settle(store)
    bring(store)
    with store._engine.execution_options(writes=True).begin() as connection:
        for name in NEW:
            t.metadata.tables[name].drop(connection)
        connection.execute(unversioned.edition_mark.update().values(version_num="0012"))
    before = held(store, *NEW)
    with closing(Store(url)) as upgraded:
        assert held(upgraded, *NEW) == before
        assert papers.papers(upgraded, LOCAL_USER) == []
        assert organisation_looks.look(upgraded, LOCAL_USER) == {}
        assert papers.put_paper(upgraded, LOCAL_USER, NewPaper(sample_paper(), NO_EDITS, None, "2024-09", "2025-08"))
        assert verify(upgraded, LOCAL_USER) == []
