// The window's side of the preview: the socket, and who does what when something comes.

import { clearMarks, goTo, isSeen, layPages, listen, pageCount, pageNow, setZoom, showMarks, zoomNow } from "./desk.js";
import { outlines } from "./ink.js";
import { choose, hideSource, openSide, showFindings, showSource, step, tellPlace } from "./side.js";

const root = document.documentElement;
const byId = (name) => document.getElementById(name);
const clock = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const count = new Intl.NumberFormat("zh-CN");

const pages = new Map(); // by name
let socket = null;
let number = 0; // of the last pages letter
let changed = []; // the numbers of changed pages that have not been seen
let tries = 0;
let wanted = /^#at=(\d+)-(\d+)$/.exec(location.hash); // where in the file the window is to open

function connect() {
  socket = new WebSocket(new URL("socket", location.href).href.replace(/^http/, "ws"));
  socket.addEventListener("open", () => { tries = 0; });
  socket.addEventListener("message", (event) => receive(JSON.parse(event.data)));
  socket.addEventListener("close", ({ code }) => {
    if (code === 1001) {
      say("ended", "预览已结束；请重新运行 brieftex watch");
      return;
    }
    say("lost", "连接已断开，正在重新连接…");
    const again = () => socket.readyState === WebSocket.CLOSED && connect();
    if (tries < 8) setTimeout(again, 250 * 2 ** tries++);
    else say("ended", "预览已结束；请重新运行 brieftex watch");
  });
}

// A tab that comes back to sight after a sleep does not wait for its turn.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && socket?.readyState === WebSocket.CLOSED) connect();
});

function receive(letter) {
  const received = performance.now();
  if (letter.kind === "pages") {
    const news = showPages(letter);
    const drawn = performance.now();
    // When the frame after theirs begins, pages are on the screen, or nearly so.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const painted = performance.now();
      showRest(letter, news);
      root.dataset.painted = letter.number;
      tell("painted", { number: letter.number, received, drawn, painted });
    }));
  } else if (letter.kind === "source") {
    showMarks(letter.page, letter.areas);
    showSource(letter);
    tell("source", letter);
  } else if (letter.kind === "file") {
    showMarks(letter.page, letter.areas);
    showSource(letter);
    goTo(letter.page, Math.min(...letter.areas.map((area) => area[1])));
    tell("file", letter);
  } else if (letter.kind === "place") {
    showPlace(letter);
    tell("place", letter);
  }
}

/** Show the pages of a letter; gives the numbers of those that are not as they were. */
function showPages(letter) {
  for (const name in letter.outlines) outlines.set(name, letter.outlines[name]);
  for (const name in letter.fresh) pages.set(name, letter.fresh[name]);
  const had = pageCount();
  const drawn = layPages(letter.names, pages);
  for (const name of pages.keys()) if (!letter.names.includes(name)) pages.delete(name);
  if (wanted && letter.names.length) {
    send({ ask: "file", start: Number(wanted[1]), end: Number(wanted[2]) });
    wanted = null;
  }
  return had ? drawn : [];
}

/** Show what a letter says besides, a frame later: pages do not wait for it to be laid out. */
function showRest(letter, drawn) {
  if (drawn.length) changed = drawn;
  number = letter.number;
  showElsewhere();
  showFindings(letter, (finding) => send({ ask: "place", number, finding }));
  if (letter.title) {
    put("title", letter.title);
    document.title = `${letter.title} · 预览`;
  }
  if (socket.readyState !== WebSocket.OPEN) return; // which has been said
  const time = clock.format(letter.at);
  if (letter.good) {
    const facts = `${letter.names.length} 页，${count.format(letter.characters)} 字`;
    say("good", `${time} 已更新`, `${facts}，用时 ${letter.seconds.toFixed(2)} 秒`);
  } else {
    say("bad", `${time} 未能更新`, "文件有错误；显示的是上一次排好的版面");
  }
}

/** A way to the first changed page, as long as none of them is in sight. */
function showElsewhere() {
  const button = byId("elsewhere");
  if (changed.some(isSeen)) changed = [];
  button.hidden = !changed.length;
  if (changed.length) put("elsewhere", `第 ${changed[0]} 页有改动`);
}

function showPlace({ finding, page, areas }) {
  choose(finding);
  tellPlace(finding, Boolean(page));
  if (!page) {
    clearMarks();
    return;
  }
  showMarks(page, areas);
  goTo(page, Math.min(...areas.map((area) => area[1])));
}

function showView() {
  const { mode, percent } = zoomNow();
  put("zoom-now", `${percent}%`);
  byId("fit-width").setAttribute("aria-pressed", String(mode === "width"));
  byId("fit-page").setAttribute("aria-pressed", String(mode === "page"));
  if (document.activeElement !== byId("page-now")) byId("page-now").value = pageCount() ? pageNow() : "–";
  put("page-count", `/ ${pageCount() || "–"}`);
  showElsewhere();
}

/** Words that stay are not laid out again. */
function put(name, text) {
  if (byId(name).textContent !== text) byId(name).textContent = text;
}

function say(state, text, more = "") {
  const status = byId("status");
  status.dataset.state = state;
  put("status", text);
  status.title = more;
}

function send(question) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(question));
}

/** Tell, as an event of the document, what has been done; the tests listen. */
function tell(what, detail) {
  document.dispatchEvent(new CustomEvent(`preview:${what}`, { detail }));
}

const KEYS = {
  "+": () => setZoom("in"),
  "=": () => setZoom("in"),
  "-": () => setZoom("out"),
  "0": () => setZoom(1),
  "w": () => setZoom("width"),
  "p": () => setZoom("page"),
  "i": () => openSide(byId("side").hidden),
  "ArrowRight": () => goTo(pageNow() + 1),
  "ArrowLeft": () => goTo(pageNow() - 1),
  "Home": () => goTo(1),
  "End": () => goTo(pageCount()),
  "F8": (event) => step(event.shiftKey ? -1 : 1),
  "Escape": () => { hideSource(); clearMarks(); },
};

document.addEventListener("keydown", (event) => {
  if (event.target instanceof HTMLInputElement || event.altKey) return;
  const zooms = "+=-0".includes(event.key);
  if ((event.ctrlKey || event.metaKey) && !zooms) return;
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act(event);
});

const BUTTONS = {
  "page-before": () => goTo(pageNow() - 1),
  "page-after": () => goTo(pageNow() + 1),
  "zoom-out": () => setZoom("out"),
  "zoom-in": () => setZoom("in"),
  "zoom-now": () => setZoom(1),
  "fit-width": () => setZoom("width"),
  "fit-page": () => setZoom("page"),
  "elsewhere": () => goTo(changed[0]),
};
for (const [name, act] of Object.entries(BUTTONS)) byId(name).addEventListener("click", act);

byId("page-now").addEventListener("change", (event) => {
  const wanted = Number.parseInt(event.target.value, 10);
  event.target.blur();
  if (wanted) goTo(wanted);
  showView();
});

listen((page, x, y) => send({ ask: "source", page, x, y }), showView);
byId("desk").focus();
connect();
