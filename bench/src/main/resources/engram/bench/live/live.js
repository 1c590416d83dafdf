// The story of a run, line by line; see LiveStory. It stands in the page, or comes from its server.
(() => {
  const byId = id => document.getElementById(id);
  const live = document.body.dataset.live === "true";
  const folder = document.body.dataset.folder;
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colour = index => css("--s" + (index % 8));
  const DASHES = [[], [8, 4], [2, 4]]; // after each round of eight colours
  const runs = []; // {name, strategy, seed, labels, first, rows, marks, x}
  let shown = 0;
  let following = true;
  let read = 0;

  // -- the story --------------------------------------------------------------------------------

  function take(line) {
    read++;
    const run = runs[runs.length - 1];
    switch (line.k) {
      case "strategy":
        runs.push({ ...line, name: `${line.strategy}, seed ${line.seed}`, rows: [], marks: [], x: 0, before: 0 });
        byId("which").append(new Option(runs[runs.length - 1].name, runs.length - 1));
        break;
      case "step":
        if (line.step === 0) {
          run.before = run.rows.length ? run.rows[run.rows.length - 1].x : 0;
          if (line.task > 1) run.marks.push(run.before);
        }
        run.rows.push({ ...line, x: run.before + line.step });
        break;
      case "task":
        run.rows.push({ ...line, x: run.rows.length ? run.rows[run.rows.length - 1].x : 0, done: true });
        break;
      case "diverged":
        byId("status").textContent = line.what;
        break;
      case "end":
        byId("status").textContent = line.interrupted ? "the run was interrupted" : "the run is done";
        break;
    }
  }

  // -- charts -----------------------------------------------------------------------------------

  function axis(label) {
    return {
      label,
      stroke: () => css("--ink"),
      grid: { stroke: () => css("--line"), width: 1 },
      ticks: { stroke: () => css("--line"), width: 1 },
      font: "12px system-ui, sans-serif",
      labelFont: "13px system-ui, sans-serif",
    };
  }

  function marks(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = css("--soft");
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    for (const x of runs[shown].marks) {
      const left = Math.round(plot.valToPos(x, "x", true)) + 0.5;
      ctx.beginPath();
      ctx.moveTo(left, bbox.top);
      ctx.lineTo(left, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }

  // A chart keeps its plot as long as it has the same lines.
  function chart(figure, label, highest) {
    let plot = null;
    let names = "";
    const height = width => Math.max(240, Math.min(380, width * 0.45));
    return {
      draw(x, series) {
        const now = series.map(one => one.label).join("\n");
        const data = [x, ...series.map(one => one.y)];
        if (plot && names === now) {
          plot.setData(data);
          return;
        }
        if (plot) plot.destroy();
        plot = null;
        names = now;
        if (!series.length) return;
        const width = figure.clientWidth;
        plot = new uPlot(
          {
            width,
            height: height(width),
            scales: { x: { time: false }, y: { range: (u, min, max) => [0, highest || max * 1.08 || 1] } },
            axes: [axis("steps"), axis(label)],
            series: [
              { label: "step", value: (u, v) => (v == null ? "–" : v) },
              ...series.map((one, i) => ({
                label: one.label,
                stroke: () => colour(i),
                width: 2,
                dash: DASHES[Math.floor(i / 8) % DASHES.length],
                spanGaps: true,
                points: { show: false },
                value: (u, v) => (v == null ? "–" : v.toFixed(v < 10 ? 2 : 1)),
              })),
            ],
            cursor: { drag: { x: true, y: false } },
            hooks: { drawClear: [marks] },
          },
          data,
          figure,
        );
      },
      resize() {
        const width = figure.clientWidth;
        if (plot && width !== plot.width) plot.setSize({ width, height: height(width) });
      },
      redraw() {
        if (plot) plot.redraw();
      },
    };
  }

  const charts = {
    accuracy: chart(byId("accuracy"), "accuracy, %", 100),
    loss: chart(byId("loss"), "loss"),
    norms: chart(byId("norms"), "mean norm"),
  };

  const mean = values => (values.length ? values.reduce((a, b) => a + b, 0) / values.length : null);
  const classesOf = (run, task) => [run.first[task], task + 1 < run.first.length ? run.first[task + 1] : run.labels.length];

  function drawCharts() {
    const run = runs[shown];
    const steps = run.rows.filter(row => !row.done);
    const x = steps.map(row => row.x);
    const tasks = Math.max(0, ...steps.map(row => row.acc.length));
    const perTask = value => [...Array(tasks).keys()].map(t => ({ label: `task ${t + 1}`, y: steps.map(row => value(row, t)) }));
    charts.accuracy.draw(x, perTask((row, t) => row.acc[t] ?? null));
    charts.norms.draw(x, perTask((row, t) => mean(row.norms.slice(...classesOf(run, t)))));
    const terms = [...new Set(steps.flatMap(row => Object.keys(row.loss)))];
    charts.loss.draw(x, terms.map(term => ({ label: term, y: steps.map(row => row.loss[term] ?? null) })));
  }

  // -- one moment -------------------------------------------------------------------------------

  function table(element, head, rows) {
    const cell = (kind, text) => {
      const made = document.createElement(kind);
      if (text instanceof Node) made.append(text);
      else made.textContent = text;
      return made;
    };
    const line = (cells, kind) => {
      const row = document.createElement("tr");
      cells.forEach((text, i) => {
        const made = cell(kind || (i ? "td" : "th"), text);
        if (kind) made.scope = "col";
        else if (!i) made.scope = "row";
        row.append(made);
      });
      return row;
    };
    const thead = document.createElement("thead");
    thead.append(line(head, "th"));
    const tbody = document.createElement("tbody");
    tbody.append(...rows.map(cells => line(cells)));
    element.replaceChildren(thead, tbody);
  }

  function bar(share) {
    const made = document.createElement("span");
    made.className = "bar s0";
    made.style.setProperty("--v", 100 * share);
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  // The step whose loss and gradients led here, taken apart: a link where a server can make the page.
  function glass(place) {
    const line = byId("glass");
    line.replaceChildren();
    if (!place) return;
    if (live) {
      const link = document.createElement("a");
      link.href = `glass?at=${encodeURIComponent(place)}`;
      link.target = "_blank";
      link.textContent = "open this step under glass";
      line.append(link, ", or ");
    }
    const command = document.createElement("code");
    command.textContent = `engram step ${folder} --at ${place}`;
    line.append(command);
  }

  function drawMoment() {
    const run = runs[shown];
    const slider = byId("moment");
    slider.max = Math.max(0, run.rows.length - 1);
    if (following) slider.value = slider.max;
    const row = run.rows[+slider.value];
    if (!row) return;
    const of = row.done ? "done, all test images" : row.step ? `epoch ${row.epoch}, after step ${row.step}` : "before its first step";
    const text = `task ${row.task}, ${of}`;
    byId("moment-text").textContent = text;
    slider.setAttribute("aria-valuetext", text);
    glass(row.done || !row.step ? "" : `${run.strategy}:${run.seed}:${row.task}:${row.step}`);
    table(
      byId("now-tasks"),
      ["", ...row.acc.map((_, t) => `task ${t + 1}`)],
      [["accuracy, %", ...row.acc.map(a => a.toFixed(1))], ...(row.images ? [["images", ...row.images]] : [])],
    );
    const last = run.rows.slice(0, +slider.value + 1).findLast(r => r.norms);
    const norms = last ? last.norms : [];
    const longest = Math.max(...norms, 1e-9);
    const held = row.held;
    table(
      byId("now-classes"),
      ["class", "task", "norm of its row", "", ...(held ? ["in memory", "entered", "left"] : [])],
      norms.map((norm, label) => [
        run.labels[label],
        run.first.findLastIndex(first => first <= label) + 1,
        norm.toFixed(3),
        bar(norm / longest),
        ...(held ? [held[label] || 0, row.in[label] ? "+" + row.in[label] : "", row.out[label] ? "−" + row.out[label] : ""] : []),
      ]),
    );
  }

  function draw() {
    if (!runs.length) return;
    drawCharts();
    drawMoment();
  }

  byId("which").addEventListener("change", event => {
    shown = +event.target.value;
    following = true;
    draw();
  });
  byId("moment").addEventListener("input", event => {
    following = event.target.value === event.target.max;
    drawMoment();
  });
  addEventListener("resize", () => Object.values(charts).forEach(one => one.resize()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => Object.values(charts).forEach(one => one.redraw()));

  // -- the server -------------------------------------------------------------------------------

  async function poll() {
    try {
      const answer = await (await fetch(`story?from=${read}`)).json();
      const newest = shown === runs.length - 1 || !runs.length;
      answer.lines.forEach(take);
      if (newest && runs.length) {
        shown = runs.length - 1;
        byId("which").value = shown;
      }
      const ended = answer.lines.some(line => line.k === "end");
      if (answer.lines.length) draw();
      if (ended) return over();
      byId("hold").disabled = answer.paused;
      byId("go").disabled = !answer.paused;
      byId("status").textContent = answer.paused ? "paused" : runs.length ? runs[runs.length - 1].name : "waiting for the first step";
      setTimeout(poll, 400);
    } catch {
      if (byId("status").textContent !== "the run is done") byId("status").textContent = `the run has ended; this page is kept as ${folder}/live.html`;
      over();
    }
  }

  function over() {
    ["hold", "step", "go"].forEach(id => (byId(id).disabled = true));
  }

  const order = what => fetch(what, { method: "POST" }).catch(() => {});
  if (live) {
    ["hold", "step", "go"].forEach(id => byId(id).addEventListener("click", () => order(id)));
    addEventListener("keydown", event => {
      const what = { p: "hold", s: "step", g: "go" }[event.key];
      if (what && !event.ctrlKey && !event.metaKey && !event.altKey && event.target.tagName !== "SELECT") order(what);
    });
    poll();
  } else {
    JSON.parse(byId("story").textContent).forEach(take);
    draw();
  }
})();
