// The desk that the pages lie on: drawing what can be seen, zoom, scrolling, page numbers.

import { blankPage, inkOf, marksOf, renew, wordsOf } from "./ink.js";

const PX_PER_PT = 96 / 72;
const ZOOMS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 6, 8];
const MARGIN = 24;

const desk = document.getElementById("desk");
const stack = document.getElementById("pages");
const idle = window.requestIdleCallback ?? ((call) => setTimeout(call, 1));
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** The leaves on the desk: {box, svg, name, page, inked, worded}. */
const leaves = [];
let zoom = sessionStorage.getItem("zoom") ?? "width"; // "width", "page" or a number
let scale = 1;
let onView = () => {};

// Leaves that can be seen get new ink at once.
const seen = new Set();
const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const leaf = leaves.find((one) => one.box === target);
    if (!leaf) continue;
    if (isIntersecting) {
      seen.add(leaf);
      ink(leaf);
    } else seen.delete(leaf);
  }
}, { root: desk });

// Leaves near these get it when there is time; the others are white until they come near.
const near = new Set();
const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const leaf = leaves.find((one) => one.box === target);
    if (!leaf) continue;
    if (isIntersecting) {
      near.add(leaf);
      ink(leaf);
    } else {
      near.delete(leaf);
      leaf.svg.children[0].replaceChildren();
      leaf.inked = null;
      leaf.items = [];
    }
  }
}, { root: desk, rootMargin: "120% 0%" });

/** Lay out the pages of these names; `pages` is a Map. Returns the numbers that changed. */
export function layPages(names, pages) {
  const fits = (leaf, page) => leaf?.page?.size.join() === page.size.join();
  // To ask where things lie makes the browser lay out all that has changed until then.
  const stays = names.length === leaves.length
    && names.every((name, k) => fits(leaves[k], pages.get(name)));
  const held = stays ? null : hold();
  const changed = [];
  while (leaves.length > names.length) drop(leaves.pop());
  names.forEach((name, k) => {
    const leaf = leaves[k] ?? add();
    if (leaf.name === name) return;
    const page = pages.get(name);
    if (!fits(leaf, page)) {
      leaf.svg.setAttribute("viewBox", `0 0 ${page.size.join(" ")}`);
      // Places are those on the upright sheet.
      const upright = page.turned ? `matrix(0 1 -1 0 ${page.size[0]} 0)` : "";
      for (const part of leaf.svg.children) part.setAttribute("transform", upright);
      Object.assign(leaf, { page });
      size(leaf);
    }
    Object.assign(leaf, { name, page });
    mark(leaf, []);
    changed.push(k + 1);
    if (seen.has(leaf)) ink(leaf);
  });
  if (!stays) {
    if (typeof zoom !== "number") fit();
    release(held);
    view();
  }
  idle(later);
  return changed;
}

export function pageCount() {
  return leaves.length;
}

/** Whether some of a page can be seen. */
export function isSeen(number) {
  const box = leaves[number - 1]?.box.getBoundingClientRect();
  const all = desk.getBoundingClientRect();
  return Boolean(box) && box.bottom > all.top && box.top < all.bottom;
}

export function pageNow() {
  const middle = desk.getBoundingClientRect().top + desk.clientHeight / 2;
  let found = 1;
  leaves.forEach((leaf, k) => {
    if (leaf.box.getBoundingClientRect().top <= middle) found = k + 1;
  });
  return found;
}

/** Scroll to a page, or to a height on it (pt), which comes to lie in the upper third. */
export function goTo(number, y = null) {
  const leaf = leaves[Math.min(Math.max(number, 1), leaves.length) - 1];
  if (!leaf) return;
  if (leaf.page?.turned) y = null; // all of it is wanted
  const top = leaf.box.offsetTop + (y === null ? -MARGIN / 2 : y * scale - desk.clientHeight / 3);
  desk.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
}

/** Mark areas of a page and nothing else. */
export function showMarks(number, areas) {
  leaves.forEach((leaf, k) => mark(leaf, k + 1 === number ? areas : []));
}

export function clearMarks() {
  leaves.forEach((leaf) => mark(leaf, []));
}

/** Call `onClick(page, x, y)` for clicks on pages, lengths in pt; `onView()` when the view changes. */
export function listen(onClick, changedView) {
  onView = changedView;
  stack.addEventListener("click", (event) => {
    if (!document.getSelection().isCollapsed) return; // text was marked, not pointed at
    const box = event.target.closest(".leaf");
    const number = leaves.findIndex((leaf) => leaf.box === box) + 1;
    if (!number) return;
    const edge = box.getBoundingClientRect();
    const x = (event.clientX - edge.left) / scale, y = (event.clientY - edge.top) / scale;
    const { page } = leaves[number - 1];
    if (page.turned) onClick(number, y, page.size[0] - x);
    else onClick(number, x, y);
  });
  desk.addEventListener("scroll", view, { passive: true });
  desk.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const edge = desk.getBoundingClientRect();
    setScale(scale * Math.exp(-event.deltaY / 400), [event.clientX - edge.left, event.clientY - edge.top]);
  }, { passive: false });
  new ResizeObserver(() => {
    if (typeof zoom === "number") return;
    const held = hold();
    fit();
    release(held);
    view();
  }).observe(desk);
}

export function setZoom(wanted) {
  if (wanted === "width" || wanted === "page") {
    const held = hold();
    zoom = wanted;
    fit();
    release(held);
    if (wanted === "page") goTo(pageNow());
    remember();
    view();
    return;
  }
  const now = scale / PX_PER_PT;
  if (wanted === "in") wanted = ZOOMS.find((z) => z > now * 1.01) ?? ZOOMS.at(-1);
  if (wanted === "out") wanted = ZOOMS.findLast((z) => z < now * 0.99) ?? ZOOMS[0];
  setScale(wanted * PX_PER_PT, [desk.clientWidth / 2, desk.clientHeight / 2]);
}

export function zoomNow() {
  return { mode: typeof zoom === "number" ? "free" : zoom, percent: Math.round(scale / PX_PER_PT * 100) };
}

/** Another scale; the point of the desk at `at` (px from its corner) stays where it is. */
function setScale(wanted, at) {
  const next = Math.min(Math.max(wanted, ZOOMS[0] * PX_PER_PT), ZOOMS.at(-1) * PX_PER_PT);
  const held = hold(at);
  zoom = next / PX_PER_PT;
  apply(next);
  release(held, at);
  remember();
  view();
}

/** What lies at a point of the desk: a page, and where on it, in parts of its size. */
function hold([x, y] = [desk.clientWidth / 2, 0]) {
  const edge = desk.getBoundingClientRect();
  let found = null;
  leaves.forEach((leaf, k) => {
    const box = leaf.box.getBoundingClientRect();
    if (found === null || box.top - MARGIN <= edge.top + y) {
      found = { k, x: (edge.left + x - box.left) / box.width, y: (edge.top + y - box.top) / box.height };
    }
  });
  return found;
}

function release(held, [x, y] = [desk.clientWidth / 2, 0]) {
  const leaf = held && leaves[Math.min(held.k, leaves.length - 1)];
  if (!leaf) return;
  const edge = desk.getBoundingClientRect();
  const box = leaf.box.getBoundingClientRect();
  const left = Math.round(box.left + held.x * box.width - edge.left - x);
  const top = Math.round(box.top + held.y * box.height - edge.top - y);
  if (left || top) desk.scrollBy({ left, top, behavior: "instant" });
}

function fit() {
  const first = leaves[0]?.page;
  if (!first) return;
  const widest = Math.max(...leaves.map((leaf) => leaf.page.size[0]));
  const wide = (desk.clientWidth - 2 * MARGIN) / widest;
  const high = (desk.clientHeight - MARGIN) / first.size[1];
  apply(zoom === "page" ? Math.min(wide, high) : Math.min(wide, 2.5 * PX_PER_PT));
}

function apply(next) {
  if (next === scale || !(next > 0)) return;
  scale = next;
  leaves.forEach(size);
}

/** Whole pixels, so that every page lies on them alike. */
function size(leaf) {
  const whole = (length) => `${Math.round(length * scale * devicePixelRatio) / devicePixelRatio}px`;
  leaf.box.style.width = whole(leaf.page.size[0]);
  leaf.box.style.height = whole(leaf.page.size[1]);
}

function add() {
  const box = document.createElement("section");
  box.className = "leaf";
  box.setAttribute("aria-label", `第 ${leaves.length + 1} 页`);
  const leaf = { box, svg: blankPage(), name: null, page: null, inked: null, worded: null, items: [], texts: [] };
  box.append(leaf.svg);
  stack.append(box);
  leaves.push(leaf);
  // Until it is known better, the first pages of a new desk are seen.
  if (leaves.length <= 2) {
    seen.add(leaf);
    near.add(leaf);
  }
  sight.observe(box);
  watcher.observe(box);
  return leaf;
}

function drop(leaf) {
  sight.unobserve(leaf.box);
  watcher.unobserve(leaf.box);
  seen.delete(leaf);
  near.delete(leaf);
  leaf.box.remove();
}

function ink(leaf) {
  if (leaf.inked === leaf.name) return;
  const { items } = leaf.page;
  const keys = items.map((item) => JSON.stringify(item));
  renew(leaf.svg.children[0], leaf.items, keys, (k) => inkOf(items[k]));
  Object.assign(leaf, { inked: leaf.name, items: keys });
  document.dispatchEvent(new CustomEvent("preview:inked"));
}

/** What is near, and the words of one page after the other, the near ones first, when there is
 *  time. */
function later(deadline) {
  near.forEach(ink);
  const waiting = leaves.filter((leaf) => leaf.worded !== leaf.name);
  waiting.sort((a, b) => near.has(b) - near.has(a));
  for (const leaf of waiting) {
    const texts = wordsOf(leaf.page);
    renew(leaf.svg.children[1], leaf.texts, texts, (k) => texts[k]);
    Object.assign(leaf, { worded: leaf.name, texts });
    if (!(deadline?.timeRemaining?.() > 4)) break;
  }
  if (leaves.some((leaf) => leaf.worded !== leaf.name)) idle(later);
  else document.dispatchEvent(new CustomEvent("preview:worded"));
}

function mark(leaf, areas) {
  const part = leaf.svg.children[2];
  if (areas.length || part.firstChild) part.innerHTML = marksOf(areas);
}

function remember() {
  sessionStorage.setItem("zoom", typeof zoom === "number" ? String(zoom) : zoom);
}

let waiting = false;

function view() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    onView();
  });
}

if (zoom !== "width" && zoom !== "page") {
  zoom = Number(zoom) || 1;
  scale = zoom * PX_PER_PT;
}
