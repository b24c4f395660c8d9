// What there is to say about the file: findings, errors over the pages, the source of a click.

const WORDS = { error: "错误", warning: "警告", info: "提示" };
const ALARMS = 3;

const side = document.getElementById("side");
const toggle = document.getElementById("side-switch");
const list = document.getElementById("findings");
const alarm = document.getElementById("alarm");
const source = document.getElementById("source");

let told = ""; // what is shown, as it came
let shown = [];
let chosen = -1;
let chosenSame = null;

/** Show the findings of a pages letter; `ask(k)` asks where finding k is on the pages. */
export function showFindings(letter, ask) {
  const { findings, good, defect, names } = letter;
  const now = JSON.stringify([findings, good, defect, names.length > 0]);
  if (now === told) return;
  told = now;
  const counts = Object.keys(WORDS)
    .map((severity) => [findings.filter((f) => f.severity === severity).length, WORDS[severity]])
    .filter(([count]) => count);
  const summary = counts.map(([count, word]) => `${count} 个${word}`).join("，");
  toggle.textContent = summary || "没有问题";
  toggle.dataset.worst = findings.some((f) => f.severity === "error") ? "error"
    : findings.some((f) => f.severity === "warning") ? "warning" : "none";
  document.getElementById("side-empty").hidden = findings.length > 0;
  list.replaceChildren(...findings.map((finding, k) => item(finding, k, ask)));
  shown = findings;
  choose(findings.findIndex((finding) => sameness(finding) === chosenSame));
  showAlarm(letter, ask);
}

/** Show where a click leads in the file. */
export function showSource(place) {
  const close = element("button", "close", "×");
  close.title = "关闭（Esc）";
  close.setAttribute("aria-label", "关闭");
  close.addEventListener("click", hideSource);
  source.replaceChildren(where(place), excerpt(place), close);
  source.hidden = false;
}

export function hideSource() {
  source.hidden = true;
}

export function openSide(open) {
  sessionStorage.setItem("side", open ? "open" : "shut");
  side.hidden = !open;
  document.body.toggleAttribute("data-side", open);
  toggle.setAttribute("aria-expanded", String(open));
}

/** Choose the finding after (1) or before (-1) the chosen one. */
export function step(by) {
  const all = list.children;
  if (!all.length) return;
  openSide(true);
  all[(chosen + by + all.length + (chosen < 0 && by < 0)) % all.length].querySelector("button").click();
}

export function choose(k) {
  chosen = k;
  chosenSame = k < 0 ? null : sameness(shown[k]);
  [...list.children].forEach((one, n) => one.toggleAttribute("data-chosen", n === k));
  list.children[k]?.scrollIntoView({ block: "nearest" });
}

/** By what a finding is known again after a save, wherever its line is by then. */
function sameness({ code, message, before, meant, after }) {
  return [code, message, before, meant, after].join("\n");
}

/** Tells whether a finding has a place on the pages. */
export function tellPlace(k, has) {
  const nowhere = list.children[k]?.querySelector(".nowhere");
  if (nowhere) nowhere.hidden = has;
}

toggle.addEventListener("click", () => openSide(side.hidden));
const remembered = sessionStorage.getItem("side");
openSide(remembered ? remembered === "open" : innerWidth > 1000);

function item(finding, k, ask) {
  const one = element("li", "finding");
  one.dataset.severity = finding.severity;
  const button = element("button", "finding-head");
  button.append(
    element("span", "severity", WORDS[finding.severity]),
    literals(element("span", "message"), finding.message),
  );
  button.addEventListener("click", () => ask(k));
  one.append(button, where(finding));
  if (finding.line) one.append(excerpt(finding));
  if (finding.related) {
    const row = where(finding.related);
    row.prepend(element("span", "related", `${finding.related.message}：`));
    one.append(row, excerpt(finding.related));
  }
  for (const hint of finding.hints) one.append(literals(element("p", "hint", "建议："), hint));
  const lost = element("p", "nowhere", "版面上没有它的位置。");
  lost.hidden = true;
  one.append(lost);
  return one;
}

function showAlarm({ good, findings, defect, names }, ask) {
  document.body.toggleAttribute("data-stale", !good);
  alarm.hidden = good;
  if (good) {
    alarm.replaceChildren();
    return;
  }
  const errors = findings.map((finding, k) => [finding, k]).filter(([f]) => f.severity === "error");
  const head = defect ? "brieftex 出了故障，没有排出新的版面"
    : `文件有 ${errors.length} 处错误，${names.length ? "显示的仍是上一次排好的版面" : "还不能排版"}`;
  const rows = errors.slice(0, ALARMS).map(([finding, k]) => item(finding, k, ask));
  const parts = [element("h2", "", head), ...rows];
  if (errors.length > ALARMS) parts.push(element("p", "more", `另有 ${errors.length - ALARMS} 处错误，见右侧列表。`));
  if (defect) parts.push(element("pre", "defect", defect));
  alarm.replaceChildren(...parts);
}

/** File, line, code, and the way into an editor. */
function where(place) {
  const row = element("p", "where");
  const text = place.line ? `${place.file} 第 ${place.line} 行第 ${place.column} 字` : place.file;
  row.append(element("span", "file", text));
  if (place.code) row.append(element("span", "code", place.code));
  if (place.editor) {
    const link = element("a", "editor", "VS Code ↗");
    link.href = place.editor;
    link.title = "在 VS Code 中打开这一行";
    row.append(link);
  }
  return row;
}

function excerpt({ before, meant, after }) {
  const line = element("p", "excerpt");
  line.append(before, element("mark", meant ? "" : "point", meant), after);
  return line;
}

/** Append a text in which literals stand in backquotes. */
function literals(to, text) {
  text.split("`").forEach((part, k) => to.append(k % 2 ? element("code", "", part) : part));
  return to;
}

function element(tag, name, text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}
