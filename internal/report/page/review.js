
"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = { "same": "Same", "not-same": "Not the same", "cannot-tell": "Can't tell" };
  const el = id => document.getElementById(id);
  const store = "ledsq-review-" + data.key;
  let state = { reviewer: "", at: 0, blind: data.blind, keys: true, decisions: {} };
  let kept = true;

  // make builds an element; text is only ever text.
  function make(tag, options, ...inside) {
    const e = document.createElement(tag);
    for (const [k, v] of Object.entries(options || {})) {
      if (k === "text") e.textContent = v;
      else e.setAttribute(k, v);
    }
    e.append(...inside);
    return e;
  }
  function bar(from, to, least, most) {
    const ns = "http://www.w3.org/2000/svg", span = most - least || 1;
    const svg = document.createElementNS(ns, "svg");
    for (const [k, v] of [["class", "bar"], ["aria-hidden", "true"], ["viewBox", "0 0 100 10"], ["preserveAspectRatio", "none"]]) svg.setAttribute(k, v);
    const rect = document.createElementNS(ns, "rect");
    rect.setAttribute("x", (100 * (Math.min(from, to) - least) / span).toFixed(2));
    rect.setAttribute("width", Math.max(100 * Math.abs(to - from) / span, 0.5).toFixed(2));
    rect.setAttribute("height", "10");
    if (to < from) rect.setAttribute("class", "bad");
    const zero = document.createElementNS(ns, "rect");
    zero.setAttribute("class", "mid");
    zero.setAttribute("x", (100 * (0 - least) / span).toFixed(2));
    zero.setAttribute("width", "0.4");
    zero.setAttribute("height", "10");
    svg.append(rect, zero);
    return svg;
  }
  const id = i => data.records[i].id;
  const key = p => p.key ??= JSON.stringify([id(p.a), id(p.b)]);
  const decided = p => { const d = state.decisions[key(p)]; return d && d.decision; };
  const count = () => data.pairs.filter(decided).length;
  const minus = n => (n < 0 ? "−" : "") + Math.abs(n).toFixed(2);
  const signed = n => (n < 0 ? "−" : "+") + Math.abs(n).toFixed(2);

  function save() {
    try {
      localStorage.setItem(store, JSON.stringify(state));
    } catch {
      if (kept) say("This browser does not keep progress. Save your decisions before you close the page.");
      kept = false;
    }
    el("kept").hidden = kept;
  }
  function load() {
    try {
      const old = JSON.parse(localStorage.getItem(store) || "null");
      if (old && old.decisions) state = Object.assign(state, old);
    } catch {
      kept = false;
    }
    if (data.blind) state.blind = true;
    state.at = Math.min(Math.max(state.at | 0, 0), data.pairs.length - 1);
  }
  function say(text) { el("say").textContent = text; }

  // differing marks the part of a value that the other does not share.
  function differing(value, other) {
    const a = [...value], b = [...other];
    let from = 0, end = 0;
    while (from < a.length && from < b.length && a[from] === b[from]) from++;
    while (end < a.length - from && end < b.length - from && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
    const part = a.slice(from, a.length - end).join("");
    const out = [a.slice(0, from).join("")];
    if (part) out.push(make("mark", { text: part }));
    out.push(a.slice(a.length - end).join(""));
    return out;
  }
  function head(cells) {
    return make("thead", {}, make("tr", {}, ...cells.map(c => make("th", { scope: "col", text: c, class: c === "Bits" || c === "Sum" ? "n" : "" }))));
  }
  function scroll(label, table) {
    return make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": label }, table);
  }

  function compareTable(members, pairOnly) {
    const rows = make("tbody");
    let about = false;
    data.fields.forEach((f, k) => {
      const classes = members.map(i => (data.records[i].c || [])[k] || 0);
      if (classes.every(c => c === 0)) return;
      const known = classes.filter(c => c !== 0);
      const differs = known.some(c => c !== known[0]), gaps = known.length < classes.length;
      const what = differs ? "differs" : gaps ? "missing in one" : "same";
      const tr = make("tr", { class: differs ? "differs" : gaps ? "gap" : "same" });
      if (k >= data.about && !about) {
        about = true;
        if (rows.children.length) rows.append(make("tr", { class: "part" }, make("th", { scope: "colgroup", colspan: String(members.length + 2), text: "About the record itself" })));
      }
      tr.append(make("th", { scope: "row", text: f }));
      members.forEach((i, n) => {
        const value = (data.records[i].v || [])[k] || "";
        const td = make("td");
        if (!value) td.append(make("span", { class: "none", text: "not given" }));
        else if (pairOnly && differs && data.revealed) td.append(...differing(value, (data.records[members[1 - n]].v || [])[k] || ""));
        else td.append(value);
        tr.append(td);
      });
      tr.append(make("td", { class: "what", text: what === "missing in one" && !pairOnly ? "not in all" : what }));
      rows.append(tr);
    });
    if (!rows.children.length) return make("p", { text: "No values were given: make the page with --records FILE to see the records side by side." });
    const table = make("table", { class: "compare" }, head(["Field", ...members.map(id), "Compared"]), rows);
    return scroll("Records side by side", table);
  }

  function waterfall(p) {
    if (!p.e) return [make("p", { text: "The pairs came without evidence: give ledsq review a .jsonl file of pairs to see it." })];
    let least = 0, most = 0, before = 0;
    for (const s of p.e) { least = Math.min(least, s[3]); most = Math.max(most, s[3]); }
    const body = make("tbody");
    for (const s of p.e) {
      body.append(make("tr", {}, make("th", { scope: "row", text: s[0] }), make("td", { text: s[1] }), make("td", { class: "n", text: signed(s[2]) }),
        make("td", { class: "n", text: minus(s[3]) }), make("td", { class: "b" }, bar(before, s[3], least, most))));
      before = s[3];
    }
    body.append(make("tr", { class: "total" }, make("th", { scope: "row", text: "match weight" }), make("td", { text: "the sum" }), make("td", { class: "n", text: minus(p.w) }),
      make("td", { class: "n", text: minus(p.w) }), make("td", { class: "b" }, bar(0, p.w, least, most))));
    const header = head(["Evidence", "What was found", "Bits", "Sum"]);
    header.firstChild.append(make("td", { class: "b" }));
    return [make("p", { text: "Each bit doubles the odds that the two are one. The parts add up to the match weight; the last digit is rounded." }),
      scroll("Evidence", make("table", { class: "waterfall" }, header, body))];
  }

  function show(focus) {
    const p = data.pairs[state.at], d = state.decisions[key(p)] || {};
    el("where").textContent = "Pair " + (state.at + 1) + " of " + data.pairs.length;
    el("title").textContent = id(p.a) + " and " + id(p.b);
    const proposal = el("proposal"), hide = state.blind || p.w === undefined;
    proposal.replaceChildren();
    if (hide) {
      proposal.append("Scores and reasons are hidden (blind review).");
    } else {
      proposal.append(make("span", { class: "tag " + p.d, text: { match: "proposed as a match", review: "for review" }[p.d] || "not proposed" }),
        " " + p.w.toFixed(1) + " bits, probability " + (p.p > 0.9999 ? "over 0.9999" : p.p.toFixed(4)) + ". " + (p.r ? "Why: " + p.r + "." : ""));
    }
    el("records").replaceChildren(compareTable([p.a, p.b], true));
    el("evidence").hidden = hide;
    if (!hide) el("steps").replaceChildren(...waterfall(p));
    const others = data.groups[p.g].filter(i => i !== p.a && i !== p.b);
    el("group").hidden = others.length === 0;
    if (others.length) {
      const shown = [p.a, p.b, ...others].slice(0, 8);
      el("group-title").textContent = "The whole group: " + (others.length + 2) + " records that hang together by pairs on this page";
      el("members").replaceChildren(compareTable(shown, false), make("p", { text: shown.length < others.length + 2 ? "The first " + shown.length + " are shown." : "" }));
    }
    for (const b of document.querySelectorAll("[data-decision]")) b.setAttribute("aria-pressed", String(b.dataset.decision === d.decision));
    el("note").value = d.note || "";
    el("standing").textContent = d.decision ? "Decided: " + words[d.decision] + ", by " + d.reviewer + ", " + d.at + "." : "Not decided yet.";
    el("back").disabled = state.at === 0;
    el("on").disabled = state.at === data.pairs.length - 1;
    progress();
    if (focus) { el("title").focus(); el("work").scrollIntoView(); }
  }
  function progress() {
    const n = count(), tally = { "same": 0, "not-same": 0, "cannot-tell": 0 };
    for (const p of data.pairs) if (decided(p)) tally[decided(p)]++;
    el("done").textContent = n + " of " + data.pairs.length + " decided: " + tally["same"] + " same, " + tally["not-same"] + " not the same, " + tally["cannot-tell"] + " can't tell";
    el("bar").value = n;
    el("bar").max = data.pairs.length;
    el("save").disabled = n === 0;
    const list = el("list");
    if (el("all").open || !list.children.length) {
      list.replaceChildren(...data.pairs.map((p, i) => {
        const b = make("button", { type: "button", class: "link", text: id(p.a) + " and " + id(p.b) });
        b.addEventListener("click", () => go(i));
        const li = make("li", {}, b, " " + (decided(p) ? words[decided(p)] : "–"));
        if (i === state.at) li.setAttribute("aria-current", "true");
        return li;
      }));
    }
  }
  function go(i) {
    if (i < 0 || i >= data.pairs.length) return;
    state.at = i;
    save();
    show(true);
  }
  function decide(decision) {
    if (!state.reviewer) {
      say("Give your name first: a decision needs somebody who answers for it.");
      el("reviewer").focus();
      return;
    }
    const p = data.pairs[state.at];
    state.decisions[key(p)] = { decision, reviewer: state.reviewer, at: new Date().toISOString().slice(0, 19) + "Z", note: el("note").value.trim() };
    let next = -1;
    for (let k = 1; k <= data.pairs.length; k++) {
      const i = (state.at + k) % data.pairs.length;
      if (!decided(data.pairs[i])) { next = i; break; }
    }
    const was = id(p.a) + " and " + id(p.b) + ": " + words[decision] + ".";
    save();
    if (next >= 0) {
      go(next);
      say(was + " Next: pair " + (next + 1) + " of " + data.pairs.length + ".");
    } else {
      show(false);
      say(was + " All pairs are decided: save your decisions.");
      el("save").focus();
    }
  }

  // What a spreadsheet would take for a formula goes behind an apostrophe.
  const cell = s => {
    if (/^'*[=+\-@\t\r]/.test(s)) s = "'" + s;
    return /[",\r\n]/.test(s) || s !== s.trim() ? '"' + s.replaceAll('"', '""') + '"' : s;
  };
  function csv() {
    const lines = ["id_a,id_b,decision,reviewer,decided_at,rationale"];
    for (const p of data.pairs) {
      const d = state.decisions[key(p)];
      if (d && d.decision) lines.push([id(p.a), id(p.b), d.decision, d.reviewer, d.at, d.note || ""].map(cell).join(","));
    }
    return lines.join("\n") + "\n";
  }
  function saveFile() {
    const url = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
    const a = make("a", { href: url, download: "decisions-" + (state.reviewer.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "") || "reviewer") + ".csv" });
    document.body.append(a);
    a.click();
    a.remove();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    say(count() + " decisions were saved.");
  }
  // rows reads CSV with quoted cells.
  function rows(text) {
    const out = [[]];
    let value = "", quoted = false;
    for (let i = 0; i < text.length; i++) {
      const c = text[i];
      if (quoted) {
        if (c === '"' && text[i + 1] === '"') { value += '"'; i++; }
        else if (c === '"') quoted = false;
        else value += c;
      } else if (c === '"') quoted = true;
      else if (c === ",") { out.at(-1).push(value); value = ""; }
      else if (c === "\n" || c === "\r") {
        if (c === "\r" && text[i + 1] === "\n") i++;
        out.at(-1).push(value);
        value = "";
        out.push([]);
      } else value += c;
    }
    if (value || out.at(-1).length) out.at(-1).push(value); else out.pop();
    return out;
  }
  async function loadFile(file) {
    const table = rows((await file.text()).replace(/^\ufeff/, ""));
    const at = ["id_a", "id_b", "decision", "reviewer", "decided_at", "rationale"].map(c => (table[0] || []).indexOf(c));
    if (at.includes(-1)) { say("That is not a decisions file: its first line must name id_a, id_b, decision, reviewer, decided_at and rationale."); return; }
    const bare = s => (s || "").replace(/^'(?='*[=+\-@\t\r])/, "");
    const here = new Map();
    for (const p of data.pairs) { here.set(key(p), p); here.set(JSON.stringify([id(p.b), id(p.a)]), p); }
    let taken = 0, other = 0;
    for (const r of table.slice(1)) {
      const [a, b, decision, reviewer, when, note] = at.map(i => bare(r[i]));
      const p = here.get(JSON.stringify([a, b]));
      if (!p || !Object.hasOwn(words, decision)) { other++; continue; }
      state.decisions[key(p)] = { decision, reviewer, at: when, note };
      taken++;
    }
    save();
    show(false);
    say(taken + " decisions were loaded" + (other ? "; " + other + " are not about pairs on this page" : "") + ".");
  }

  function shortcuts(e) {
    if (!state.keys || e.ctrlKey || e.altKey || e.metaKey || e.isComposing) return;
    if (e.target.closest("textarea, select, input:not([type=checkbox])")) {
      if (e.key === "Escape") { e.target.blur(); el("title").focus(); }
      return;
    }
    const act = { "s": () => decide("same"), "d": () => decide("not-same"), "c": () => decide("cannot-tell"), "n": () => el("note").focus(),
      "j": () => go(state.at + 1), "k": () => go(state.at - 1) }[e.key.toLowerCase()];
    if (act) { e.preventDefault(); act(); }
  }

  load();
  el("reviewer").value = state.reviewer;
  el("reviewer").addEventListener("input", e => { state.reviewer = e.target.value.trim(); save(); });
  el("start").addEventListener("submit", e => { e.preventDefault(); if (state.reviewer) el("title").focus(); else el("reviewer").focus(); });
  el("blind").checked = state.blind;
  el("blind").disabled = data.blind;
  el("blind").addEventListener("change", e => { state.blind = e.target.checked; save(); show(false); });
  el("keys").checked = state.keys;
  el("keys").addEventListener("change", e => { state.keys = e.target.checked; save(); });
  for (const b of document.querySelectorAll("[data-decision]")) b.addEventListener("click", () => decide(b.dataset.decision));
  el("note").addEventListener("input", () => {
    const p = data.pairs[state.at], d = state.decisions[key(p)] || {};
    d.note = el("note").value;
    state.decisions[key(p)] = d;
    save();
  });
  el("back").addEventListener("click", () => go(state.at - 1));
  el("on").addEventListener("click", () => go(state.at + 1));
  el("all").addEventListener("toggle", progress);
  el("save").addEventListener("click", saveFile);
  el("load").addEventListener("change", e => { if (e.target.files[0]) loadFile(e.target.files[0]); e.target.value = ""; });
  el("forget").addEventListener("click", () => {
    if (!confirm("Forget all decisions and notes kept in this browser for this page?")) return;
    state = { reviewer: state.reviewer, at: 0, blind: state.blind, keys: state.keys, decisions: {} };
    try { localStorage.removeItem(store); } catch { kept = false; }
    show(false);
    say("Forgotten.");
  });
  document.addEventListener("keydown", shortcuts);
  el("kept").hidden = kept;
  show(false);
  document.body.dataset.ready = "true";
})();
