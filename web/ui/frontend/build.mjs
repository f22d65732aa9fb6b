// Builds everything a browser gets: src/pages/*.ts and css/pages/*.css become entries, the icons one sprite, the fonts copies.
// The same sources give the same bytes, so that the committed output can be compared with a rebuild.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static", "dist");
const manifest = {};

function entries(folder, suffix) {
  return readdirSync(join(here, folder)).filter((name) => name.endsWith(suffix)).sort().map((name) => join(here, folder, name));
}

function emit(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  const dot = name.lastIndexOf(".");
  const hashed = `${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
  writeFileSync(join(out, hashed), bytes);
  manifest[name] = hashed;
}

function sprite() {
  const names = readFileSync(join(here, "icons.txt"), "utf8").split(/\s+/).filter(Boolean).sort();
  const symbols = names.map((name) => {
    const svg = readFileSync(join(here, "node_modules/lucide-static/icons", `${name}.svg`), "utf8");
    const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC licence: see icons-licence.txt -->${symbols.join("")}</svg>\n`;
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

for (const name of readdirSync(join(here, "fonts")).sort()) emit(name, readFileSync(join(here, "fonts", name)));
emit("icons.svg", sprite());
emit("favicon.svg", readFileSync(join(here, "favicon.svg")));
emit("icons-licence.txt", readFileSync(join(here, "node_modules/lucide-static/LICENSE")));

const built = await esbuild.build({
  absWorkingDir: here,
  entryPoints: [...entries("src/pages", ".ts"), ...entries("css/pages", ".css")],
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  legalComments: "none",
  metafile: true,
  outdir: out,
  logLevel: "warning",
  plugins: [
    {
      name: "built-fonts",
      setup(build) {
        build.onResolve({ filter: /^font:/ }, ({ path }) => ({ path: `./${manifest[path.slice(5)]}`, external: true }));
      },
    },
    {
      name: "languages-without-proposals",
      setup(build) {
        build.onResolve({ filter: /^@codemirror\/autocomplete$/ }, ({ importer }) =>
          /@codemirror[\\/]lang-/.test(importer) ? { path: join(here, "src/proposals.ts"), sideEffects: false } : undefined,
        );
      },
    },
  ],
});
for (const [path, output] of Object.entries(built.metafile.outputs)) {
  const hashed = basename(path);
  // What is loaded by another file is asked for by its hashed name alone.
  const entry = output.entryPoint?.match(/^(?:src|css)\/pages\/(.+)$/)?.[1];
  manifest[entry ? entry.replace(/\.ts$/, ".js") : hashed] = hashed;
}
for (const name of readdirSync(out).filter((one) => /\.(js|css|svg|txt)$/.test(one))) {
  const bytes = readFileSync(join(out, name));
  const params = { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes, { params }));
}
const ordered = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(join(out, "manifest.json"), JSON.stringify(ordered, null, 1) + "\n");
