/* Shortens the way; every page works without it. No inline code, no eval: the pages' policy allows neither. */
"use strict";
(() => {
  const all = (where, what) => [...where.querySelectorAll(what)];
  const byName = (form, name) => all(form, "[name]").filter((one) => one.name === name);

  // Focus: the summary of faults after a refused form, on a whole page and after a swap.
  const focusFault = (where) => where.querySelector("[data-fokus]")?.focus();
  // A link of the summary lands on the control itself, or on the first control of its group.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".salah-ringkas a[href^='#']");
    const at = link && document.getElementById(link.hash.slice(1));
    if (!at) return;
    event.preventDefault();
    (at.matches("fieldset") ? at.querySelector("input:not([type=hidden]),select,textarea,button") || at : at).focus();
    at.scrollIntoView({ block: "center" });
  });

  // Fields asked only when another answer calls for them. The server decides again.
  const ask = (form) => {
    for (const box of all(form, "[data-jika]")) {
      const words = box.dataset.nilai.split("|");
      const answers = byName(form, box.dataset.jika).filter((one) => (one.type !== "radio" && one.type !== "checkbox") || one.checked);
      box.hidden = !answers.some((one) => words.includes(one.value) && !one.closest("[data-jika][hidden]"));
    }
  };

  const ready = (where) => {
    for (const form of all(where, "form")) ask(form);
    if (navigator.geolocation && isSecureContext) for (const one of all(where, "[data-di-sini]")) one.hidden = false;
    for (const box of all(where, "[data-lihat]")) {
      const secret = document.getElementById(box.dataset.lihat);
      box.hidden = false;
      box.querySelector("input").onchange = (event) => { secret.type = event.target.checked ? "text" : "password"; };
    }
  };
  document.addEventListener("input", (event) => event.target.form && ask(event.target.form));

  // Uploads at once, with progress. Without this the file goes with the form.
  document.addEventListener("change", async (event) => {
    const box = event.target.type === "file" && event.target.closest("[data-unggah]");
    if (!box) return;
    const chosen = [...event.target.files];
    const line = document.getElementById("baris-status");
    event.target.disabled = true;
    const place = "bukti" in box.dataset ? await whereabouts() : "";
    for (const file of chosen) {
      const got = await send(box, file, place);
      line.textContent = got.id ? `${got.nama} ${box.dataset.selesai}` : got.kesalahan;
      if (got.id) add(box, got);
    }
    event.target.value = "";
    event.target.disabled = false;
  });
  // Evidence: where this device is while it sends; "" where it cannot tell, or is not let.
  const whereabouts = () => new Promise((done) => {
    if (!navigator.geolocation || !isSecureContext) return done("");
    const told = ({ coords }) => done(`${coords.latitude.toFixed(6)}; ${coords.longitude.toFixed(6)}`);
    navigator.geolocation.getCurrentPosition(told, () => done(""), { enableHighAccuracy: true, timeout: 10000 });
  });
  const send = (box, file, place) => new Promise((done) => {
    const bar = box.querySelector("progress");
    const failed = { kesalahan: `${file.name}: ${box.dataset.putus}` };
    if (file.size > box.dataset.paling * 1048576) return done({ kesalahan: `${file.name} ${box.dataset.besar}` });
    const call = new XMLHttpRequest();
    const form = new FormData();
    form.append("berkas", file);
    form.append("jenis", box.dataset.jenis);
    if ("bukti" in box.dataset) form.append("bukti", "ya");
    if (place) form.append("tempat", place);
    call.open("POST", "/unggah");
    call.upload.onprogress = (event) => { bar.value = event.loaded / event.total; };
    call.onloadend = () => {
      bar.hidden = true;
      if (call.status === 401 || call.redirected) return done({ kesalahan: box.dataset.masuk });
      try { done(JSON.parse(call.responseText)); } catch { done(failed); }
    };
    bar.hidden = false;
    call.send(form);
  });
  // Where this device is, into the box of a place; only where the browser can tell.
  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-di-sini]");
    if (!asked) return;
    const line = document.getElementById("baris-status");
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const box = document.getElementById(asked.dataset.diSini);
      box.value = [coords.latitude, coords.longitude].map((one) => one.toFixed(6).replace(".", ",")).join("; ");
      box.dispatchEvent(new Event("change", { bubbles: true }));
      line.textContent = box.value;
    }, () => { line.textContent = asked.dataset.gagal; }, { enableHighAccuracy: true, timeout: 15000 });
  });

  const add = (box, got) => {
    const list = box.querySelector("ul.berkas");
    if (!("banyak" in box.dataset)) list.replaceChildren();
    const line = document.createElement("li");
    const kept = Object.assign(document.createElement("input"), { type: "hidden", name: box.dataset.nama, value: got.id });
    const link = Object.assign(document.createElement("a"), { href: `/unggah/${got.id}`, textContent: got.nama });
    const away = Object.assign(document.createElement("button"), { type: "button", className: "kecil", textContent: `${box.dataset.hapus} ${got.nama}` });
    away.onclick = () => { line.remove(); kept.dispatchEvent(new Event("change", { bubbles: true })); box.querySelector("[type=file]").focus(); };
    line.append(kept, link, ...(got.bukti ? [` (${got.bukti}) `] : []), away);
    list.append(line);
    box.closest("form")?.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Keys of a list: j k Enter x, / and ?. Off in a control, off with a modifier, off when the person says so.
  let at = -1;
  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.pintasan === "mati" || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]),textarea,select,dialog")) return;
    const rows = all(document, "[data-baris]");
    const row = rows.find((one) => one.contains(document.activeElement)) || rows[at];
    const step = { j: 1, k: -1 }[event.key];
    if (step && rows.length) {
      at = Math.min(Math.max((row ? rows.indexOf(row) : step > 0 ? -1 : 1) + step, 0), rows.length - 1);
      rows[at].querySelector("a")?.focus();
    } else if (event.key === "x" && row) row.querySelector("[type=checkbox]")?.click();
    else if (event.key === "/") document.querySelector("[type=search],[name=cari]")?.focus();
    else if (event.key === "?") document.getElementById("daftar-pintasan")?.showModal();
    else return;
    event.preventDefault();
  });

  // An autosave that was not taken leaves the page as it is and says so; the next one that is taken takes the words away.
  const autosaved = (event) => {
    if (event.target.id !== "simpan-sendiri") return;
    const status = event.detail.ctx.response?.status ?? 0;
    const boxes = all(document, "[data-draf]");
    const told = status >= 200 && status < 300 ? null : boxes.find((one) => one.dataset.draf === `${status}`) || boxes.at(-1);
    for (const one of boxes) one.hidden = one !== told;
    if (told) event.preventDefault();
  };
  for (const name of ["htmx:before:response", "htmx:error"]) document.addEventListener(name, autosaved);

  // A late answer: look again by itself.
  const later = document.querySelector("[data-lagi]");
  if (later) setTimeout(() => location.replace(later.href), 3000);

  document.addEventListener("htmx:after:swap", (event) => { const where = event.target || document; ready(document); focusFault(where); });
  ready(document);
  focusFault(document);
})();
