"""The signing table: too many ticks at once are refused, and none of them is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.office import Office, office
from tests.web.played import drafted, goes_on, shown

HEAD = "kepala-diskominfo"


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        for case in ("surat-a", "surat-b"):
            goes_on(made, drafted(made, case, subject=f"Hal {case}"), ("ketua-tim-diskominfo", "paraf", "paraf"))
        yield made


def test_more_than_25_come_back_ticked_with_the_reason(kantor: Office) -> None:
    mine, others = kantor.task("surat-a"), range(9000, 9025)
    query = "&".join(f"t={task}" for task in (mine, *others))
    answer = kantor.get(f"/tanda-tangan/tinjau?{query}", HEAD)
    assert answer.status_code == 422
    assert "Paling banyak 25 surat sekali tanda tangan. Kurangi pilihan." in shown(answer)
    assert f'value="{mine}" checked' in answer.text
    assert f'value="{kantor.task("surat-b")}" checked' not in answer.text


def test_25_named_twice_are_25(kantor: Office) -> None:
    query = "&".join(f"t={kantor.task('surat-a')}" for _ in range(30))
    answer = kantor.get(f"/tanda-tangan/tinjau?{query}", HEAD)
    assert (answer.status_code, "Hal surat-a" in answer.text) == (200, True)
