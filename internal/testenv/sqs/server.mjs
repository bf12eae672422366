// Serves SQS on 127.0.0.1 until standard input closes, that is, at the latest
// when the process that started it ends. fauxqs' own command and startFauxqs
// listen on all interfaces, so neither is used.
import { buildApp } from "fauxqs";

const app = buildApp({ logger: false });
const address = await app.listen({ host: "127.0.0.1", port: Number(process.argv[2] ?? 0) });
console.log(address);
process.stdin.resume();
process.stdin.on("close", () => process.exit(0));
