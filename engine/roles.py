"""The roles of the product: a word, who that is as positions, and the title people read. Source: roles.yaml of the domain."""

from __future__ import annotations

from typing import Final

from engine.positions import parse
from engine.process import Role

_TABLE: Final = """
admin-opd | person-or-function | Admin pengaduan perangkat daerah | desk('pengaduan', unit_of(applicant))
admin-wbs | person-or-function | Admin kanal pelaporan pelanggaran | desk('wbs', 'inspektorat')
analis-disiplin | person-or-function | Analis disiplin pegawai BKPSDM | desk('disiplin', 'bkpsdm')
analis-sdm | person-or-function | Analis SDM aparatur BKPSDM | desk('analis-sdm', 'bkpsdm')
anggota-tim-audit | person-or-function | Anggota tim audit | desk('auditor', 'inspektorat')
arsiparis | person-or-function | Arsiparis unit | desk('arsip', unit_of(applicant))
asisten-sekda | office-holder | Asisten Sekretaris Daerah yang membidangi | authority('asisten', unit_of(applicant))
atasan-langsung | person-or-function | Atasan langsung | superior_of(applicant)
atasan-pejabat | person-or-function | Atasan pejabat yang berwenang menghukum | superior_of(authority('hukuman-disiplin', applicant))
atasan-pejabat-penilai | person-or-function | Atasan pejabat penilai kinerja | superior_of(superior_of(applicant))
atasan-ppid | office-holder | Atasan PPID (Sekretaris Daerah) | post('sekda')
bank-kas-daerah | external | Bank penyimpan kas daerah | outside('bank-kas-daerah')
bapenda | unit | Badan Pendapatan Daerah | desk('penetapan-pajak', 'bapenda')
bappeda | unit | Badan Perencanaan Pembangunan Daerah | desk('perencanaan', 'bappeda')
bendahara-gaji | person-or-function | Pembuat daftar gaji perangkat daerah | desk('bendahara-gaji', unit_of(applicant))
bendahara-penerimaan | person-or-function | Bendahara penerimaan | desk('bendahara-penerimaan', 'bpkd')
bendahara-pengeluaran | person-or-function | Bendahara pengeluaran | desk('bendahara-pengeluaran', unit_of(applicant))
biro-hukum-provinsi | external | Biro Hukum Provinsi Banten | outside('biro-hukum-provinsi')
bkn | external | Badan Kepegawaian Negara | outside('bkn')
bpasn | external | Badan Pertimbangan ASN | outside('bpasn')
bpbd | unit | Badan Penanggulangan Bencana Daerah | desk('kedaruratan', 'bpbd')
bpk | external | Badan Pemeriksa Keuangan | outside('bpk')
bpkd | unit | Badan Pengelola Keuangan Daerah | desk('keuangan-dan-aset', 'bpkd')
bsre | external | Balai Besar Sertifikasi Elektronik | outside('bsre')
bud | office-holder | Bendahara Umum Daerah | post('bud')
calon-penerima | public | Calon penerima hibah atau bantuan sosial | applicant
calon-penyewa | public | Calon penyewa | applicant
camat | office-holder | Camat | authority('camat', applicant)
dinas-perpustakaan-arsip | unit | Dinas Perpustakaan dan Arsip Daerah | desk('pembinaan-arsip', 'dinas-perpustakaan-arsip')
dinas-pupr | unit | Dinas Pekerjaan Umum dan Penataan Ruang | desk('pertimbangan-teknis', 'dinas-pupr')
dinkes-verifikator | person-or-function | Verifikator izin Dinas Kesehatan | desk('verifikasi-izin', 'dinkes')
dishub | unit | Dinas Perhubungan | desk('pertimbangan-teknis', 'dishub')
dprd | external | Dewan Perwakilan Rakyat Daerah | outside('dprd')
gubernur-banten | external | Gubernur Banten | outside('gubernur')
inspektorat | unit | Inspektorat | desk('reviu', 'inspektorat')
inspektur | office-holder | Inspektur | head_of('inspektorat')
instansi-lain | external | Instansi lain | outside('instansi-lain')
kanwil-kemenkum | external | Kantor Wilayah Kementerian Hukum | outside('kanwil-kemenkum')
kasubbag-keuangan | person-or-function | Kepala Subbagian Keuangan | desk('kasubbag-keuangan', unit_of(applicant))
kasubbag-perencanaan | person-or-function | Kepala Subbagian Perencanaan | desk('kasubbag-perencanaan', unit_of(applicant))
kasubbag-perlengkapan | person-or-function | Kepala Subbagian Perlengkapan Bagian Umum | post('kasubbag-perlengkapan')
kasubbag-umpeg | person-or-function | Kepala Subbagian Umum dan Kepegawaian | desk('kasubbag-umpeg', unit_of(applicant))
kasubbid-keberatan | person-or-function | Kepala Subbidang Keberatan Bapenda | post('kasubbid-keberatan')
kasubbid-perbendaharaan | person-or-function | Kepala Subbidang Perbendaharaan BPKD | post('kasubbid-perbendaharaan')
kemendagri | external | Kementerian Dalam Negeri | outside('kemendagri')
kepala-anri | external | Kepala Arsip Nasional RI | outside('anri')
kepala-bagian-hukum | office-holder | Kepala Bagian Hukum | head_of('bagian-hukum')
kepala-bagian-kerja-sama | office-holder | Kepala Bagian Kerja Sama | head_of('bagian-kerja-sama')
kepala-bagian-kesra | office-holder | Kepala Bagian Kesejahteraan Rakyat | head_of('bagian-kesra')
kepala-bagian-pbj | office-holder | Kepala Bagian Pengadaan Barang/Jasa | head_of('bagian-pbj')
kepala-bagian-umum | office-holder | Kepala Bagian Umum | head_of('bagian-umum')
kepala-bapenda | office-holder | Kepala Badan Pendapatan Daerah | head_of('bapenda')
kepala-bidang | office-holder | Kepala bidang yang membidangi | authority('bidang', applicant)
kepala-bidang-kewaspadaan | office-holder | Kepala Bidang Kewaspadaan Kesbangpol | post('kabid-kewaspadaan')
kepala-bidang-perizinan | office-holder | Kepala Bidang Perizinan DPMPTSP | post('kabid-perizinan')
kepala-bkpsdm | office-holder | Kepala BKPSDM | head_of('bkpsdm')
kepala-bpkd | office-holder | Kepala Badan Pengelola Keuangan Daerah | head_of('bpkd')
kepala-dinas-pupr | office-holder | Kepala Dinas PUPR | head_of('dinas-pupr')
kepala-dinkes | office-holder | Kepala Dinas Kesehatan | head_of('dinkes')
kepala-dinsos | office-holder | Kepala Dinas Sosial | head_of('dinsos')
kepala-dishub | office-holder | Kepala Dinas Perhubungan | head_of('dishub')
kepala-diskominfo | office-holder | Kepala Dinas Komunikasi dan Informatika | head_of('diskominfo')
kepala-dpmptsp | office-holder | Kepala DPMPTSP | head_of('dpmptsp')
kepala-kesbangpol | office-holder | Kepala Badan Kesatuan Bangsa dan Politik | head_of('kesbangpol')
kepala-opd | office-holder | Kepala perangkat daerah | head_of(unit_of(applicant))
kepala-tata-usaha | office-holder | Kepala tata usaha unit penerima surat | superior_of(desk('persuratan', unit_of(applicant)))
kepala-unit-penerima | office-holder | Kepala unit penerima | head_of(unit_of(field('unit_tujuan')))
ketua-rw | public | Ketua RW | outside('ketua-rw')
ketua-tim-audit | person-or-function | Ketua tim audit | desk('ketua-tim-audit', 'inspektorat')
ketua-tim-kerja | person-or-function | Ketua tim kerja | superior_of(applicant)
ketua-tim-perizinan | person-or-function | Ketua tim kerja perizinan DPMPTSP | desk('ketua-tim-perizinan', 'dpmptsp')
ketua-tim-perundang-undangan | person-or-function | Ketua tim kerja perundang-undangan | desk('ketua-tim-perundang-undangan', 'bagian-hukum')
komite-spbe | committee | Tim Koordinasi SPBE | committee('komite-spbe')
konseptor | person-or-function | Konseptor | applicant
konsultan-pengawas | person-or-function | Konsultan pengawas | outside('konsultan-pengawas')
koordinator-perlindungan-pelapor | person-or-function | Koordinator perlindungan pelapor | desk('perlindungan-pelapor', 'inspektorat')
kuasa-bud | office-holder | Kuasa Bendahara Umum Daerah | post('kuasa-bud')
lurah | office-holder | Lurah | authority('lurah', applicant)
majelis-pertimbangan | committee | Majelis pertimbangan penyelesaian kerugian daerah | committee('majelis-pertimbangan')
mitra | external | Mitra kerja sama | outside('mitra')
notulis | person-or-function | Notulis | field('notulis')
opd-lokasi | unit | Perangkat daerah atau kelurahan tempat penelitian | head_of(unit_of(field('unit')))
opd-pemrakarsa | unit | Perangkat daerah pemrakarsa | desk('pemrakarsa', unit_of(applicant))
opd-pengampu | unit | Perangkat daerah pengampu | authority('pengampu-hibah', applicant)
opd-terkait | unit | Perangkat daerah terkait | head_of(unit_of(field('unit')))
operator-dpmptsp | person-or-function | Operator perizinan DPMPTSP | desk('operator-izin', 'dpmptsp')
operator-live-room | person-or-function | Operator Tangerang LIVE Room | desk('live-room', 'diskominfo')
panitia-pelantikan | committee | Panitia pelantikan | committee('panitia-pelantikan')
panitia-penilai-arsip | committee | Panitia penilai arsip | committee('panitia-penilai-arsip')
pegawai | person-or-function | Pegawai | applicant
pegawai-terhukum | person-or-function | Pegawai yang dijatuhi hukuman disiplin | applicant
pegawai-terperiksa | person-or-function | Pegawai yang diperiksa | field('nip_terperiksa')
pejabat-lelang | external | Pejabat lelang KPKNL | outside('kpknl')
pejabat-pdp | person-or-function | Pejabat pelindungan data pribadi | post('pejabat-pdp')
pejabat-penatausahaan-barang | person-or-function | Pejabat penatausahaan pengguna barang | desk('penatausahaan-barang', unit_of(applicant))
pejabat-pengadaan | person-or-function | Pejabat pengadaan | desk('pejabat-pengadaan', unit_of(applicant))
pejabat-pengelola-tindak-lanjut | person-or-function | Pejabat pengelola tindak lanjut hasil pemeriksaan | desk('tindak-lanjut', 'inspektorat')
pejabat-penilai | person-or-function | Pejabat penilai kinerja | superior_of(applicant)
pejabat-yang-menghukum | person-or-function | Pejabat yang berwenang menghukum | authority('hukuman-disiplin', applicant)
pelaksana-perjalanan | person-or-function | Pelaksana perjalanan dinas | applicant
pelapor | public | Pelapor | applicant
pelapor-insiden | person-or-function | Pelapor insiden | applicant
pemeriksa-lapangan | person-or-function | Pemeriksa hasil pekerjaan di lapangan | desk('pemeriksa-pekerjaan', unit_of(applicant))
pemilik-sistem | person-or-function | Pemilik sistem | authority('pemilik-sistem', applicant)
pemohon | public | Pemohon | applicant
pemohon-informasi | public | Pemohon informasi publik | applicant
penanggung-jawab-tindak-lanjut | person-or-function | Penanggung jawab tindak lanjut rapat | field('pic')
penanggung-jawab-utama | person-or-function | Penanggung jawab utama disposisi | field('penerima_disposisi')
peneliti | public | Peneliti | applicant
peneliti-bapenda | person-or-function | Peneliti keberatan Bapenda | desk('peneliti-keberatan', 'bapenda')
penerima-disposisi | person-or-function | Penerima disposisi | field('penerima_disposisi')
penetap-mutasi | external | Penetap mutasi (gubernur, Menteri Dalam Negeri atau BKN) | outside('penetap-mutasi')
pengadministrasi-kepegawaian | person-or-function | Pengadministrasi kepegawaian | desk('administrasi-kepegawaian', unit_of(applicant))
pengadministrasi-perjalanan | person-or-function | Pengadministrasi perjalanan dinas | desk('perjalanan', unit_of(applicant))
pengadministrasi-persuratan | person-or-function | Pengadministrasi persuratan | desk('persuratan', unit_of(applicant))
pengelola-kepegawaian | person-or-function | Pengelola kepegawaian perangkat daerah | desk('kepegawaian', unit_of(applicant))
pengembang | public | Pengembang atau pembangun | applicant
pengendali-mutu | person-or-function | Pengendali mutu audit | desk('pengendali-mutu', 'inspektorat')
pengendali-teknis | person-or-function | Pengendali teknis audit | desk('pengendali-teknis', 'inspektorat')
pengurus-barang | person-or-function | Pengurus barang perangkat daerah | desk('pengurus-barang', unit_of(applicant))
penilai | person-or-function | Penilai barang milik daerah | desk('penilai-bmd', 'bpkd')
penilik | person-or-function | Penilik bangunan gedung | desk('penilik', 'dinas-pupr')
penyedia | public | Penyedia barang/jasa | outside('penyedia')
perancang-hukum | person-or-function | Perancang peraturan perundang-undangan | desk('perancang', 'bagian-hukum')
peserta-tender | public | Peserta tender | outside('peserta-tender')
petugas | person-or-function | Petugas yang ditugaskan | field('petugas')
petugas-bagian-hukum | person-or-function | Petugas Bagian Hukum | desk('administrasi-produk-hukum', 'bagian-hukum')
petugas-dinsos | person-or-function | Petugas bantuan sosial Dinas Sosial | desk('bantuan-sosial', 'dinsos')
petugas-dishub | person-or-function | Petugas andalalin Dinas Perhubungan | desk('andalalin', 'dishub')
petugas-inventarisasi | person-or-function | Petugas inventarisasi barang | field('petugas')
petugas-kesbangpol | person-or-function | Petugas surat penelitian Kesbangpol | desk('surat-penelitian', 'kesbangpol')
petugas-lapangan | person-or-function | Petugas lapangan | desk('lapangan', unit_of(applicant))
petugas-loket-bpkd | person-or-function | Petugas loket perbendaharaan BPKD | desk('loket', 'bpkd')
petugas-pelayanan | person-or-function | Petugas pelayanan DPMPTSP | desk('loket', 'dpmptsp')
petugas-pelayanan-bapenda | person-or-function | Petugas pelayanan Bapenda | desk('loket', 'bapenda')
petugas-perlengkapan | person-or-function | Petugas perlengkapan Bagian Umum | desk('perlengkapan', 'bagian-umum')
petugas-ppid | person-or-function | Petugas layanan informasi PPID | desk('ppid', 'diskominfo')
petugas-verifikasi | person-or-function | Petugas verifikasi proposal hibah dan bantuan sosial | desk('verifikasi-hibah', 'bagian-kesra')
pimpinan-rapat | person-or-function | Pimpinan rapat | field('pimpinan_rapat')
pimpinan-unit | office-holder | Pimpinan unit penerima surat | head_of(unit_of(applicant))
pokja-pemilihan | committee | Kelompok kerja pemilihan | committee('pokja-pemilihan')
polres | external | Kepolisian Resor | outside('polres')
ppid-pelaksana | person-or-function | PPID pelaksana perangkat daerah | desk('ppid-pelaksana', unit_of(field('unit')))
ppid-utama | office-holder | PPID utama | post('ppid-utama')
ppk-pengadaan | person-or-function | Pejabat pembuat komitmen | desk('ppk', unit_of(applicant))
ppk-skpd | person-or-function | Pejabat penatausahaan keuangan SKPD | desk('ppk-skpd', unit_of(applicant))
ppkd | office-holder | Pejabat pengelola keuangan daerah | head_of('bpkd')
pptk | person-or-function | Pejabat pelaksana teknis kegiatan | desk('pptk', unit_of(applicant))
registrar-bkpsdm | person-or-function | Pencatat upaya administratif BKPSDM | desk('upaya-administratif', 'bkpsdm')
rekan-kerja | person-or-function | Rekan kerja pemberi umpan balik | field('rekan_penilai')
sekda | office-holder | Sekretaris Daerah | post('sekda')
sekretariat-pbg | unit | Sekretariat TPA dan TPT | desk('sekretariat-pbg', 'dinas-pupr')
sekretaris-dpmptsp | person-or-function | Sekretaris DPMPTSP | secretary_of(unit_of(head_of('dpmptsp')))
sekretaris-opd | person-or-function | Sekretaris perangkat daerah | secretary_of(unit_of(applicant))
sistem | system | Sistem | system
surveyor-opd | person-or-function | Surveyor perangkat daerah tujuan usulan | desk('survei', unit_of(field('opd_tujuan')))
tapd | committee | Tim anggaran pemerintah daerah | committee('tapd')
tenaga-kesehatan | public | Tenaga medis atau tenaga kesehatan | applicant
terduga | person-or-function | Pihak yang diduga merugikan daerah | field('pelaku')
tim-aplikasi | unit | Tim pengembangan aplikasi Diskominfo | desk('aplikasi', 'diskominfo')
tim-csirt | committee | Tim tanggap insiden siber | committee('csirt')
tim-evaluasi-hibah | committee | Tim evaluasi hibah dan bantuan sosial | committee('evaluasi-hibah')
tim-evaluator | committee | Tim evaluator andalalin | committee('evaluator-andalalin')
tim-infrastruktur | unit | Tim infrastruktur Diskominfo | desk('infrastruktur', 'diskominfo')
tim-mediasi-bkpsdm | committee | Tim mediasi BKPSDM | committee('mediasi-perceraian')
tim-pembahas | committee | Tim pembahas rancangan peraturan wali kota | committee('pembahas-perwal')
tim-pemeriksa | committee | Tim pemeriksa disiplin | committee('pemeriksa-disiplin')
tim-pemusnahan | committee | Tim pemusnahan | committee('pemusnahan')
tim-peneliti | committee | Tim peneliti barang yang dihapus | committee('peneliti-penghapusan-bmd')
tim-penilai-kinerja | committee | Tim penilai kinerja ASN | committee('tim-penilai-kinerja')
tim-penyusun | committee | Tim penyusun rancangan perda | committee('penyusun-perda')
tim-persandian | unit | Tim persandian Diskominfo | desk('persandian', 'diskominfo')
tim-pertimbangan | committee | Tim pertimbangan PPID | committee('pertimbangan-ppid')
tim-seleksi-mutasi | committee | Tim seleksi mutasi masuk | committee('seleksi-mutasi')
tim-seleksi-tubel | committee | Tim seleksi tugas belajar | committee('seleksi-tugas-belajar')
tim-teknis | committee | Tim teknis perizinan reklame | committee('teknis-perizinan')
tim-telaah | committee | Tim telaah laporan pelanggaran | committee('telaah-wbs')
tim-verifikasi-bmd | committee | Tim verifikasi barang milik daerah | committee('verifikasi-bmd')
tkksd | committee | Tim koordinasi kerja sama daerah | committee('tkksd')
tpa-tpt | committee | Tim profesi ahli atau tim penilai teknis | committee('tpa-tpt')
tpkd | committee | Tim penyelesaian kerugian daerah | committee('tpkd')
undangan | public | Peserta undangan | field('peserta')
unit-terkait | unit | Unit terkait untuk paraf koordinasi | head_of(unit_of(field('unit')))
verifikator-bpkd | person-or-function | Verifikator SPM BPKD | desk('verifikasi-spm', 'bpkd')
verifikator-diskominfo | person-or-function | Verifikator sertifikat elektronik Diskominfo | desk('verifikasi-sertifikat', 'diskominfo')
wajib-pajak | public | Wajib pajak | applicant
wali-kota | office-holder | Wali Kota | post('wali-kota')
walidata | person-or-function | Walidata | desk('walidata', 'diskominfo')
warga | public | Warga | applicant
"""

_OURS: Final = """
penandatangan-terpilih | office-holder | Pejabat penandatangan yang dipilih pada konsep | field('jabatan_penandatangan')
pegawai-tim | person-or-function | Pegawai dalam susunan tim | field('tim')
pelaksana-prosedur | person-or-function | Anggota tim yang mengerjakan prosedur | field('anggota')
petugas-lapangan-bapenda | person-or-function | Petugas lapangan Bapenda | desk('lapangan', 'bapenda')
lurah-objek | office-holder | Lurah letak objek pajak | head_of(unit_of(field('kelurahan')))
kepala-satpol-pp | office-holder | Kepala Satuan Polisi Pamong Praja | head_of('satpol-pp')
kepala-bappeda | office-holder | Kepala Badan Perencanaan Pembangunan Daerah | head_of('bappeda')
tim-bertugas | person-or-function | Anggota tim yang ditugaskan | field('tim_bertugas')
penerima-bantuan | public | Penerima bantuan | outside('penerima-bantuan')
petugas-lapangan-dinsos | person-or-function | Petugas lapangan Dinas Sosial | desk('lapangan', 'dinsos')
bendahara-dinsos | person-or-function | Bendahara pengeluaran Dinas Sosial | desk('bendahara-pengeluaran', 'dinsos')
"""
"""Words the sources ask for and the domain's list has not. ``pegawai-tim``, ``pelaksana-prosedur``: audit-apip.yaml asks every member of the team named
in the case, whatever his part, and the one member a procedure names; its word ``anggota-tim-audit`` would be all ordinary members. ``lurah-objek``: keberatan-pbb.yaml asks the lurah of
the place of the tax object, and its word ``lurah`` would be the one of the applicant, who has no unit; nor has he
a field desk (``petugas-lapangan``), while the ward he names would give one: ``petugas-lapangan-bapenda``. ``kepala-bappeda``: usulan-musrenbang.yaml
lets ``bappeda``, which is its planning desk, sign. ``penandatangan-terpilih``: surat-keluar-tte.yaml addresses the signature on the
mayor's level by its field ``jabatan_penandatangan`` (mayor or deputy). izin-reklame.yaml waits for a report of Satpol PP, and has no word for it
(``kepala-satpol-pp``); and its committee inspects by members it names in the case (``tim-bertugas``), or its own head could not verify afterwards.
bansos-tidak-terencana.yaml is opened by a lurah, so that ``calon-penerima``, ``petugas-lapangan`` and ``bendahara-pengeluaran`` would be he and the desks of
his ward: the family is a party the case names (``penerima-bantuan``), the desks are those of the agency that pays (``petugas-lapangan-dinsos``, ``bendahara-dinsos``)."""


def _read(line: str) -> Role:
    role, kind, title, resolves = (part.strip() for part in line.split("|"))
    return Role(role, kind, title, parse(resolves))


ROLES: Final[dict[str, Role]] = {role.role: role for role in map(_read, filter(None, (_TABLE + _OURS).splitlines()))}
"""Every role by its word. A process pins those it uses, so a change here never touches a running case."""
