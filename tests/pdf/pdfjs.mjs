// What pdf.js (Firefox) reads in a PDF and what its search finds there, as JSON:
// {"pages": [text, …], "found": [how often on each page, for each query, …]}
//
//     node pdfjs.mjs FOLDER FILE QUERIES
//
// FOLDER is where pdfjs-dist is installed, QUERIES a JSON file with a list of texts.
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
const eventBus = new EventBus();
const linkService = { pagesCount: contents.length, page: 1 };
const finder = new PDFFindController({ linkService, eventBus });
const getPage = async (number) => ({ getTextContent: async () => contents[number - 1] });
finder.setDocument({ getPage });
const settled = async () => {
  do await new Promise((resolve) => setImmediate(resolve));
  while (contents.some((_, index) => finder.pageMatches[index] === undefined));
};
const found = [];
for (const query of JSON.parse(readFileSync(queries, "utf-8"))) {
  const how = { caseSensitive: true, entireWord: false, highlightAll: true };
  eventBus.dispatch("find", { ...how, type: "find", query, findPrevious: false });
  await settled();
  found.push(finder.pageMatches.map((matches) => matches.length));
}
process.stdout.write(JSON.stringify({ pages: contents.map(text), found }));
process.exit(0);
