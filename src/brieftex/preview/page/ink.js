// A page as SVG. The kinds of items and the order of their values are those of ink.py.

const RULE = 0, PICTURE = 1, PATH = 2, LINE = 3, NEXT_LINE = 4, ASIDE = 5;
const CAPS = ["butt", "round", "square"], JOINS = ["miter", "round", "bevel"];

const SVG = "http://www.w3.org/2000/svg";

/** Path data by face and glyph, as they came. */
export const outlines = new Map();

/** An empty page; its parts are filled one by one. */
export function blankPage() {
  const svg = document.createElementNS(SVG, "svg");
  for (const name of ["ink", "words", "marks"]) {
    const part = document.createElementNS(SVG, "g");
    part.setAttribute("class", name);
    svg.append(part);
  }
  svg.firstChild.setAttribute("aria-hidden", "true");
  svg.lastChild.setAttribute("aria-hidden", "true");
  return svg;
}

/** What is printed, item by item: every run of glyphs as one path. */
export function inkOf(item) {
  const [kind, x, y, ...more] = item;
  if (kind === RULE) {
    const [width, height, color] = more;
    return `<path fill="${color}" d="M${x} ${y}h${width}v${height}h${-width}z"/>`;
  }
  if (kind === PICTURE) return picture(item);
  if (kind === PATH) return path(item);
  const [, , , runs, dots, turn] = more;
  const parts = runs.map((run) => glyphs(x, y, run));
  for (const [color, radius, drop, places] of dots) {
    for (const place of places) {
      parts.push(`<circle fill="${color}" cx="${x + place}" cy="${y + drop}" r="${radius}"/>`);
    }
  }
  return `<g${turn ? ` transform="${turned(x, y, turn)}"` : ""}>${parts.join("")}</g>`;
}

/** What is said, text by text, unseen over the ink: to be found, marked, copied and read aloud. */
export function wordsOf(page) {
  const texts = [], asides = [];
  for (const item of page.items) {
    if (item[0] < LINE) continue;
    const [kind, x, y, width, size, text, , , turn] = item;
    if (!text.trim()) continue;
    const line = `<tspan x="${x}" y="${y}" font-size="${size}" textLength="${width}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</tspan>`;
    if (turn) asides.push(`<text transform="${turned(x, y, turn)}">${line}</text>`);
    else if (kind === ASIDE) asides.push(`<text>${line}</text>`);
    else if (kind === NEXT_LINE && texts.length) texts.push(texts.pop() + line);
    else texts.push(line);
  }
  return [...texts.map((text) => `<text>${text}</text>`), ...asides];
}

/** Make the children of a part, which are those of the keys `had`, those of `keys`: what is alike
 *  from the first or from the last one on stays, for what is drawn anew is painted anew. `make`
 *  gives the element of the k-th key. */
export function renew(part, had, keys, make) {
  const least = Math.min(had.length, keys.length);
  let head = 0, tail = 0;
  while (head < least && had[head] === keys[head]) head++;
  while (tail < least - head && had.at(-1 - tail) === keys.at(-1 - tail)) tail++;
  const made = keys.slice(head, keys.length - tail).map((_, k) => make(head + k)).join("");
  const old = [...part.children].slice(head, had.length - tail);
  const next = part.children[had.length - tail];
  for (const one of old) one.remove();
  if (next) next.insertAdjacentHTML("beforebegin", made);
  else part.insertAdjacentHTML("beforeend", made);
}

export function marksOf(areas) {
  return areas.map(([x, y, width, height]) =>
    `<rect x="${x - 1}" y="${y - 2}" width="${Math.max(width, 2) + 2}" height="${height + 4}" rx="2"/>`).join("");
}

/** Clockwise around a point. */
function turned(x, y, [cos, sin]) {
  return `matrix(${cos} ${sin} ${-sin} ${cos} ${x - x * cos + y * sin} ${y - x * sin - y * cos})`;
}

/** A run of glyphs in font units, y upwards. */
function glyphs(x, y, [color, rise, across, up, names, places, pen]) {
  let data = "";
  for (let k = 0; k < names.length; k++) data += `M${places[k] / 10} 0${outlines.get(names[k])}`;
  const bold = pen ? ` stroke="${color}" stroke-width="${pen / up}" stroke-linejoin="round"` : "";
  return `<path fill="${color}"${bold} transform="matrix(${across} 0 0 ${-up} ${x} ${y - rise})" d="${data}"/>`;
}

/** The picture fills the unit square, is turned there with y upwards, and is put in its place. */
function picture([, x, y, width, height, name, [a, b, c, d, e, f]]) {
  const matrix = [a * width, -b * height, -c * width, d * height,
    x + (c + e) * width, y + (1 - d - f) * height];
  return `<image href="picture/${name}" width="1" height="1" preserveAspectRatio="none" transform="matrix(${matrix.join(" ")})"/>`;
}

let clips = 0;

/** A width of 0 is the thinnest line there is, as in a PDF. */
function path([, data, fill, stroke, width, dash, cap, join, rule, [miter, phase, inner, outer], inside]) {
  let made = `<path d="${data}" fill="${fill}" fill-rule="${rule}"`;
  if (inner < 1) made += ` fill-opacity="${inner}"`;
  if (stroke !== "none") {
    const pen = width ? `stroke-width="${width}"` : 'stroke-width="1" vector-effect="non-scaling-stroke"';
    made += ` stroke="${stroke}" ${pen} stroke-linecap="${CAPS[cap]}" stroke-linejoin="${JOINS[join]}" stroke-miterlimit="${miter}"`;
    if (outer < 1) made += ` stroke-opacity="${outer}"`;
    if (dash.length) made += ` stroke-dasharray="${dash.join(" ")}" stroke-dashoffset="${phase}"`;
  }
  made += "/>";
  for (const clip of inside) {
    const name = `clip-${++clips}`;
    made = `<g><clipPath id="${name}"><path d="${clip}"/></clipPath><g clip-path="url(#${name})">${made}</g></g>`;
  }
  return made;
}

function escaped(text) {
  return text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);
}
