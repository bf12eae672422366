// How the dashboard is bundled, for building and for developing.

/** Gives esbuild's options for a bundle in a folder. */
export const bundle = (outdir) => ({
  entryPoints: ["src/dashboard.tsx"],
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
