// Bundles the dashboard into the folder that is named, which holds nothing else:
// node build.mjs ../assets
import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { bundles } from "./bundle.mjs";

const [out] = process.argv.slice(2);
if (!out) {
  console.error("usage: node build.mjs FOLDER");
  process.exit(2);
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const [{ metafile }] = await Promise.all(bundles(out).map((one) => build({ ...one, minify: true, metafile: true })));
// The bundler gives each part that is loaded later a style of its own as well, which
// nothing asks for: dashboard.css has all of it.
for (const name of await readdir(out)) {
  if (name.endsWith(".css") && name !== "dashboard.css") await rm(join(out, name));
}
await cp("icon.svg", join(out, "icon.svg"));
await writeFile(join(out, "LICENSES.txt"), await licences(metafile));

// licences gives the licence texts of the packages that went into the bundle.
async function licences({ inputs }) {
  const folders = Object.keys(inputs).map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  const texts = [];
  for (const folder of [...new Set(folders)].filter(Boolean).sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} has no licence file in ${dirname(folder)}`);
    texts.push(`${name} ${version} (${license})\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`);
  }
  return texts.join(`\n${"-".repeat(72)}\n\n`);
}
