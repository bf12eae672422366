// How the dashboard is bundled, for building and for developing.

/** Gives esbuild's options for the bundles in a folder: of the page, and of what is to be there before it. */
export const bundles = (outdir) => [
  { ...options(outdir), entryPoints: ["src/dashboard.tsx"] },
  // It shares no part with the page, which it would have to wait for.
  { ...options(outdir), entryPoints: ["src/early.ts"], splitting: false },
];

const options = (outdir) => ({
  outdir,
  bundle: true,
  // What only some need, such as the editor, is loaded when they need it.
  splitting: true,
  chunkNames: "[name]-[hash]",
  format: "esm",
  target: ["es2022", "safari16"],
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
});
