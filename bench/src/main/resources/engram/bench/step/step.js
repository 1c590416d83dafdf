// Shows the stages of a training step. The page holds all numbers: stages and values in #model, the
// floats themselves in #data, little-endian, exact bit for bit.
(() => {
  const { stages, values, sources } = JSON.parse(document.getElementById("model").textContent);
  const bytes = Uint8Array.from(atob(document.getElementById("data").textContent.trim()), c => c.charCodeAt(0));
  const $ = id => document.getElementById(id);

  const floats = v => {
    const { at, kept, whole } = values[v];
    if (at < 0) return new Uint8Array(kept); // all 0
    return whole ? bytes.subarray(at, at + kept) : new Float32Array(bytes.buffer, at, kept);
  };

  // The shortest digits that read back as the same float.
  function digits(x) {
    if (!Number.isFinite(x)) return String(x);
    for (let p = 5; p < 9; p++) if (Math.fround(Number(x.toPrecision(p))) === x) return String(Number(x.toPrecision(p)));
    return String(Number(x.toPrecision(9)));
  }
  const short = x => (Number.isFinite(x) ? (x === 0 ? "0" : Math.abs(x) >= 1e5 || Math.abs(x) < 1e-3 ? x.toExponential(2) : x.toPrecision(4)) : String(x));
  const many = n => n.toLocaleString("en");
  const shapeOf = t => "[" + stages.tensors[t].shape.join(", ") + "]";
  const tensor = t => stages.tensors[t].name + "#" + t + " " + shapeOf(t);

  // An element with attributes, listeners and children.
  function el(tag, attributes = {}, ...children) {
    const e = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) e.addEventListener(name.slice(2), value);
      else if (value === true) e.setAttribute(name, "");
      else if (value !== false && value != null) e.setAttribute(name, value);
    }
    e.append(...children.filter(c => c != null));
    return e;
  }
  const list = items => el("ul", { class: "plain" }, ...items.map(i => el("li", {}, i)));
  const pairs = rows => el("dl", {}, ...rows.flatMap(([k, v]) => [el("dt", {}, k), el("dd", {}, v)]));
  const code = text => el("code", {}, text);
  const tag = phase => el("span", { class: "tag " + phase }, phase);
  const nodeText = n => (n.out.map(tensor).join(", ") || "updates") + " = " + n.op + "(" + n.in.map(t => stages.tensors[t].name + "#" + t).join(", ") + ")";

  /* Stage 1: what was recorded */
  const forward = stages.recorded.map((n, i) => i).filter(i => stages.recorded[i].phase === "forward");

  // Which step a recorded node became.
  function runs(n) {
    const step = stages.steps.findIndex(s => s.out.some(o => n.out.includes(o.tensor)));
    return step >= 0 ? "as step " + step : n.op === "view" ? "not at all: it names a part of a value" : "not by itself: see 3 fuse";
  }

  function node(i) {
    const n = stages.recorded[i];
    return [
      el("h2", {}, n.op + " ", tag(n.phase)),
      pairs([
        ["node", String(i)],
        ["runs", runs(n)],
        ["layer", n.layer],
        ...(n.attributes ? [["attributes", n.attributes]] : []),
        ["reads", list(n.in.map(t => code(tensor(t))))],
        ["makes", list(n.out.map(t => code(tensor(t))))],
      ]),
    ];
  }

  const recordStage = {
    name: "record",
    frames: forward.map(i => ({ label: stages.recorded[i].op + "  " + stages.recorded[i].out.map(shapeOf).join(" "), layer: stages.recorded[i].layer, phase: "forward" })),
    show: f => [...node(forward[f]), el("p", { class: "hint" }, `${forward.length} nodes were recorded, nothing was computed yet. Nodes are numbered from 0, views among them; steps are the nodes that run, numbered from 0 as engram graph and engram explain do.`)],
  };

  /* Stage 2: the walk backwards */
  const others = stages.recorded.map((n, i) => i).filter(i => stages.recorded[i].phase !== "forward" && stages.recorded[i].frame < 0);
  const appended = stages.recorded.length - forward.length;
  const counted = () => el("p", { class: "hint" }, `${forward.length} recorded + ${appended} appended = ${stages.recorded.length} nodes`);

  function walked(w) {
    const n = stages.recorded[w.node];
    return [
      el("h2", {}, "back through " + n.op + " of " + n.layer),
      pairs([
        ["node", code(nodeText(n))],
        ["arrives", code(tensor(w.arriving))],
        ["appended", w.appended.length ? list(w.appended.map(i => code(i + "  " + nodeText(stages.recorded[i])))) : "nothing: the gradient passes as it is"],
        ["leaves", w.leaving.length ? list(w.leaving.map(l => el("span", {}, code(tensor(l.gradient)), ` for ${stages.tensors[l.operand].name}, `, el("strong", {}, l.assigned ? "assigned" : "added"), l.assigned ? "" : el("span", {}, " to ", code(tensor(l.total)))))) : "nothing: no gradient is wanted"],
      ]),
      el("h3", {}, "Formulas"),
      el("pre", {}, w.formula),
      counted(),
    ];
  }

  const walkStage = {
    name: "differentiate",
    frames: [
      ...stages.walk.map(w => ({ label: stages.recorded[w.node].op + "  +" + w.appended.length, layer: stages.recorded[w.node].layer, phase: "backward" })),
      { label: `seed, gathering, update  +${others.length}`, layer: "around the walk", phase: "update" },
    ],
    show: f =>
      f < stages.walk.length
        ? walked(stages.walk[f])
        : [
            el("h2", {}, "Around the walk"),
            el("p", {}, "The walk begins with the gradient of the loss with respect to itself, 1. When it is done the gradients are gathered in one flat tensor, and the optimiser updates the parameters."),
            list(others.map(i => code(i + "  " + nodeText(stages.recorded[i])))),
            counted(),
          ],
  };

  /* Stage 3: fusion */
  const fuseStage = {
    name: "fuse",
    frames: [
      ...stages.firings.map(f => ({ label: f.pattern, layer: "applied", phase: "" })),
      ...stages.misses.map(m => ({ label: m.pattern, layer: "near misses", phase: "" })),
    ],
    empty: "Nothing was fused: no rule found its pattern, or fusion is off.",
    show: f => {
      if (f < stages.firings.length) {
        const { pattern, taken, given, nodes } = stages.firings[f];
        return [el("h2", {}, pattern), el("h3", {}, "taken"), list(taken.map(code)), el("h3", {}, "given"), given.length ? list(given.map(code)) : el("p", {}, "nothing"), el("p", { class: "hint" }, `${nodes} nodes are left`)];
      }
      const { pattern, last, why } = stages.misses[f - stages.firings.length];
      return [el("h2", {}, "Not applied: " + pattern), el("h3", {}, "at"), code(last), el("h3", {}, "because"), el("p", {}, why)];
    },
  };

  /* Stage 4: memory */
  const SVG = "http://www.w3.org/2000/svg";
  function svg(name, attributes, ...children) {
    const e = document.createElementNS(SVG, name);
    for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
    e.append(...children);
    return e;
  }
  const phaseOfStep = s => (stages.steps[s] || { phase: "" }).phase;
  const kib = elements => short((elements * 4) / 1024) + " KiB";

  function picture(now) {
    const { plan } = stages;
    const [w, h] = [760, 380];
    const columns = Math.max(1, plan.use.length);
    const x = s => (s * w) / columns;
    const y = a => h - (a * h) / Math.max(1, plan.arena);
    const root = svg("svg", { class: "plan", viewBox: `0 0 ${w} ${h}`, role: "img", "aria-label": "Time from left to right, addresses from bottom to top: a rectangle for each value in the arena" });
    for (const b of plan.blocks) {
      const alive = b.first <= now && now <= b.last;
      const box = svg("rect", { x: x(b.first), y: y(b.offset + b.elements), width: x(b.last + 1) - x(b.first), height: (b.elements * h) / Math.max(1, plan.arena), class: phaseOfStep(b.first) + (alive ? " alive" : "") });
      box.append(svg("title", {}, `${tensor(b.tensor)}: steps ${b.first} to ${b.last}, from element ${many(b.offset)}, ${many(b.elements)} elements`));
      root.append(box);
      if ((b.elements * h) / plan.arena > 11 && x(b.last + 1) - x(b.first) > 60) root.append(svg("text", { x: x(b.first) + 3, y: y(b.offset + b.elements) + 10 }, stages.tensors[b.tensor].name));
    }
    root.append(svg("polyline", { points: plan.use.map((u, s) => `${x(s)},${y(u)} ${x(s + 1)},${y(u)}`).join(" ") }));
    root.append(svg("rect", { class: "now", x: x(now), y: 0, width: w / columns, height: h }));
    return root;
  }

  const planStage = {
    name: "plan",
    frames: stages.plan.use.map((u, s) => ({ label: `${s}  ${(stages.steps[s] || {}).op || ""}  ${kib(u)}`, phase: phaseOfStep(s), layer: "in use while it runs" })),
    show: s => {
      const { plan } = stages;
      return [
        el("h2", {}, `Memory while step ${s} runs`),
        picture(s),
        el("p", { class: "hint" }, "From left to right the steps, from bottom to top the addresses of the arena; a rectangle is a value from the step that makes it to the last that reads it, the line is what is in use."),
        pairs([
          ["if nothing shared space", kib(plan.unshared)],
          ["the arena", kib(plan.arena)],
          ["most in use", kib(plan.use[plan.peak] || 0) + ", in step " + plan.peak],
          ["in use now", kib(plan.use[s])],
          ["made in place", plan.inPlace.length ? list(plan.inPlace.map(code)) : "nothing"],
        ]),
        el("h3", {}, "alive now"),
        list(plan.blocks.filter(b => b.first <= s && s <= b.last).map(b => code(`${tensor(b.tensor)}  at ${many(b.offset)}, ${many(b.elements)} elements, steps ${b.first} to ${b.last}`))),
      ];
    },
  };

  /* Stage 5: replay, with numbers, pictures and sums */
  const unravel = (index, shape) => {
    const at = [];
    for (let d = shape.length - 1; d >= 0; d--) {
      at[d] = index % shape[d];
      index = Math.floor(index / shape[d]);
    }
    return at;
  };
  const operand = (step, k) => (k >= 0 ? step.in[k] : step.out[-1 - k]);

  // Every element of a result as its op says: see Sum.java, which has the same words.
  function written(step, result, index) {
    const { sum } = step;
    const shape = stages.tensors[result.tensor].shape;
    const rank = shape.length;
    const v = unravel(index, shape);
    const affine = a => a.terms.reduce((s, [n, c]) => s + v[n] * c, a.constant);
    let missing = false;
    function read(r) {
      const of = operand(step, r.operand);
      const dims = stages.tensors[of.tensor].shape;
      let at = 0;
      for (let d = 0; d < dims.length; d++) {
        const i = affine(r.at[d]);
        if (i < 0 || i >= dims[d]) return null;
        at = at * dims[d] + i;
      }
      const data = floats(of.value);
      if (at >= data.length) missing = true;
      return { operand: of, at, value: at < data.length ? data[at] : NaN };
    }
    const terms = [];
    const count = sum.factors.length ? sum.over.reduce((a, b) => a * b, 1) : 0;
    each: for (let i = 0; i < count; i++) {
      unravel(i, sum.over).forEach((x, d) => (v[rank + d] = x));
      for (const pick of sum.pick) {
        const p = read(pick.from);
        if (!p) continue each;
        const at = rank + sum.over.length;
        const k = pick.kernel;
        v[at] = k ? Math.floor(p.value / k) : p.value;
        v[at + 1] = k ? p.value % k : 0;
      }
      if (sum.where.some(a => affine(a) !== 0)) continue;
      const factors = [];
      for (const f of sum.factors) {
        const one = read(f);
        if (!one) continue each;
        factors.push(one);
      }
      const product = factors.reduce((a, f) => a * f.value, 1);
      const difference = factors.length > 1 ? factors[0].value - factors[1].value : 0;
      const value = { MINUS_LOG: x => -Math.log(x), SQUARED_DIFFERENCE: () => difference ** 2, EXP_DIFFERENCE: () => Math.exp(difference) }[sum.function]?.(product) ?? product;
      terms.push({ factors, value });
    }
    const plus = sum.plus.map(read).filter(Boolean);
    const total = sum.function === "MAXIMUM" ? Math.max(...terms.map(t => t.value)) : sum.scale * terms.reduce((a, t) => a + t.value, 0) + plus.reduce((a, p) => a + p.value, 0);
    return { terms, plus, total, missing };
  }

  const SHOWN = 200; // terms that are written out; longer sums are cut, and say so

  function ask(step, result, index, stored) {
    const { sum } = step;
    const { terms, plus, total, missing } = written(step, result, index);
    const where = "[" + unravel(index, stages.tensors[result.tensor].shape).join(", ") + "]";
    const box = el("div", { class: "ask", role: "region", "aria-label": "How this number came about" });
    box.append(el("h3", {}, `${stages.tensors[result.tensor].name}${where} = ${digits(stored)}`));
    if (missing) box.append(el("p", {}, "Not all of its operands are on this page, which cuts large values: fewer images (--batch 1) leave more room."));
    if (sum.function === "LIST" || (!terms.length && !plus.length)) {
      box.append(el("pre", {}, step.formula), el("p", { class: "hint" }, step.attributes), list((terms[0] || { factors: [] }).factors.map(f => code(`${stages.tensors[f.operand.tensor].name}[${unravel(f.at, stages.tensors[f.operand.tensor].shape).join(", ")}] = ${digits(f.value)}`))));
      return box;
    }
    const f = { NONE: "", MINUS_LOG: "-log ", SQUARED_DIFFERENCE: "squared ", EXP_DIFFERENCE: "exp of ", MAXIMUM: "" }[sum.function];
    const sign = sum.function.endsWith("DIFFERENCE") ? " - " : " × ";
    box.append(el("p", {}, sum.function === "MAXIMUM" ? `the largest of ${terms.length}` : `the sum of ${many(terms.length)} ${sign === " × " && terms[0] && terms[0].factors.length > 1 ? "products" : "terms"}${sum.scale !== 1 ? ", times " + digits(Math.fround(sum.scale)) : ""}${plus.length ? ", plus " + plus.length : ""}`));
    const table = el("table");
    const row = (name, t) => el("tr", {}, el("td", {}, name), el("td", { class: "word" }, code(f + t.factors.map(x => digits(x.value)).join(sign))), el("td", {}, t.factors.length > 1 || f ? "= " + short(t.value) : ""), el("td", { class: "word" }, code(t.factors.map(x => stages.tensors[x.operand.tensor].name + "[" + unravel(x.at, stages.tensors[x.operand.tensor].shape).join(", ") + "]").join(sign))));
    terms.slice(0, SHOWN).forEach((t, i) => table.append(row(String(i + 1), t)));
    plus.forEach(p => table.append(row("+", { factors: [p], value: p.value })));
    box.append(el("div", { class: "scroll", tabindex: "0" }, table));
    if (terms.length > SHOWN) box.append(el("p", { class: "hint" }, `and ${many(terms.length - SHOWN)} more`));
    if (!missing) box.append(el("p", {}, `${sum.function === "MAXIMUM" ? "maximum" : "sum"} in double precision ${total}${sum.then ? ", then " + sum.then : ""}; stored as float ${digits(stored)}`));
    return box;
  }

  function difference(value, index, stored) {
    const d = stages.differences.find(x => x.value === value && x.index === index);
    if (!d) return null;
    const error = Math.abs(d.numeric - stored) / (1 + Math.abs(d.numeric) + Math.abs(stored));
    return el("p", {}, `Finite difference of the loss by ${d.operand}, in double precision: `, code(String(d.numeric)), `; here ${digits(stored)}; they differ by ${short(error)} of 1 + their sizes.`);
  }

  const ROWS = 10, COLUMNS = 8;

  function numbers(step, seen, result) {
    const shape = stages.tensors[seen.tensor].shape;
    const v = values[seen.value];
    const data = floats(seen.value);
    const columns = shape[shape.length - 1];
    const rows = v.elements / columns;
    let row = 0, column = 0;
    const known = new Set(stages.differences.filter(d => d.value === seen.value).map(d => d.index));
    const table = el("table");
    const answer = el("div", { "aria-live": "polite" });
    const place = el("input", { type: "text", "aria-label": "element, such as " + shape.map(() => 0).join(", "), placeholder: shape.map(() => 0).join(", ") });
    function press(index) {
      const parts = [difference(seen.value, index, data[index]), result ? ask(step, seen, index, data[index]) : el("div", { class: "ask" }, `${stages.tensors[seen.tensor].name}[${unravel(index, shape).join(", ")}] = ${digits(data[index])}`)];
      answer.replaceChildren(...parts.filter(Boolean));
    }
    function cell(r, c) {
      const index = r * columns + c;
      if (r >= rows || c >= columns || index >= data.length) return el("td");
      const odd = !Number.isFinite(data[index]);
      return el("td", {}, el("button", { type: "button", class: "number" + (known.has(index) ? " known" : "") + (odd ? " odd" : ""), "data-index": index, "data-value": seen.value, tabindex: r === row && c === column ? "0" : "-1", onclick: () => press(index), onkeydown: e => move(e, r, c), title: known.has(index) ? "with a finite difference" : "" }, digits(data[index])));
    }
    function draw(focus) {
      const top = Math.min(Math.max(0, row - (row % ROWS)), Math.max(0, rows - 1));
      const left = column - (column % COLUMNS);
      const heads = el("tr", {}, el("th"), ...Array.from({ length: COLUMNS }, (_, c) => el("th", {}, left + c < columns ? String(left + c) : "")));
      const body = Array.from({ length: ROWS }, (_, r) => top + r)
        .filter(r => r < rows && r * columns < data.length)
        .map(r => el("tr", {}, el("th", {}, unravel(r, shape.slice(0, -1)).join(", ")), ...Array.from({ length: COLUMNS }, (_, c) => cell(r, left + c))));
      table.replaceChildren(heads, ...body);
      if (focus) table.querySelector(`[data-index="${row * columns + column}"]`)?.focus();
    }
    function go(r, c, focus) {
      if (r < 0 || c < 0 || r >= rows || c >= columns || r * columns + c >= data.length) return;
      [row, column] = [r, c];
      draw(focus);
    }
    function move(e, r, c) {
      const to = { ArrowUp: [r - 1, c], ArrowDown: [r + 1, c], ArrowLeft: [r, c - 1], ArrowRight: [r, c + 1], PageUp: [Math.max(0, r - ROWS), c], PageDown: [r + ROWS, c] }[e.key];
      if (!to) return;
      e.preventDefault();
      e.stopPropagation();
      go(...to, true);
    }
    place.addEventListener("change", () => {
      const at = place.value.split(",").map(Number);
      if (at.length !== shape.length || at.some((x, d) => !(x >= 0 && x < shape[d]))) return;
      const index = at.reduce((s, x, d) => s * shape[d] + x, 0);
      go(Math.floor(index / columns), index % columns, false);
      if (index < data.length) press(index);
    });
    draw(false);
    const next = [...known].sort((a, b) => a - b);
    const button = (text, label, by) => el("button", { type: "button", "aria-label": label, onclick: by }, text);
    const tools = el("div", { class: "tools" }, button("▲", "rows before", () => go(Math.max(0, row - ROWS), column, false)), button("▼", "rows after", () => go(row + ROWS, column, false)), button("◀", "columns before", () => go(row, Math.max(0, column - COLUMNS), false)), button("▶", "columns after", () => go(row, column + COLUMNS, false)), el("label", {}, "element ", place));
    if (next.length) {
      let k = 0;
      tools.append(button(`${next.length} finite differences`, "next element with a finite difference", () => { const index = next[k++ % next.length]; go(Math.floor(index / columns), index % columns, false); press(index); }));
    }
    const parts = [tools, el("div", { class: "scroll" }, table)];
    if (v.kept < v.elements) parts.push(el("p", { class: "hint" }, `the first ${many(v.kept)} of ${many(v.elements)} elements are on this page`));
    return [...parts, answer];
  }

  // Maps: the images of one channel each, or the kernels of a weight; and a matrix as one picture.
  function tiles(shape) {
    if (shape.length === 2) return { count: 1, width: shape[1], height: shape[0], outer: 1, at: (n, t, y, x) => y * shape[1] + x };
    if (shape.length !== 4) return null;
    const [a, b, c, d] = shape;
    const kernel = a === b && a <= 11 && a !== stages.batch;
    return kernel
      ? { count: d, width: b, height: a, outer: c, of: "input channel", at: (n, t, y, x) => ((y * b + x) * c + n) * d + t }
      : { count: d, width: c, height: b, outer: a, of: "image", at: (n, t, y, x) => ((n * b + y) * c + x) * d + t };
  }

  function maps(step, seen, result) {
    const shape = stages.tensors[seen.tensor].shape;
    const t = tiles(shape);
    const data = floats(seen.value);
    const { stats } = values[seen.value];
    const colour = shape[3] === 3 && t.of === "image" && stats.min >= -8 && seen.tensor === 0;
    const across = Math.ceil(Math.sqrt(Math.min(t.count, 64) * (t.height / t.width) * 1.6)) || 1;
    const count = Math.min(t.count, 64);
    const [w, h] = [Math.min(across, count) * (t.width + 1), Math.ceil(count / across) * (t.height + 1)];
    const canvas = el("canvas", { width: w, height: h, role: "img", "aria-label": `${count} maps of ${stages.tensors[seen.tensor].name}` });
    canvas.style.width = Math.min(720, w * Math.max(1, Math.floor(560 / w))) + "px";
    const answer = el("div");
    let outer = 0;
    const most = Math.max(Math.abs(stats.min), Math.abs(stats.max)) || 1;
    function draw() {
      const context = canvas.getContext("2d");
      const image = context.createImageData(w, h);
      for (let k = 0; k < count; k++)
        for (let y = 0; y < t.height; y++)
          for (let x = 0; x < t.width; x++) {
            const i = t.at(outer, k, y, x);
            const at = 4 * ((Math.floor(k / across) * (t.height + 1) + y) * w + (k % across) * (t.width + 1) + x);
            const s = i < data.length ? data[i] / most : NaN;
            const rgb = i >= data.length ? [128, 128, 128] : !Number.isFinite(s) ? [255, 0, 255] : s >= 0 ? [255 - 245 * s, 255 - 145 * s, 255 - 75 * s] : [255 + 65 * s, 255 + 170 * s, 255 + 245 * s];
            image.data.set([...rgb, 255], at);
          }
      context.putImageData(image, 0, 0);
    }
    canvas.addEventListener("click", e => {
      const box = canvas.getBoundingClientRect();
      const x = Math.floor(((e.clientX - box.left) * w) / box.width), y = Math.floor(((e.clientY - box.top) * h) / box.height);
      const k = Math.floor(y / (t.height + 1)) * across + Math.floor(x / (t.width + 1));
      const i = t.at(outer, k, y % (t.height + 1), x % (t.width + 1));
      if (k < count && i < data.length && result) answer.replaceChildren(...[difference(seen.value, i, data[i]), ask(step, seen, i, data[i])].filter(Boolean));
    });
    draw();
    const label = el("span", {}, "");
    const turn = by => { outer = (outer + by + t.outer) % t.outer; label.textContent = `${t.of} ${outer}`; draw(); };
    const tools = t.outer > 1 ? el("div", { class: "tools" }, el("button", { type: "button", "aria-label": t.of + " before", onclick: () => turn(-1) }, "◀"), label, el("button", { type: "button", "aria-label": "next " + t.of, onclick: () => turn(1) }, "▶")) : null;
    if (t.outer > 1) label.textContent = `${t.of} 0`;
    return [tools, canvas, el("p", { class: "hint" }, `${count} of ${t.count} maps; orange below zero, white zero, blue above, up to ${short(most)} in size; grey is not on this page; press a pixel to see the sum that made it`), answer].filter(Boolean);
  }

  function histogram(seen) {
    const { stats } = values[seen.value];
    const most = Math.max(...stats.histogram, 1);
    return [el("div", { class: "bars", role: "img", "aria-label": "histogram: " + stats.histogram.join(", ") }, ...stats.histogram.map(n => { const bar = el("span", { title: many(n) }); bar.style.height = (100 * n) / most + "%"; return bar; })), el("div", { class: "ends" }, el("span", {}, digits(stats.min)), el("span", {}, digits(stats.max)))];
  }

  const chosen = {}; // the view of a value, kept from frame to frame

  function value(step, seen, role, result) {
    const v = values[seen.value];
    const { stats } = v;
    const box = el("div", { class: "value" });
    const body = el("div");
    const views = { numbers: () => numbers(step, seen, result), maps: tiles(stages.tensors[seen.tensor].shape) ? () => maps(step, seen, result) : null, histogram: () => histogram(seen) };
    const buttons = Object.keys(views).filter(n => views[n]).map(n => el("button", { type: "button", "aria-pressed": "false", onclick: () => show(n) }, n));
    function show(name) {
      chosen[role] = name;
      buttons.forEach(b => b.setAttribute("aria-pressed", String(b.textContent === name)));
      body.replaceChildren(...views[name]());
    }
    box.append(
      el("h3", {}, `${role}: `, code(tensor(seen.tensor))),
      el("p", { class: "hint" }, `norm ${short(stats.norm)}, from ${digits(stats.min)} to ${digits(stats.max)}, mean ${short(stats.mean)}, ${short(100 * stats.zeros)} % zeros, ${stats.nonFinite ? many(stats.nonFinite) + " not finite" : "all finite"}`),
      el("div", { class: "tools" }, ...buttons),
      body,
    );
    show(views[chosen[role]] ? chosen[role] : "numbers");
    return box;
  }

  const rate = (n, s) => short(n / s / 1e9);
  const replayStage = {
    name: "replay",
    frames: stages.steps.map((s, i) => ({ label: `${i}  ${s.op}`, phase: s.phase, layer: s.layer, differs: differs(i) })),
    show: i => {
      const s = stages.steps[i];
      return [
        el("h2", {}, `step ${i}: ${s.op} `, tag(s.phase), " " + s.layer),
        el("p", {}, s.summary + (s.attributes ? " (" + s.attributes + ")" : "")),
        el("pre", {}, s.formula),
        pairs([
          ["time", `${short(1e3 * s.seconds)} ms`],
          ["arithmetic", `${many(s.flops)} FLOP, ${rate(s.flops, s.seconds)} GFLOP/s`],
          ["memory", `${many(s.bytes)} bytes, ${rate(s.bytes, s.seconds)} GB/s`],
          ...(s.share >= 0 ? [["of the limit", `${(100 * s.share).toFixed(0)} % (${s.bound === "fma" ? "arithmetic" : "memory"})`]] : []),
          ...(s.source.length ? [["code", list(s.source.map(p => (sources === null ? code(p) : el("a", { href: sources + p }, code(p)))))]] : []),
        ]),
        ...s.out.map((o, k) => value(s, o, k ? "result " + (k + 1) : "result", k === 0)),
        ...s.updated.map((o, k) => value(s, o, "updated " + (k + 1), k === 0 && !s.out.length)),
        ...s.in.map((o, k) => value(s, o, "operand " + (k + 1), false)),
      ];
    },
  };

  /* Stage 6: a second step beside this one */
  function differs(step) {
    return stages.against.some(a => a.pairs.some(p => p.here === step && p.error > a.tolerance));
  }
  const against = stages.against[0];
  const twoStage = {
    name: "two",
    frames: against ? against.pairs.map(p => ({ label: `${p.here < 0 ? "-" : p.here}  ${p.here < 0 ? p.there : stages.steps[p.here].op}${p.error > against.tolerance ? "  differs" : ""}`, phase: p.here < 0 ? "" : phaseOfStep(p.here), layer: "against " + against.name, differs: p.error > against.tolerance || (p.error < 0 && p.note !== "") })) : [],
    empty: "There is no second step here. Name one with --against, such as --against seed:2, strategy:er, device:reference or no-fusion.",
    show: i => {
      const p = against.pairs[i];
      return [
        el("h2", {}, p.here < 0 ? "only there: " + p.there : `step ${p.here}: ${stages.steps[p.here].op}`),
        pairs([
          ["against", against.name],
          ["there", p.there || "nothing"],
          ...(p.error >= 0 ? [["largest error", `${short(p.error)}, ${p.error > against.tolerance ? "more" : "not more"} than ${against.tolerance}`], ["element", `${p.index}: ${p.expected} here, ${p.received} there`]] : []),
          ...(p.note ? [["what is other", p.note]] : []),
        ]),
        el("p", { class: "hint" }, "An error is a distance divided by the root mean square of the values here plus the size of the element."),
      ];
    },
  };

  /* The frame around all stages */
  const all = [recordStage, walkStage, fuseStage, planStage, replayStage, twoStage];
  const place = all.map(() => 0);
  let stage = 0;
  const tabs = document.querySelector("nav");
  all.forEach((s, i) => tabs.append(el("button", { type: "button", role: "tab", id: "tab" + i, "aria-controls": "detail", onclick: () => open(i) }, `${i + 1} ${s.name}`)));

  function open(i) {
    stage = i;
    [...tabs.children].forEach((t, k) => t.setAttribute("aria-selected", String(k === i)));
    $("detail").setAttribute("aria-labelledby", "tab" + i);
    let layer = "";
    $("frames").replaceChildren(
      ...all[i].frames.flatMap((f, k) => {
        const item = el("li", {}, el("button", { type: "button", class: (f.phase || "") + (f.differs ? " differs" : ""), onclick: () => frame(k) }, f.label));
        const heads = f.layer && f.layer !== layer ? [el("li", { class: "layer" }, f.layer)] : [];
        layer = f.layer;
        return [...heads, item];
      }),
    );
    frame(place[i]);
  }

  function frame(k) {
    const { frames, show, empty } = all[stage];
    if (!frames.length) {
      $("position").textContent = "none";
      $("detail").replaceChildren(el("p", {}, empty || "Nothing to see."));
      $("back").disabled = $("next").disabled = true;
      return;
    }
    k = Math.max(0, Math.min(frames.length - 1, k));
    place[stage] = k;
    $("position").textContent = `${k} of 0 to ${frames.length - 1}`;
    $("back").disabled = k === 0;
    $("next").disabled = k === frames.length - 1;
    const buttons = [...$("frames").querySelectorAll("button")];
    buttons.forEach((b, i) => (i === k ? b.setAttribute("aria-current", "true") : b.removeAttribute("aria-current")));
    const box = $("frames"), b = buttons[k];
    if (b.offsetTop - box.offsetTop < box.scrollTop || b.offsetTop - box.offsetTop + b.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = b.offsetTop - box.offsetTop - box.clientHeight / 3;
    $("detail").replaceChildren(...show(k));
  }

  $("back").addEventListener("click", () => frame(place[stage] - 1));
  $("next").addEventListener("click", () => frame(place[stage] + 1));
  addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches("input")) return;
    const moves = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    const inFrames = $("frames").contains(e.target);
    if (e.key >= "1" && e.key <= String(all.length)) open(Number(e.key) - 1);
    else if (e.key in moves && (inFrames || e.key === "ArrowLeft" || e.key === "ArrowRight")) {
      frame(place[stage] + moves[e.key]);
      if (inFrames) $("frames").querySelectorAll("button")[place[stage]].focus();
      e.preventDefault();
    } else if (e.key === "Home" || e.key === "End") {
      frame(e.key === "Home" ? 0 : Infinity);
      e.preventDefault();
    } else if (e.key === "?") {
      const keys = document.querySelector(".keys");
      keys.open = !keys.open;
    }
  });

  // An address such as step.html#5.12 is stage 5, frame 12, from 0: step 12.
  function jump() {
    const [s, k] = location.hash.slice(1).split(".").map(Number);
    if (!(s >= 1 && s <= all.length)) return open(stage);
    place[s - 1] = Math.max(0, k || 0);
    open(s - 1);
  }
  addEventListener("hashchange", jump);
  jump();
})();
