"""Surat keluar dengan paraf berjenjang dan tanda tangan elektronik: nilai proses, naskah, cerita."""
