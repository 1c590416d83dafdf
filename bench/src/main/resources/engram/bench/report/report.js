// Draws the charts. Each figure holds its numbers in data-chart; colours come from the style sheet,
// so that a change between light and dark needs no more than a new drawing.
(() => {
  const DASHES = [[], [8, 4], [2, 4]]; // after each round of eight colours

  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const color = series => css("--s" + series.color % 8);
  const height = width => Math.max(260, Math.min(400, width * 0.5));

  function line(series, many) {
    return {
      label: series.label,
      stroke: () => color(series),
      width: 2.5,
      dash: DASHES[Math.floor(series.color / 8) % DASHES.length],
      points: { show: !many, size: 6, fill: () => color(series) },
      spanGaps: true,
      value: (plot, y) => (y == null ? "–" : y.toFixed(y < 10 ? 2 : 1)),
    };
  }

  // A bound of an interval: a line that is not drawn and has no place in the legend.
  const bound = { stroke: () => "transparent", points: { show: false }, spanGaps: true, class: "bound" };

  function axis(label, more) {
    return {
      label,
      stroke: () => css("--ink"),
      grid: { stroke: () => css("--line"), width: 1 },
      ticks: { stroke: () => css("--line"), width: 1 },
      font: "12px system-ui, sans-serif",
      labelFont: "13px system-ui, sans-serif",
      ...more,
    };
  }

  // Lines between tasks.
  function marks(at) {
    return plot => {
      const { ctx, bbox } = plot;
      ctx.save();
      ctx.strokeStyle = css("--soft");
      ctx.lineWidth = devicePixelRatio;
      ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
      for (const x of at) {
        const left = Math.round(plot.valToPos(x, "x", true)) + 0.5;
        ctx.beginPath();
        ctx.moveTo(left, bbox.top);
        ctx.lineTo(left, bbox.top + bbox.height);
        ctx.stroke();
      }
      ctx.restore();
    };
  }

  function draw(figure) {
    const chart = JSON.parse(figure.dataset.chart);
    const data = [chart.x];
    const series = [{ label: chart.xLabel, value: (plot, x) => (x == null ? "–" : x) }];
    const bands = [];
    for (const one of chart.series) {
      if (one.low) {
        data.push(one.high, one.low);
        series.push({ ...bound }, { ...bound });
        const high = series.length - 2;
        bands.push({ series: [high, high + 1], fill: () => color(one) + "33" });
      }
    }
    const firstLine = series.length;
    for (const one of chart.series) {
      data.push(one.y);
      series.push(line(one, chart.x.length > 60));
    }
    const first = chart.x[0];
    const last = chart.x[chart.x.length - 1];
    const space = Math.max(1, (last - first) * 0.03);
    const width = figure.clientWidth;
    const plot = new uPlot(
      {
        width,
        height: height(width),
        scales: {
          x: { time: false, range: [first - space, last + space] },
          y: { range: (u, min, max) => [0, chart.max || max * 1.08 || 1] },
        },
        axes: [
          axis(chart.xLabel, chart.ticks ? { splits: () => chart.x, values: (u, at) => at } : { incrs: [1, 5, 10, 20, 50, 100] }),
          axis(chart.yLabel),
        ],
        series,
        bands,
        cursor: { drag: { x: false, y: false } },
        hooks: { drawClear: [marks(chart.marks || [])] },
      },
      data,
      figure,
    );
    // The legend knows every series; those of the bounds have nothing to say. A line takes its band along.
    plot.root.querySelectorAll(".u-legend .bound").forEach(row => (row.style.display = "none"));
    plot.hooks.setSeries = [
      (u, index) => {
        const band = index >= firstLine ? bands.findIndex(b => b.line === index) : -1;
        if (band >= 0) bands[band].series.forEach(i => u.setSeries(i, { show: u.series[index].show }, false));
      },
    ];
    let at = firstLine;
    let band = 0;
    for (const one of chart.series) {
      if (one.low) bands[band++].line = at;
      at++;
    }
    return { figure, plot };
  }

  const charts = [...document.querySelectorAll("[data-chart]")].map(draw);
  addEventListener("resize", () => {
    for (const { figure, plot } of charts) {
      const width = figure.clientWidth;
      if (width !== plot.width) plot.setSize({ width, height: height(width) });
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    charts.forEach(({ plot }) => plot.redraw());
  });
})();
