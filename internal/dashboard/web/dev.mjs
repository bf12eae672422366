// Shows the dashboard while it is worked on: bundles it anew at each change, and asks
// a server that runs for everything else.
//
//   npm run dev                                     on 127.0.0.1:8080, with the server on 127.0.0.1:8000
//   VEDETTE_SERVER=http://127.0.0.1:9000 npm run dev -- 8081
import { context } from "esbuild";
import { createServer, request } from "node:http";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { bundles } from "./bundle.mjs";

const server = new URL(process.env.VEDETTE_SERVER ?? "http://127.0.0.1:8000");
const port = Number(process.argv[2] ?? 8080);
const types = { ".js": "text/javascript", ".css": "text/css", ".map": "application/json" };

const out = await mkdtemp(join(tmpdir(), "vedette-dashboard-"));
for (const one of bundles(out)) await (await context({ ...one, sourcemap: true, logLevel: "info" })).watch();

createServer(async (incoming, response) => {
  const { method, url, headers } = incoming;
  const path = new URL(url, server).pathname;
  const own = path === "/" ? "../index.html" : path.startsWith("/assets/") ? join(out, basename(path)) : undefined;
  const content = own && (await readFile(own).catch(() => undefined));
  // The server answers as well where a file is ours: its headers say what a page may do.
  const asked = request({ host: server.hostname, port: server.port, method, path: url, headers: { ...headers, "accept-encoding": "identity", "if-none-match": "" } }, (answer) => {
    if (!content) {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
      return;
    }
    answer.resume();
    response.writeHead(200, {
      "Content-Type": path === "/" ? "text/html; charset=utf-8" : (types[/\.\w+$/.exec(path)?.[0]] ?? "image/svg+xml"),
      "Content-Security-Policy": answer.headers["content-security-policy"] ?? "",
      "Cache-Control": "no-store",
    });
    response.end(content);
  });
  asked.on("error", (error) => {
    if (content) response.end(content);
    else response.destroy(error);
  });
  response.on("close", () => asked.destroy());
  incoming.pipe(asked);
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}, with the server ${server.href}`));
