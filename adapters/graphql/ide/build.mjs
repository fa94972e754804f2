// Bundles GraphiQL into the files that the program embeds: `npm ci && npm run build`.
//
// The same packages give the same files. They are compressed here, so that the program stores and sends them as they are.

import { readFile, readdir, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const result = await build({
  entryPoints: ["app.jsx"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  jsx: "automatic",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  metafile: true,
  outfile: "app.js",
  write: false,
});

/** Folders of the packages of which something is in the bundle. */
const packages = Object.keys(result.metafile.inputs)
  .map((path) => path.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1])
  .filter((folder) => folder !== undefined);

/** The licence of a package, with its name and version. */
async function licence(folder) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const file = (await readdir(folder)).find((it) => /^licen[cs]e/i.test(it));
  const text = file === undefined ? "" : await readFile(`${folder}/${file}`, "utf8");
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

async function compressed(name, text) {
  await writeFile(`dist/${name}.gz`, gzipSync(text, { level: 9 }));
}

for (const { path, text } of result.outputFiles) {
  // The fonts of the reader's system serve as well as embedded ones, which are larger than all else.
  const plain = path.endsWith(".css") ? text.replaceAll(/@font-face\s*\{[^}]*\}/g, "") : text;
  await compressed(path.endsWith(".css") ? "app.css" : "app.js", plain);
}
await compressed("index.html", await readFile("index.html", "utf8"));
const licences = await Promise.all([...new Set(packages)].sort().map(licence));
await compressed("licenses.txt", licences.join("\n---\n\n"));
