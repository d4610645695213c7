"""A process of the city's own, for the stories of this folder: one form, then one machine act whose no no fact takes, so that a person must mend it."""

from __future__ import annotations

from engine.expr import applicant, field
from engine.fields import Field
from engine.nodes import Seq, Task, When, end, go
from engine.pin import pinned
from engine.process import Archive, Process, Sla, Starts, Title
from engine.shapes import call

URUSAN = field("urusan")
ORANG = applicant("person")

PROCESS = pinned(
    Process(
        code="coba-buku", title=Title("Coba buku kota", "Try the books"), family="perencanaan-keuangan", owner="kepala-opd", summary="Satu tindakan mesin.",
        starts=Starts("pegawai"), sla=Sla(5, "working"), archive=Archive("900", 1, 1, "musnah"), legal_basis=(),
        form=(
            Field("urusan", "Urusan", "choice", required=True, choices=("bayar", "tahan", "pesan", "lihat")),
            Field("jumlah", "Jumlah", "integer", required=True),
            Field("hari", "Hari", "date", required=True),
        ),
        flow=Seq((
            Task("isi", ("pegawai",), "fill", (go("kirim"),), "Isi urusan", fills=("urusan", "jumlah", "hari")),
            When("bila-bayar", URUSAN.eq("bayar"), then=Seq((
                call("bayar", "ask_system", (), "Bank membayar", system="bank", operation="bayar", jumlah=field("jumlah")),
            ))),
            When("bila-tahan", URUSAN.eq("tahan"), then=Seq((
                call("tahan", "hold", (), "Hari ditahan", book="cuti-tahunan", person=ORANG, amount=field("jumlah"), day=field("hari")),
            ))),
            When("bila-pesan", URUSAN.eq("pesan"), then=Seq((
                call("pesan", "book", (), "Waktu dipesan", who=ORANG, period=field("hari"), purpose="rapat"),
            ))),
            When("bila-lihat", URUSAN.eq("lihat"), then=Seq((
                call("lihat", "look_up", (), "Daftar dibaca", what="registri", kind="belum-ada", key="x"),
            ))),
            Task("tutup", ("pegawai",), "acknowledge", (end("tutup", "selesai"),), "Tutup urusan"),
        )),
    ),
)  # fmt: skip
