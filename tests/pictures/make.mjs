// Make the pictures of programs that run in JavaScript: npm install echarts d3 jsdom
// @mermaid-js/mermaid-cli, then `node make.mjs FOLDER-OF-NODE_MODULES`. Chromium
// is the system's.
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

const home = process.argv[2];
const require = createRequire(home + "/x.js");
const made = new URL("./made/", import.meta.url).pathname;
const save = (name, text) => writeFileSync(made + name + ".svg", text);
const MONTHS = ["一月", "二月", "三月", "四月", "五月", "六月"];
const FONT = "Noto Sans CJK SC";

const echarts = require("echarts");
const axes = { xAxis: { type: "category", data: MONTHS }, yAxis: { type: "value", name: "件" } };
const ECHARTS = {
  bars: { title: { text: "办件量" }, legend: { top: 24 }, ...axes, series: [
    { name: "大厅", type: "bar", data: [3, 5, 4, 8, 9, 12] }, { name: "网上", type: "bar", data: [6, 7, 9, 9, 12, 15] }] },
  lines: { ...axes, series: [{ type: "line", smooth: true, areaStyle: {}, data: [3, 5, 4, 8, 9, 12] },
    { type: "line", lineStyle: { type: "dashed" }, data: [2, 4, 4, 6, 8, 9] }] },
  pie: { series: [{ type: "pie", radius: ["30%", "60%"], data: MONTHS.map((name, k) => ({ name, value: k + 2 })) }] },
  radar: { radar: { indicator: ["效率", "态度", "环境", "便民"].map((name) => ({ name, max: 10 })) },
    series: [{ type: "radar", data: [{ value: [8, 9, 7, 6] }] }] },
  gauge: { series: [{ type: "gauge", detail: { formatter: "{value}%" }, data: [{ value: 72, name: "进度" }] }] },
  scatter: { ...axes, series: [{ type: "scatter", symbolSize: 18, itemStyle: { opacity: 0.6 }, data: [3, 5, 4, 8, 9, 12] }] },
  gradient: { ...axes, series: [{ type: "bar", data: [3, 5, 4, 8, 9, 12], itemStyle: { borderRadius: 4,
    color: { type: "linear", x: 0, y: 0, x2: 0, y2: 1, colorStops: [{ offset: 0, color: "#8f2a22" }, { offset: 1, color: "#dcb98f" }] } } }] },
};
for (const [name, option] of Object.entries(ECHARTS)) {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: 420, height: 300 });
  chart.setOption({ animation: false, textStyle: { fontFamily: FONT }, ...option });
  save("echarts-" + name, chart.renderToSVGString());
  chart.dispose();
}

const { JSDOM } = require("jsdom");
const dom = new JSDOM("<body></body>", { runScripts: "outside-only" });
dom.window.eval(readFileSync(home + "/node_modules/d3/dist/d3.min.js", "utf8"));
const d3 = dom.window.d3;
const canvas = (width, height) => d3.select(dom.window.document.body).append("svg")
  .attr("xmlns", "http://www.w3.org/2000/svg").attr("viewBox", [0, 0, width, height]).attr("width", width).attr("height", height);
{
  const svg = canvas(400, 240), values = [3, 5, 4, 8, 9, 12];
  const x = d3.scaleBand(MONTHS, [40, 390]).padding(0.2), y = d3.scaleLinear([0, 12], [210, 10]);
  svg.append("g").attr("fill", "steelblue").selectAll("rect").data(values).join("rect").attr("x", (_, k) => x(MONTHS[k]))
    .attr("y", (v) => y(v)).attr("height", (v) => y(0) - y(v)).attr("width", x.bandwidth());
  svg.append("g").attr("transform", "translate(0,210)").call(d3.axisBottom(x));
  svg.append("g").attr("transform", "translate(40,0)").call(d3.axisLeft(y));
  save("d3-bars", svg.node().outerHTML);
}
{
  const svg = canvas(300, 300), g = svg.append("g").attr("transform", "translate(150,150)");
  const arc = d3.arc().innerRadius(60).outerRadius(130);
  g.selectAll("path").data(d3.pie()([4, 3, 2, 1])).join("path").attr("d", arc).attr("fill", (_, k) => d3.schemeTableau10[k]).attr("stroke", "white");
  g.selectAll("text").data(d3.pie()([4, 3, 2, 1])).join("text").attr("transform", (d) => `translate(${arc.centroid(d)})`)
    .attr("text-anchor", "middle").attr("dy", "0.35em").attr("font-size", 14).text((_, k) => "甲乙丙丁"[k]);
  save("d3-donut", svg.node().outerHTML);
}
{
  const svg = canvas(400, 220), root = d3.hierarchy({ name: "局", children: [{ name: "一科", children: [{ name: "甲组" }, { name: "乙组" }] }, { name: "二科" }] });
  d3.tree().size([180, 280])(root);
  const g = svg.append("g").attr("transform", "translate(50,20)").attr("font-size", 13);
  g.append("g").attr("fill", "none").attr("stroke", "#555").attr("stroke-opacity", 0.4).selectAll("path").data(root.links()).join("path")
    .attr("d", d3.linkHorizontal().x((d) => d.y).y((d) => d.x));
  const node = g.selectAll("g.n").data(root.descendants()).join("g").attr("class", "n").attr("transform", (d) => `translate(${d.y},${d.x})`);
  node.append("circle").attr("r", 4);
  node.append("text").attr("x", 8).attr("dy", "0.31em").text((d) => d.data.name).clone(true).lower().attr("stroke", "white").attr("stroke-width", 3);
  save("d3-tree", svg.node().outerHTML);
}

const MERMAID = {
  flow: "flowchart LR\n A[起草] --> B{审核}\n B -- 通过 --> C(印发)\n B -. 退回 .-> A",
  plain: "---\nconfig:\n  htmlLabels: false\n  flowchart:\n    htmlLabels: false\n---\nflowchart TD\n A[收文] --> B[拟办] --> C[批示]",
  sequence: "sequenceDiagram\n 群众->>窗口: 提交材料\n 窗口-->>群众: 告知结果\n Note over 群众,窗口: 当场办结",
  pie: "pie title 来源\n \"来信\" : 40\n \"来访\" : 35\n \"网上\" : 25",
  gantt: "gantt\n dateFormat YYYY-MM-DD\n title 进度\n section 调研\n 走访 :a1, 2026-03-01, 10d\n section 起草\n 初稿 :after a1, 7d",
  state: "stateDiagram-v2\n [*] --> 待办\n 待办 --> 办理中\n 办理中 --> [*]",
  classes: "classDiagram\n class 事项 {\n  +名称\n  +期限\n }\n 事项 <|-- 许可",
};
const folder = mkdtempSync(join(tmpdir(), "m"));
writeFileSync(join(folder, "p.json"), JSON.stringify({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] }));
writeFileSync(join(folder, "c.json"), JSON.stringify({ deterministicIds: true, fontFamily: FONT }));
for (const [name, text] of Object.entries(MERMAID)) {
  writeFileSync(join(folder, "in.mmd"), text);
  execFileSync("node", [home + "/node_modules/.bin/mmdc", "-q", "-i", join(folder, "in.mmd"), "-o", made + `mermaid-${name}.svg`, "-p", join(folder, "p.json"), "-c", join(folder, "c.json")]);
}
