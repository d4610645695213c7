"""A signature that fills something in: its form is checked first, and consent and passphrase are asked where it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.office.processes import keep_processes
from engine.nodes import Seq, Sign
from engine.process import Process
from tests.db import play
from tests.db.play import Played
from tests.db.processes import LETTER
from tests.web.office import Office, office
from tests.web.played import shown

HEAD = "kepala-diskominfo"
FILLED: Process = replace(
    LETTER, code="surat-uji-berisi", flow=Seq(tuple(replace(one, fills=("isi",)) if isinstance(one, Sign) else one for one in LETTER.flow.nodes))
)


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:

        async def play_it(engine: AsyncEngine) -> None:
            async with engine.begin() as connection:
                await keep_processes(connection, [FILLED])
            played = Played(engine, FILLED, "surat-berisi", made.clock.now)
            drafter = await play.actor(engine, "konseptor-diskominfo", made.clock.now)
            await played.open(drafter, "diskominfo")
            form: dict[str, Any] = {"perihal": "Hal berisi", "sifat": "biasa"}
            await played.decide("konseptor-diskominfo", "konsep", "kirim", filled=await played.send(drafter, form), **form)
            await played.decide("ketua-tim-diskominfo", "paraf", "paraf")

        made.run(play_it)
        yield made


def sent(kantor: Office, **texts: str) -> Any:
    form = {"outcome": "tandatangani", "reason": "", "isi": "Isi yang ditambahkan.", "request_id": "01KDVDNA00WBMAN1HYH488CA8C", **texts}
    return kantor.post(f"/tugas/{kantor.task('surat-berisi')}", HEAD, data=form)


def test_the_passphrase_is_asked_on_the_check_page_and_not_before_it(kantor: Office) -> None:
    page = kantor.get(f"/tugas/{kantor.task('surat-berisi')}", HEAD)
    assert ('name="isi"' in page.text, 'name="frasa"' in page.text) == (True, False)
    check = sent(kantor, aksi="periksa")
    assert check.status_code == 200
    assert "Isi yang ditambahkan." in shown(check)
    assert ('name="setuju"' in check.text, 'name="frasa"' in check.text) == (True, True)


def test_a_missing_passphrase_comes_back_on_the_check_page_with_the_answers(kantor: Office) -> None:
    answer = sent(kantor, aksi="kirim", setuju="ya")
    assert answer.status_code == 422
    assert "Periksa sebelum dikirim" in answer.text
    assert "Isi frasa sandi tanda tangan Anda." in shown(answer)
    assert 'name="frasa"' in answer.text
    assert "Isi yang ditambahkan." in shown(answer)


def test_it_is_not_signed_among_others_where_no_form_is_shown(kantor: Office) -> None:
    assert "Hal berisi" not in shown(kantor.get(f"/tanda-tangan/tinjau?t={kantor.task('surat-berisi')}", HEAD))
