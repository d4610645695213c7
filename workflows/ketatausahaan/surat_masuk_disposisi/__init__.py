"""Penerimaan surat masuk dan disposisi: nilai proses, naskah, cerita."""
