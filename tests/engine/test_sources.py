"""All 63 sources of the domain become processes that check clean and survive every change of form."""

import json
from typing import Any

import pytest

from engine.canonical import from_text, pinned, sha256, to_text
from engine.check import check, settled
from engine.codec import decode, encode
from engine.nodes import Dispose, Sign, Wait
from engine.parse import condition
from engine.pythonic import to_python
from engine.roles import ROLES
from engine.source import from_source
from tests.engine.build import SOURCES, codes, drafts, source, step

CODES = set(source(SOURCES / "codes.yaml"))


def test_there_are_sixty_three() -> None:
    assert len(drafts()) == 63
    assert set(drafts()) == CODES


@pytest.mark.parametrize("code", codes())
def test_a_source_converts_checks_clean_and_round_trips(code: str) -> None:
    process = drafts()[code].process
    assert check(process, ROLES, CODES) == ()
    text = to_text(process)
    again = from_text(text)
    assert again == process
    assert to_text(again) == text
    assert sha256(to_text(again)) == sha256(text)
    assert decode(json.loads(json.dumps(encode(process)))) == process


@pytest.mark.parametrize("code", codes())
def test_the_written_process_is_the_same_value(code: str) -> None:
    process = drafts()[code].process
    names: dict[str, object] = {}
    exec(compile(to_python(process), code, "exec"), names)
    assert names["PROCESS"] == process
    assert sha256(to_text(names["PROCESS"])) == sha256(to_text(process))


def test_every_step_and_condition_of_the_sources_is_in_the_draft() -> None:
    def count(parts: Any) -> tuple[int, int]:
        leaves = conditions = 0
        for part in parts if isinstance(parts, list) else [parts]:
            leaves += any(k in part for k in ("task", "sign", "dispose", "issue", "notify", "call", "open", "wait"))
            conditions += "when" in part
            for inner in (part.get("then"), part.get("else"), part.get("do"), *(part.get("par") or [])):
                if inner:
                    more = count(inner)
                    leaves, conditions = leaves + more[0], conditions + more[1]
        return leaves, conditions

    for path in sorted(SOURCES.glob("*/*.yaml")):
        told = source(path)
        tree = drafts()[told["code"]].process.tree
        assert (len(tree.leaves()), sum(1 for n in tree.nodes.values() if type(n).__name__ == "When")) == count(told["flow"]), path.stem


def test_a_draft_says_what_a_person_must_settle() -> None:
    points = drafts()["surat-masuk-disposisi"].open_points
    assert any("beri-nomor-agenda" in p and "number" in p for p in points)
    assert any("penerima_disposisi" in p and "tepat satu baris berperan utama" in p for p in points)
    assert any("templat" in p and "lembar-disposisi" in p for p in points)
    assert any("tutup-bulan" in line for line in settled(drafts()["tpp-presensi-bulanan"].process))
    assert settled(drafts()["surat-masuk-disposisi"].process) == ()


def test_a_choice_fact_takes_its_words_from_outcomes_or_from_its_meaning() -> None:
    leave = drafts()["cuti-asn"].process
    assert leave.fact["keputusan_cuti"].choices == ("setujui", "tangguhkan", "tolak")
    assert set(leave.fact["keputusan_cuti"].takes) == {"putuskan-kepala-opd", "putuskan-sekda", "putuskan-wali-kota"}
    assert leave.fact["akhir_cuti"].takes == ("masa-cuti",)
    discipline = drafts()["hukuman-disiplin"].process
    assert discipline.fact["jenjang_terperiksa"].choices == ("jpt-pratama", "administrator", "pengawas", "fungsional", "pelaksana")
    assert discipline.fact["jenjang_terperiksa"].takes == ()


def test_a_first_step_without_fills_asks_for_what_no_other_step_fills() -> None:
    leave = drafts()["cuti-asn"].process
    assert step(leave, "ajukan").fills == tuple(f.name for f in leave.form)
    letter = drafts()["surat-masuk-disposisi"].process
    assert "penerima_disposisi" not in step(letter, "registrasi").fills
    assert step(letter, "disposisi-pimpinan").recipients == "penerima_disposisi"


def test_which_outcome_signs() -> None:
    leave = drafts()["cuti-asn"].process
    assert {o.name: o.performs for o in step(leave, "putuskan-sekda").outcomes} == {
        "setujui": True, "tangguhkan": True, "tolak": True, "ubah": False,
    }  # fmt: skip
    refusal = step(drafts()["persetujuan-andalalin"].process, "tolak-andalalin")
    assert [o.name for o in refusal.outcomes if o.performs] == ["tandatangani"]
    statement = step(drafts()["hukuman-disiplin"].process, "bap-terperiksa")
    assert [o.name for o in statement.outcomes if o.performs] == ["tanda-tangani"]
    for draft in drafts().values():
        for node in draft.process.tree.nodes.values():
            if isinstance(node, (Sign, Dispose)):
                assert any(o.performs for o in node.outcomes), node.name


def test_every_wait_with_a_limit_knows_what_silence_means() -> None:
    for draft in drafts().values():
        for node in draft.process.tree.nodes.values():
            if isinstance(node, Wait) and node.at_most:
                assert node.silent, (draft.process.code, node.name)


def test_a_pinned_text_must_have_its_digest() -> None:
    text = to_text(drafts()["cuti-asn"].process)
    assert pinned(text, sha256(text)) == drafts()["cuti-asn"].process
    with pytest.raises(ValueError, match="digest"):
        pinned(text + " ", sha256(text))


def test_a_text_that_is_no_process_is_refused() -> None:
    with pytest.raises(ValueError, match="no process"):
        from_text('{"is":"value","value":1}')
    with pytest.raises(ValueError, match="unknown tag"):
        from_text('{"is":"lambda"}')


def test_a_source_with_an_unreadable_condition_is_refused_with_its_text() -> None:
    told = source(SOURCES / "kepegawaian" / "cuti-asn.yaml")
    told["flow"].append({"when": "jenis_cuti === 'x'", "then": [{"notify": "pegawai", "about": "x"}]})
    with pytest.raises(ValueError, match="==="):
        from_source(told, ROLES)


def test_every_condition_of_the_sources_reads() -> None:
    assert condition("when sifat in ('biasa', 'terbatas')") == condition("sifat in ('biasa','terbatas')")
    with pytest.raises(ValueError, match="unknown function"):
        condition("panjang(x) > 1")
    with pytest.raises(ValueError, match="left over"):
        condition("a = 1 b = 2")
