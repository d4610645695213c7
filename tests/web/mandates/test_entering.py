"""Mandates written down by the personnel desk or prepared by a secretary: checked before confirmed, every broken rule beside its field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.web.mandates.deciding import DESK, HEAD, PDF, SECRETARY, sent, stand_in
from tests.web.office import Office, office
from tests.web.played import shown

OUTSIDER = "konseptor-dinkes"


@pytest.fixture(scope="module")
def kantor(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(database, tmp_path_factory.mktemp("berkas")) as made:
        yield made


@pytest.fixture(autouse=True)
def clean(kantor: Office) -> Iterator[None]:
    now = kantor.clock.now
    yield
    kantor.clock.now = now
    kantor.owner.execute(
        "DELETE FROM acting_letter; DELETE FROM mandate_draft; DELETE FROM acting WHERE position LIKE '%diskominfo%' OR position = 'analis-sdm'"
    )
    kantor.owner.execute("DELETE FROM mandate WHERE decree LIKE 'Uji%'")


def nip(kantor: Office, seat: str) -> str:
    row = kantor.owner.execute("SELECT nip FROM person WHERE id = %s", (kantor.person(seat),)).fetchone()
    assert row is not None
    return str(row[0])


def letter() -> dict[str, Any]:
    return {"surat": ("surat-perintah.pdf", PDF, "application/pdf")}


def hidden(page: Any) -> dict[str, list[str]]:
    """What the page to confirm carries on."""
    found: dict[str, list[str]] = {}
    form = page.text.partition('action="/mandat/baru"')[2]
    for name, value in re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    return found


def entered(kantor: Office, seat: str = DESK, **changes: Any) -> str:
    """Written down through both pages; gives the id."""
    given = sent(penerima=nip(kantor, SECRETARY)) | changes
    checked = kantor.post("/mandat/baru", seat, data=given, files=letter())
    assert checked.status_code == 200, shown(checked)
    done = kantor.post("/mandat/baru", seat, data=hidden(checked) | {"aksi": "catat"})
    assert done.status_code == 303, shown(done)
    return str(done.headers["location"]).removeprefix("/mandat/").partition("?")[0]


def test_the_desk_names_the_post_then_sees_who_holds_it_and_who_is_fit(kantor: Office) -> None:
    first = kantor.get("/mandat/baru", DESK)
    assert f'value="{HEAD} — Kepala Dinas Komunikasi dan Informatika"' in first.text
    form = kantor.get(f"/mandat/baru?jabatan={HEAD}", DESK)
    assert "Sekretaris Dinas Komunikasi dan Informatika" in form.text
    assert nip(kantor, SECRETARY) in form.text
    assert nip(kantor, "ketua-tim-diskominfo") not in form.text
    assert "Plt. paling lama 3 bulan tiap surat perintah" in shown(form)
    assert kantor.get("/mandat/baru?jabatan=tidak-ada", DESK).status_code == 422


def test_a_plh_is_checked_confirmed_and_seen_by_everybody(kantor: Office) -> None:
    given = sent(penerima=nip(kantor, SECRETARY), batas=["surat-tugas"], tidak_hadir=["23-11-2026", "27-11-2026"])
    checked = kantor.post("/mandat/baru", DESK, data=given, files=letter())
    assert "23 November 2026 09.00 WIB sampai 28 November 2026 00.00 WIB" in shown(checked)
    assert "Menurut surat perintahnya juga: Surat tugas" in shown(checked)
    done = kantor.post("/mandat/baru", DESK, data=hidden(checked) | {"aksi": "catat"})
    page = kantor.get(done.headers["location"], OUTSIDER)
    text = shown(page)
    for words in (
        "Plh. Kepala Dinas Komunikasi dan Informatika",
        "Berjalan",
        "800.1.11.1/20/SETDA/2026",
        "Mengangkat, memindahkan",
        "Surat tugas",
    ):
        assert words in text
    assert "Cuti" not in text, "why somebody is away is not everybody's to know"
    assert "Sebab Cuti" in shown(kantor.get(done.headers["location"], SECRETARY))
    assert "Akhiri sekarang" not in text
    assert "Suratnya disimpan pada meja kepegawaian" in text
    assert kantor.get(f"{done.headers['location'].partition('?')[0]}/surat", OUTSIDER).status_code == 404
    row = kantor.owner.execute(
        "SELECT reason, position FROM office_trail WHERE subject IN ('acting', 'acting_letter') ORDER BY seq DESC LIMIT 2"
    ).fetchall()
    assert row == [("Cuti tahunan kepala dinas", DESK)] * 2
    assert "Plh. Kepala Dinas Komunikasi dan Informatika" in shown(kantor.get("/mandat?jabatan=komunikasi&jenis=plh", OUTSIDER))
    assert "Plh. Kepala Dinas Komunikasi" not in shown(kantor.get("/mandat?pegawai=tidakada", OUTSIDER))
    assert "Plh. Kepala Dinas Komunikasi" not in shown(kantor.get("/mandat?keadaan=lampau", OUTSIDER))


def test_the_order_letter_is_opened_by_those_it_concerns(kantor: Office) -> None:
    made = entered(kantor)
    for seat in (DESK, SECRETARY, "kabid-aplikasi"):
        got = kantor.get(f"/mandat/{made}/surat", seat)
        assert (got.status_code, got.content) == (200, PDF)
        assert got.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"jenis": "plt"}, "jenis", "masih ada pejabat definitifnya"), ({"sebab": "kosong-mutasi"}, "sebab", "diperlukan Plt."),
        ({"nomor": " "}, "nomor", "Isi"), ({"sampai": "20-11-2026"}, "sampai", "harus sesudah awalnya"),
        ({"tidak_hadir": ["23-11-2026", "25-11-2026"]}, "sampai", "tidak boleh melebihi"), ({"alasan": ""}, "alasan", "Isi"),
        ({"penerima": HEAD}, "penerima", "pejabat definitif jabatan ini"), ({"penerima": "sekretaris-dinkes"}, "penerima", "unit kerja yang sama"),
        ({"penerima": "konseptor-diskominfo"}, "penerima", "setingkat atau paling jauh 1"), ({"penerima": "199999999999999999"}, "penerima", ""),
    ],
)  # fmt: skip
def test_every_broken_rule_stands_beside_its_field(kantor: Office, change: dict[str, Any], field: str, words: str) -> None:
    given = sent(penerima=nip(kantor, SECRETARY)) | change
    if not str(given["penerima"]).isdigit():
        given["penerima"] = nip(kantor, given["penerima"])
    for todo in ("periksa", "catat"):
        refused = kantor.post("/mandat/baru", DESK, data=given | {"aksi": todo}, files=letter())
        assert refused.status_code == 422
        beside = refused.text.partition(f'id="e-{field}"')[2].partition("</p>")[0]
        assert words in beside
        assert beside
        assert f'href="#{field}"' in refused.text
    assert kantor.owner.execute("SELECT count(*) FROM acting WHERE position = %s", (HEAD,)).fetchone() == (0,)


def test_the_second_delegation_does_not_overwrite_the_first(kantor: Office) -> None:
    """Elsewhere (bonitasoft/bonita-doc#3367) a second delegation replaced the first in silence."""
    first = entered(kantor)
    refused = kantor.post("/mandat/baru", DESK, data=sent(penerima=nip(kantor, "kabid-aplikasi"), nomor="800/21/2026", aksi="catat"), files=letter())
    assert refused.status_code == 422
    assert "sudah dijalankan Plh. lain sampai 28-11-2026 00.00" in shown(refused)
    assert kantor.owner.execute("SELECT id FROM acting WHERE position = %s AND cancelled_at IS NULL", (HEAD,)).fetchall() == [(first,)]


def test_pressed_twice_it_is_one_mandate(kantor: Office) -> None:
    checked = kantor.post("/mandat/baru", DESK, data=sent(penerima=nip(kantor, SECRETARY)), files=letter())
    carried = hidden(checked) | {"aksi": "catat"}
    places = {kantor.post("/mandat/baru", DESK, data=carried).headers["location"] for _ in range(2)}
    assert len(places) == 1


def test_nobody_else_records_ends_or_maintains(kantor: Office) -> None:
    kantor.cookie(HEAD)
    made = entered(kantor)
    for seat in (OUTSIDER, SECRETARY, HEAD):
        for path, data in (
            (f"/mandat/{made}/akhiri", {"alasan_akhiri": "x"}), (f"/mandat/{made}/batalkan", {"alasan_batalkan": "x"}),
            (f"/mandat/{made}/perpanjang", {"sampai": "30-11-2026"}), ("/mandat/atas-nama", {}), ("/mandat/atas-nama/x/akhiri", {"alasan": "x"}),
        ):  # fmt: skip
            assert kantor.post(path, seat, data=data).status_code == 403, (seat, path)
    assert kantor.get("/mandat/baru", OUTSIDER).status_code == 403
    assert kantor.get("/mandat/baru?jabatan=kepala-dinkes", SECRETARY).status_code == 403


def test_the_desk_does_not_record_its_own_mandate(kantor: Office) -> None:
    refused = kantor.post("/mandat/baru", DESK, data=sent(jabatan="ketua-tim-bkpsdm", penerima=nip(kantor, DESK), sebab="cuti"), files=letter())
    assert refused.status_code == 422
    assert "penunjukan Anda sendiri" in shown(refused)


def test_a_secretary_prepares_and_the_desk_confirms(kantor: Office) -> None:
    given = sent(penerima=nip(kantor, SECRETARY), nomor="")
    checked = kantor.post("/mandat/baru", SECRETARY, data=given)
    assert "Ajukan usul" in shown(checked)
    refused = kantor.post("/mandat/baru", SECRETARY, data=given | {"aksi": "catat", "jenis": "plt"})
    assert "masih ada pejabat definitifnya" in shown(refused)
    told = kantor.post("/mandat/baru", SECRETARY, data=hidden(checked) | {"aksi": "usulkan"})
    assert told.headers["location"] == "/mandat?sudah=usul"
    assert kantor.owner.execute("SELECT count(*) FROM acting WHERE position = %s", (HEAD,)).fetchone() == (0,)
    assert "Usul yang menunggu" not in shown(kantor.get("/mandat", OUTSIDER))
    assert "Usul yang menunggu" in shown(kantor.get("/mandat", SECRETARY))
    listed = kantor.get("/mandat", DESK)
    usul = re.search(r"/mandat/baru\?usul=(\w+)", listed.text)
    assert usul
    form = kantor.get(f"/mandat/baru?usul={usul[1]}", DESK)
    assert 'value="27-11-2026"' in form.text
    assert kantor.get(f"/mandat/baru?usul={usul[1]}", SECRETARY).status_code == 404
    checked = kantor.post("/mandat/baru", DESK, data=sent(penerima=nip(kantor, SECRETARY), usul=usul[1]), files=letter())
    done = kantor.post("/mandat/baru", DESK, data=hidden(checked) | {"aksi": "catat"})
    assert done.status_code == 303
    assert kantor.owner.execute("SELECT status FROM mandate_draft WHERE id = %s", (usul[1],)).fetchone() == ("dicatat",)
    assert kantor.post(f"/mandat/usul/{usul[1]}/tolak", DESK, data={"alasan": "terlambat"}).status_code == 409


def test_a_proposal_is_refused_or_taken_back_with_a_reason(kantor: Office) -> None:
    ids = []
    for answer, seat in (("tolak", DESK), ("tarik", SECRETARY)):
        kantor.post("/mandat/baru", SECRETARY, data=sent(penerima=nip(kantor, SECRETARY), aksi="usulkan"))
        row = kantor.owner.execute("SELECT id FROM mandate_draft WHERE status = 'diajukan'").fetchone()
        assert row is not None
        ids.append(row[0])
        wrong = SECRETARY if answer == "tolak" else OUTSIDER
        assert kantor.post(f"/mandat/usul/{row[0]}/{answer}", wrong, data={"alasan": "x"}).status_code == 403
        assert kantor.post(f"/mandat/usul/{row[0]}/{answer}", seat, data={"alasan": " "}).status_code == 422
        assert kantor.post(f"/mandat/usul/{row[0]}/{answer}", seat, data={"alasan": "Cuti ditunda"}).status_code == 303
    rows = kantor.owner.execute("SELECT status, settled_reason FROM mandate_draft ORDER BY made_at, id").fetchall()
    assert sorted(rows) == [("ditarik", "Cuti ditunda"), ("ditolak", "Cuti ditunda")]


def test_it_is_prolonged_ended_and_its_chain_is_told(kantor: Office) -> None:
    made = entered(kantor)
    short = kantor.post(f"/mandat/{made}/perpanjang", DESK, data={"sampai": "besok", "nomor": "", "alasan_perpanjang": ""})
    assert short.status_code == 422
    for field in ("sampai", "surat", "alasan_perpanjang"):
        assert f'id="e-{field}"' in short.text
    early = {"sampai": "25-11-2026", "nomor": "800/22/2026", "alasan_perpanjang": "Cuti diperpanjang"}
    refused = kantor.post(f"/mandat/{made}/perpanjang", DESK, data=early, files=letter())
    assert (refused.status_code, "harus sesudah awalnya" in shown(refused)) == (422, True)
    longer = kantor.post(f"/mandat/{made}/perpanjang", DESK, data=early | {"sampai": "30-11-2026"}, files=letter())
    assert longer.status_code == 303
    page = shown(kantor.get(longer.headers["location"], DESK))
    assert "Rangkaian surat perintah 800.1.11.1/20/SETDA/2026" in page
    assert "800/22/2026 : 28 November 2026 00.00 WIB sampai 1 Desember 2026 00.00 WIB" in page
    kantor.clock.later(hours=3)
    stale = kantor.post(f"/mandat/{made}/akhiri", DESK, data={"alasan_akhiri": "Kembali lebih cepat"})
    assert (stale.status_code, "Ketik kata sandi Anda sekali lagi" in shown(stale)) == (403, True)
    kantor.tokens.pop(DESK)  # signs in anew
    assert "Isi alasan" in shown(kantor.post(f"/mandat/{made}/akhiri", DESK, data={"alasan_akhiri": " "}))
    ended = kantor.post(f"/mandat/{made}/akhiri", DESK, data={"alasan_akhiri": "Kembali lebih cepat"})
    text = shown(kantor.get(ended.headers["location"], DESK))
    assert "Sudah berakhir" in text
    assert "Kembali lebih cepat" in text
    assert "Dibatalkan" in text


def test_one_that_has_not_begun_is_cancelled(kantor: Office) -> None:
    made = entered(kantor, mulai="25-11-2026")
    assert "Batalkan sebelum mulai" in shown(kantor.get(f"/mandat/{made}", DESK))
    done = kantor.post(f"/mandat/{made}/batalkan", DESK, data={"alasan_batalkan": "Cuti ditunda"})
    assert "tidak ada yang pernah berwenang" in kantor.get(done.headers["location"], DESK).text
    assert kantor.get(f"/mandat/{made}/serah-terima", DESK).status_code == 404
    running = entered(kantor)
    refused = kantor.post(f"/mandat/{running}/batalkan", DESK, data={"alasan_batalkan": "Salah"})
    assert (refused.status_code, "tidak dapat dibatalkan" in shown(refused)) == (422, True)


def test_acting_for_another_gives_no_signature_on(kantor: Office) -> None:
    """UU 30/2014 art. 13: what is mandated is not mandated again, neither by the Plh. nor in his name."""
    given = {
        "dari": HEAD, "bentuk": "an", "kepada": "kabid-aplikasi", "naskah": ["surat-tugas"], "mulai": "23-11-2026", "keputusan": "Uji 1/2026", "alasan": "Uji",
    }  # fmt: skip
    stand_in(kantor, HEAD, SECRETARY)
    refused = kantor.post("/mandat/atas-nama", DESK, data=given)
    assert (refused.status_code, "tidak dapat melimpahkan mandatnya lagi" in shown(refused)) == (403, True)
    kantor.owner.execute("DELETE FROM acting WHERE position = %s", (HEAD,))
    assert kantor.post("/mandat/atas-nama", DESK, data=given | {"kepada": HEAD}).status_code == 422
    assert kantor.post("/mandat/atas-nama", DESK, data=given).status_code == 303
    row = kantor.owner.execute("SELECT id FROM mandate WHERE decree = 'Uji 1/2026'").fetchone()
    assert row is not None
    assert "Uji 1/2026" in shown(kantor.get("/mandat/atas-nama?cari=komunikasi", OUTSIDER))
    assert kantor.post(f"/mandat/atas-nama/{row[0]}/akhiri", DESK, data={"alasan": " "}).status_code == 422
    kantor.clock.now += timedelta(minutes=5)
    assert kantor.post(f"/mandat/atas-nama/{row[0]}/akhiri", DESK, data={"alasan": "Dicabut"}).status_code == 303
    assert "Uji 1/2026" not in shown(kantor.get("/mandat/atas-nama?cari=komunikasi", OUTSIDER))
    assert "Uji 1/2026" in shown(kantor.get("/mandat/atas-nama?cari=komunikasi&lampau=ya", OUTSIDER))


def test_what_i_act_for_and_who_acts_for_me(kantor: Office) -> None:
    kantor.tokens.pop(HEAD, None)  # whoever acted for the head in an earlier story
    kantor.cookie(HEAD)
    entered(kantor)
    assert "Saya bertindak sebagai Plh. Kepala Dinas" in shown(kantor.get("/mandat/saya", SECRETARY))
    assert "Yang bertindak untuk jabatan saya Plh. Kepala Dinas" in shown(kantor.get("/mandat/saya", HEAD))


def test_a_pj_without_an_end_has_its_pages_too(kantor: Office) -> None:
    kantor.owner.execute(
        "INSERT INTO acting (id, kind, position, person, starts, ends, order_number) VALUES ('pj-1', 'pj', %s, %s, %s, NULL, 'Kepgub 1/2026')",
        (HEAD, kantor.person(SECRETARY), kantor.clock.now),
    )
    for path in ("/mandat", "/mandat/pj-1", "/mandat/pj-1/serah-terima?saat=akhir", f"/mandat/baru?jabatan={HEAD}"):
        page = kantor.get(path, DESK)
        assert page.status_code == 200, path
        assert "9999" not in page.text, path
    assert "Wewenangnya penuh" in shown(kantor.get("/mandat/pj-1", DESK))


def test_a_desk_that_only_stands_in_hands_nothing_on(kantor: Office) -> None:
    """Whoever acts for the personnel desk is told so on the form, with everything typed still there."""
    kantor.cookie("konseptor-bkpsdm")
    stand_in(kantor, DESK, "konseptor-bkpsdm")
    given = sent(penerima=nip(kantor, SECRETARY), aksi="catat")
    refused = kantor.post("/mandat/baru", "konseptor-bkpsdm", data=given, files=letter())
    assert (refused.status_code, "tidak dapat melimpahkan mandatnya lagi" in shown(refused)) == (403, True)
    assert 'value="800.1.11.1/20/SETDA/2026"' in refused.text
    assert kantor.owner.execute("SELECT count(*) FROM acting WHERE position = %s", (HEAD,)).fetchone() == (0,)
