// Bundles the console into artifacts/console, or with --tests its unit tests into artifacts/console-tests. Asks no network.
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const artifacts = join(here, "..", "..", "artifacts");
const shared = { bundle: true, format: "esm", target: "es2022", legalComments: "none", logLevel: "warning" };

async function bundleTests() {
  const outdir = join(artifacts, "console-tests");
  await rm(outdir, { recursive: true, force: true });
  const tests = (await readdir(join(here, "test"))).filter((name) => name.endsWith(".test.ts")).map((name) => join(here, "test", name));
  await build({ ...shared, entryPoints: tests, outdir, platform: "node", outExtension: { ".js": ".mjs" } });
}

async function bundlePage() {
  const outdir = join(artifacts, "console");
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  await build({
    ...shared,
    entryPoints: { console: join(here, "src", "main.ts"), style: join(here, "src", "style.css") },
    outdir,
    platform: "browser",
    minify: true,
  });
  for (const name of ["index.html", "icon.svg"]) {
    await copyFile(join(here, "src", name), join(outdir, name));
  }
}

await (process.argv.includes("--tests") ? bundleTests() : bundlePage());
