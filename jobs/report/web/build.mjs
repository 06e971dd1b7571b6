// Builds ../assets/report.js, document.js and NOTICES.txt. Run `npm ci && npm run build`.
import { build } from "esbuild";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

const OUT = "../assets/report.js";

function bundledPackages(inputs) {
  const folders = Object.entries(inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path.match(/^(node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1])
    .filter(Boolean);
  return [...new Set(folders)].sort();
}

function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return file ? readFileSync(join(folder, file), "utf8").trim() : "";
}

// Packages of one repository share one licence file, which not all of them ship.
function siblingLicence(folder) {
  const scope = dirname(folder);
  const siblings = scope === "node_modules" ? [] : readdirSync(scope).map((name) => join(scope, name));
  return siblings.map(licenceText).find(Boolean) ?? "";
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const text = licenceText(folder) || siblingLicence(folder) || `Licence: ${license}`;
  return `${name} ${version} (${license})\n${"-".repeat(72)}\n${text}\n`;
}

const result = await build({
  entryPoints: { report: "src/main.js", document: "src/document.js" },
  outdir: "../assets",
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  target: ["chrome110", "firefox115", "safari16.4"],
  legalComments: "none",
  metafile: true,
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});

const notices = bundledPackages(result.metafile.outputs[OUT].inputs).filter((folder) => existsSync(folder)).map(notice);
writeFileSync(
  "../assets/NOTICES.txt",
  `report.js contains the following libraries, under their own licences.\n\n${notices.join("\n\n")}`,
);
const raw = readFileSync(OUT);
console.log(`${OUT}: ${raw.length} bytes, ${gzipSync(raw, { level: 9 }).length} with gzip, ${notices.length} libraries`);
