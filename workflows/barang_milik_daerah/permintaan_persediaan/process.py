"""Permintaan barang persediaan. Jatah dan stok ditahan per barang, atasan menyetujui kebutuhan, barang disalurkan sebagian atau seluruhnya, dan kartu persediaan dikurangi sebesar yang diterima."""

from __future__ import annotations

from engine.expr import fact
from engine.nodes import Seq, Task, end, go
from engine.pin import pinned
from engine.process import Archive, Document, Fact, Process, Sla, Starts, Title

from .form import FORM, LAMPIRAN, MINTA
from .steps import BUKUKAN, PERIKSA_PERMINTAAN, SALURKAN, SETUJUI, STATUS_STOK, STOK

PROCESS = pinned(
    Process(
        code="permintaan-persediaan",
        title=Title("Permintaan barang persediaan", "Stationery and stock request"),
        family="barang-milik-daerah",
        owner="pejabat-penatausahaan-barang",
        summary="Pegawai meminta barang persediaan, atasan menyetujui kebutuhan, pengurus barang memeriksa stok, surat perintah penyaluran ditandatangani, barang diserahkan dan diterima, dan stok minimum memicu usul pembelian.",
        starts=Starts("pegawai"),
        sla=Sla(2, "working", source="Standar layanan kota (usulan); dari permintaan dikirim sampai barang diserahkan, di luar masa menunggu stok"),
        archive=Archive(
            "000.2.3.1",
            active_years=1,
            inactive_years=1,
            then="musnah",
            source="Klasifikasi Permendagri 83/2022 (penyaluran barang habis pakai); retensi belum ditemukan, usulan awal",
        ),
        legal_basis=("Permendagri 19/2016 jo. Permendagri 7/2024", "Permendagri 47/2021"),
        form=FORM,
        flow=Seq(
            (
                Task(
                    "minta-barang",
                    by=("pegawai",),
                    ask="fill",
                    outcomes=(go("kirim"), end("batal", "batal", reason=False)),
                    title="Pilih barang, jumlah, dan keperluannya",
                    fills=MINTA,
                ),
                *PERIKSA_PERMINTAAN,
                *SETUJUI,
                *STOK,
                *SALURKAN,
                *BUKUKAN,
            ),
        ),
        attachments=LAMPIRAN,
        facts=(
            Fact("satuan", "text", meaning="Satuan barang", source="act"),
            Fact("stok_kartu", "integer", meaning="Stok bebas saat diminta", source="act"),
            Fact("jatah_cukup", "boolean", meaning="Jatah unit cukup dan ditahan", source="act"),
            Fact("nomor_spb", "text", meaning="Nomor surat permintaan barang", source="act"),
            Fact("nomor_sppb", "text", meaning="Nomor surat perintah penyaluran barang", source="act"),
            Fact("stok_bebas", "integer", meaning="Stok bebas saat diperiksa", source="act"),
            Fact("terpesan", "boolean", meaning="Barang dipesan sampai diserahkan", source="act"),
            Fact("titik_pesan", "integer", meaning="Titik pesan ulang", source="act"),
            Fact("di_bawah_minimum", "boolean", meaning="Stok sampai atau di bawah titik pesan ulang", source="act"),
            Fact("stok_sesudah", "integer", meaning="Stok bebas sesudah dikurangi", source="act"),
            Fact(
                "hasil_periksa",
                "choice",
                meaning="Pilihan pengurus barang saat memeriksa stok",
                choices=("keluarkan", "stok-kosong"),
                takes=("periksa-stok",),
            ),
            Fact(
                "status_stok",
                "choice",
                meaning="Hasil pemeriksaan stok; barang yang keluar dipesan lebih dulu sampai diserahkan",
                choices=("semua", "sebagian", "kosong"),
                source="computed",
                value=STATUS_STOK,
            ),
            Fact("penerimaan", "choice", meaning="Pernyataan penerima", choices=("terima", "tidak-sesuai"), takes=("terima-barang",)),
        ),
        documents=(
            Document(
                "spb",
                "Surat Permintaan Barang",
                "spb-barang",
                signer=("atasan-langsung",),
                register="surat_keluar",
                number="{urut}/SPB/{unit}/{tahun}",
                copies_to=("pengurus-barang",),
            ),
            Document(
                "sppb",
                "Surat Perintah Penyaluran Barang",
                "sppb",
                signer=("pejabat-penatausahaan-barang",),
                register="surat_keluar",
                number="{urut}/SPPB/{unit}/{tahun}",
                copies_to=("pengurus-barang", "pegawai"),
            ),
            Document(
                "tanda-terima",
                "Bukti serah terima barang persediaan",
                "tanda-terima",
                signer=("pengurus-barang",),
                register="none",
                number="{klasifikasi}",
                classification=fact("nomor_sppb"),
                copies_to=("pegawai",),
            ),
        ),
    ),
)
