// Draws the week pictures with Plotly when they come near; the table beside them is there before.
const place = document.querySelector("[data-week-chart]");
const narrow = matchMedia("(max-width: 44rem)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const figure = JSON.parse(document.getElementById(place.dataset.figure).textContent);
const SETTINGS = { displayModeBar: false, responsive: true };

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function bar(trace) {
  const isOpen = trace.meta === "open";
  const line = { color: colour("--lilac"), width: 1 };
  return { ...trace, marker: { color: isOpen ? colour("--surface") : colour("--lilac"), line } };
}

function layout() {
  const own = structuredClone(figure.layouts[narrow.matches ? "narrow" : "wide"]);
  const font = { family: getComputedStyle(document.body).fontFamily, color: colour("--ink-soft"), size: 13 };
  const clear = "rgba(0,0,0,0)";
  for (const [name, axis] of Object.entries(own)) {
    if (!name.includes("axis")) continue;
    Object.assign(axis, { gridcolor: colour("--line"), zeroline: false, linecolor: colour("--line-strong") });
    axis.showgrid = name.startsWith("yaxis");
    axis.showline = name.startsWith("xaxis");
  }
  for (const title of own.annotations) title.font = { ...font, color: colour("--ink"), size: 15 };
  const hoverlabel = { bgcolor: colour("--surface"), bordercolor: colour("--line-strong"), font };
  return { ...own, font, hoverlabel, paper_bgcolor: clear, plot_bgcolor: clear };
}

function draw() {
  globalThis.Plotly.react(place, figure.traces.map(bar), layout(), SETTINGS);
  place.classList.add("is-drawn");
}

function fetchPlotly() {
  const script = document.createElement("script");
  script.src = place.dataset.weekChart;
  script.onload = () => {
    draw();
    narrow.addEventListener("change", draw);
    dark.addEventListener("change", draw);
  };
  document.head.append(script);
}

const near = new IntersectionObserver((entries) => {
  if (!entries.some((entry) => entry.isIntersecting)) return;
  near.disconnect();
  fetchPlotly();
}, { rootMargin: "600px" });
near.observe(place);
