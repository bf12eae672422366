// Runs the tests of what can be tested without a browser: src/**/*.test.ts.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const files = (await readdir("src", { recursive: true })).filter((file) => file.endsWith(".test.ts"));
const out = await mkdtemp(join(tmpdir(), "vedette-dashboard-"));
await build({
  entryPoints: files.map((file) => join("src", file)),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  jsx: "automatic",
  jsxImportSource: "preact",
  sourcemap: "inline",
  logLevel: "warning",
});
const built = (await readdir(out, { recursive: true })).filter((file) => file.endsWith(".test.mjs")).map((file) => join(out, file));
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...built], { stdio: "inherit" });
await rm(out, { recursive: true });
process.exit(status ?? 1);
