import { render } from "preact";
import { readAll } from "./api/all";
import { askedEarly } from "./api/early";
import { first } from "./api/first";
import { prime } from "./live/resource";
import { recognise } from "./live/session";
import "./live/tab";
import { App } from "./shell/app";
import "./style/tokens.css";
import "./style/base.css";
import "./style/shell.css";

/**
 * How long the page waits for what was asked for early, in milliseconds. To show it at
 * once takes less time than to say that it is being read, and then to show it.
 */
const patience = 300;

async function start(root: Element) {
  const answers = [recognise(), ...(askedEarly(first.alerts) ? [prime(first.alerts, readAll)] : [])];
  await Promise.race([Promise.all(answers), new Promise((resolve) => setTimeout(resolve, patience))]);
  render(<App />, root);
}

const root = document.getElementById("app");
if (root) void start(root);
