"""Who signs one document together, and who instead of another."""

from __future__ import annotations

from engine.cosigning import parties
from engine.nodes import Node, Par, Seq, Sign, When, end, go
from engine.parse import condition
from engine.process import Document, Process
from tests.engine.build import process, task


def _of(*flow: Node, signer: tuple[str, ...] = ("sekda", "konseptor")) -> Process:
    return process(
        task("isi", go("kirim"), by="konseptor", ask="draft"), *flow, task("simpan", end("simpan", "selesai")),
        documents=(Document("ba", "Berita acara", "berita-acara", signer),),
    )  # fmt: skip


def _sign(name: str, by: str = "sekda") -> Sign:
    return Sign(name, (by,), ("ba",), (go("tandatangani", performs=True),))


def test_parties_sign_side_by_side_or_one_after_the_other() -> None:
    for value in (
        _of(Par((Seq((_sign("petugas"),)), Seq((_sign("pemohon", "konseptor"),))))),
        _of(_sign("petugas"), task("baca", go("lanjut")), _sign("pemohon", "konseptor")),
    ):
        assert parties(value, "ba") == (("petugas",), ("pemohon",))


def test_two_ways_of_one_choice_share_a_box() -> None:
    value = _of(When("besar", condition("applicant.unit = 'x'"), Seq((_sign("bud"),)), Seq((_sign("kuasa"),))), _sign("saksi", "konseptor"))
    assert parties(value, "ba") == (("bud", "kuasa"), ("saksi",))
    alone = _of(When("besar", condition("applicant.unit = 'x'"), Seq((_sign("bud"),)), Seq((_sign("kuasa"),))))
    assert parties(alone, "ba") == (), "one signs, whichever way the case goes"


def test_a_document_of_one_signer_is_signed_alone() -> None:
    value = _of(_sign("petugas"), _sign("ulang"), signer=("sekda",))
    assert parties(value, "ba") == ()
