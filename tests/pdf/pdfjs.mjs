// What pdf.js (Firefox) reads in a PDF and what its search finds there, as JSON:
// {"pages": [text, …], "found": [how often each query is on its page, …]}
//
//     node pdfjs.mjs FOLDER FILE QUERIES
//
// FOLDER is where pdfjs-dist is installed, QUERIES a JSON file with a list
// of [page index, text]. A page is searched as a document of its own, for nothing but its queries.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, file, queries] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${folder}/node_modules/pdfjs-dist/legacy/${name}`));

// pdf.js wants to draw, too, and says so where it cannot. Nobody asked for it.
console.warn = () => {};
for (const name of ["DOMMatrix", "ImageData", "Path2D"]) globalThis[name] ??= class {};
globalThis.pdfjsLib = await load("build/pdf.mjs");

const options = { data: new Uint8Array(readFileSync(file)), verbosity: 0 };
const pdf = await globalThis.pdfjsLib.getDocument(options).promise;
const contents = [];
for (let number = 1; number <= pdf.numPages; number += 1) {
  const page = await pdf.getPage(number);
  contents.push(await page.getTextContent({ disableNormalization: true }));
}
const text = ({ items }) => items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("");

// The viewer's search needs no window, but its module does.
const anything = new Proxy(() => {}, {
  get: (_, key) => (key === "then" ? undefined : anything),
  apply: () => anything,
  construct: () => anything,
  set: () => true,
});
for (const name of ["document", "window", "HTMLElement"]) globalThis[name] ??= anything;
const { EventBus, PDFFindController } = await load("web/pdf_viewer.mjs");
const finders = contents.map((content) => {
  const eventBus = new EventBus();
  const finder = new PDFFindController({ linkService: { pagesCount: 1, page: 1 }, eventBus });
  finder.setDocument({ getPage: async () => ({ getTextContent: async () => content }) });
  return { eventBus, finder };
});
const found = [];
for (const [index, query] of JSON.parse(readFileSync(queries, "utf-8"))) {
  const { eventBus, finder } = finders[index];
  const how = { caseSensitive: true, entireWord: false, highlightAll: true };
  eventBus.dispatch("find", { ...how, type: "find", query, findPrevious: false });
  do await new Promise((resolve) => setImmediate(resolve));
  while (finder.pageMatches[0] === undefined);
  found.push(finder.pageMatches[0].length);
}
process.stdout.write(JSON.stringify({ pages: contents.map(text), found }));
process.exit(0);
