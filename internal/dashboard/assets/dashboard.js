// Shows what the API answers. Everything that comes from there gets onto the page
// as text, never as markup: monitors write what they find in other people's data.

const period = 2000;
const priorities = ["", "critical", "high", "moderate", "low", "informational"];
const byId = (id) => document.getElementById(id);

// state is what is kept from one look to the next: which alerts are open, which is
// also in the page's address, and how far this machine's clock is from the
// platform's.
const state = { open: new Set(location.hash.replace(/^#(\/alerts\/)?/, "").split(",").map(Number).filter(Boolean)), clockOffset: 0, later: 0, who: null };

// make gives an element with attributes and children; texts become text.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== ""));
  return element;
}

// show replaces the children that changed and leaves the others alone, with their
// focus and their place in scrolling.
function show(container, children) {
  children.forEach((child, i) => {
    const old = container.children[i];
    if (!old) container.append(child);
    else if (!old.isEqualNode(child)) old.replaceWith(child);
  });
  while (container.children.length > children.length) container.lastElementChild.remove();
}

async function call(method, path, body) {
  const options = { method, headers: {}, signal: AbortSignal.timeout(15000) };
  // Says that this page asked, and no other that has the browser send its cookie.
  if (method !== "GET") options.headers["X-Vedette-Csrf"] = "1";
  if (body) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const response = await fetch(path, options);
  if (response.status === 204) return null;
  const answer = await response.json();
  if (!response.ok) {
    throw Object.assign(new Error(answer.detail || response.statusText), { refused: true, status: response.status });
  }
  return answer;
}

const get = (path) => call("GET", path);

// span says how long a number of milliseconds is, in its largest unit.
function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  for (const [unit, size] of [["d", 86400], ["h", 3600], ["min", 60]]) {
    if (seconds >= size) return `${Math.floor(seconds / size)} ${unit}`;
  }
  return `${seconds} s`;
}

const now = () => Date.now() + state.clockOffset;
const ago = (time) => (time ? `${span(now() - Date.parse(time))} ago` : "never");
const ahead = (time) => (!time ? "–" : Date.parse(time) <= now() ? "due" : `in ${span(Date.parse(time) - now())}`);
const count = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

// action gives a button whose click the page handles by what it carries. Who may
// only look gets none.
function action(label, data, options = {}) {
  if (state.who.role === "viewer") return "";
  const button = make("button", { type: "button", class: options.strong ? "strong" : undefined, disabled: options.disabled }, label);
  Object.assign(button.dataset, data);
  return button;
}

function alertRow(alert, issues) {
  const open = state.open.has(alert.id);
  const toggle = make("button", { type: "button", class: "toggle", "aria-expanded": String(open) }, alert.monitor);
  toggle.dataset.toggle = alert.id;
  const post = (verb, more) => ({ post: `/api/v1/alerts/${alert.id}/${verb}`, ...more });
  const head = make("div", {},
    make("span", { class: "priority" }, priorities[alert.priority]),
    toggle,
    make("span", {}, count(alert.active_issues, "issue")),
    make("span", { class: "soft", title: alert.created_at }, `for ${span(now() - Date.parse(alert.created_at))}`),
    alert.is_priority_acknowledged ? make("span", { class: "tag" }, "acknowledged") : "",
    alert.acknowledged && !alert.is_priority_acknowledged ? make("span", { class: "tag" }, `acknowledged at ${priorities[alert.acknowledge_priority]}`) : "",
    alert.locked ? make("span", { class: "tag" }, "locked") : "",
    make("span", { class: "actions" },
      alert.can_acknowledge ? action("Acknowledge", post("acknowledge"), { strong: true }) : "",
      alert.locked ? action("Unlock", post("unlock")) : action("Lock", post("lock")),
      alert.can_solve ? action("Solve", post("solve", { ask: `Solve alert ${alert.id} of ${alert.monitor}?`, text: `It solves ${count(alert.active_issues, "issue")} as well.` })) : ""));
  const classes = `alert p${alert.priority}${alert.is_priority_acknowledged ? " acknowledged" : ""}`;
  return make("article", { class: classes }, head, open && issues ? issueTable(issues) : "");
}

// text shows a value of an issue's data.
const text = (value) => (value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));

function issueTable(page) {
  const columns = [...new Set(page.items.flatMap((issue) => Object.keys(issue.data || {})))].slice(0, 30);
  const rows = page.items.map((issue) => make("tr", {},
    make("td", {}, issue.model_id),
    make("td", { class: "soft", title: issue.created_at }, ago(issue.created_at)),
    ...columns.map((column) => make("td", { class: "wide" }, text(issue.data[column]))),
    make("td", {}, make("span", { class: "actions" }, action("Drop", {
      post: `/api/v1/issues/${issue.id}/drop`, ask: `Drop issue ${issue.model_id}?`, text: "It ends here, and is no problem.",
    })))));
  if (page.next_cursor) rows.push(make("tr", {}, make("td", { class: "soft", colspan: String(columns.length + 3) }, "There are more.")));
  const head = make("tr", {}, ...["id", "since", ...columns, ""].map((name) => make("th", {}, name)));
  return make("div", { class: "scroll" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
}

// firstSentence is enough of a monitor's summary for a list.
const firstSentence = (words) => (words.match(/^.*?[.!?](?=\s|$)/s) || [words])[0];

function monitorRow(monitor) {
  const last = monitor.last_execution;
  const post = (verb) => ({ post: `/api/v1/monitors/${encodeURIComponent(monitor.name)}/${verb}` });
  const problems = monitor.problems.map((p) => `${p.file}:${p.line}:${p.column}: ${p.message}`).join("\n");
  const failed = last && last.error ? make("div", { class: "bad" }, last.error) : "";
  return make("tr", {},
    make("td", { class: "name" }, make("strong", {}, monitor.name), " ", make("span", { class: "soft", title: monitor.summary }, firstSentence(monitor.summary)),
      problems ? make("div", { class: "bad" }, problems) : "", failed),
    make("td", {}, make("span", { class: `health ${monitor.health}` }, monitor.health)),
    make("td", { class: "number" }, String(monitor.active_issues)),
    make("td", {}, monitor.busy && last && last.status === "running" ? "running" : last ? `${last.status} ${ago(last.finished_at || last.queued_at)}` : "never"),
    make("td", {}, monitor.enabled ? ahead(monitor.next_search_at) : "–"),
    make("td", {}, monitor.enabled ? ahead(monitor.next_update_at) : "–"),
    make("td", {}, make("span", { class: "actions" },
      monitor.enabled ? action("Refresh", post("refresh"), { disabled: monitor.busy }) : "",
      monitor.enabled ? action("Disable", post("disable")) : action("Enable", post("enable"), { strong: true }))));
}

function eventRow(event) {
  const data = event.event_data || {};
  const about = event.event_source === "issue" ? `issue ${data.model_id}` : event.event_source === "alert" ? `alert ${data.id}, ${priorities[data.priority] || ""}` : "";
  return make("li", {},
    make("time", { class: "soft", datetime: event.created_at, title: event.created_at }, ago(event.created_at)),
    make("span", {}, event.event_name.replaceAll("_", " ")),
    make("span", {}, event.monitor, about ? ` · ${about}` : "", event.actor ? ` · by ${event.actor}` : ""));
}

function summary(status) {
  const entries = [[status.alerts.active, "alerts"], [status.issues.active, "issues"], [status.monitors.enabled, "monitors"], [status.executions.running + status.executions.queued, "running"]];
  if (status.monitors.overdue) entries.push([status.monitors.overdue, "overdue"]);
  return entries.map(([n, name]) => make("div", {}, make("dt", {}, name), make("dd", {}, String(n))));
}

// strays are problems of folders that never became a monitor, and broken parts.
function strays(status, monitors) {
  const known = new Set(monitors.map((monitor) => monitor.name));
  const lines = Object.entries(status.problems).filter(([name]) => !known.has(name))
    .flatMap(([name, problems]) => problems.map((p) => `${name}/${p.file}:${p.line}:${p.column}: ${p.message}`));
  return lines.concat(status.components.filter((c) => c.error).map((c) => `${c.name}: ${c.error}`));
}

const urgency = (alert) => [alert.priority, alert.is_priority_acknowledged ? 1 : 0, Date.parse(alert.created_at)];

function byUrgency(a, b) {
  const [x, y] = [urgency(a), urgency(b)];
  return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
}

// known says on the page who looks.
function known(who) {
  state.who = who;
  byId("sign-in").hidden = true;
  byId("page").hidden = false;
  byId("who").hidden = who.auth === "none" || who.auth === "local";
  byId("who-name").textContent = `${who.name} (${who.role})`;
  byId("sign-out").hidden = who.auth !== "session";
}

// unknown asks who it is, and takes what was shown away.
function unknown() {
  state.who = null;
  for (const id of ["summary", "alerts", "monitors", "events"]) show(byId(id), []);
  for (const id of ["page", "who"]) byId(id).hidden = true;
  document.title = "vedette";
  if (byId("sign-in").hidden) {
    byId("sign-in").hidden = false;
    byId("token").focus();
  }
}

async function signIn() {
  const token = byId("token").value.trim();
  byId("token").value = "";
  byId("sign-in-problem").textContent = "";
  try {
    known(await call("POST", "/api/v1/session", { token }));
    turn();
  } catch (error) {
    byId("sign-in-problem").textContent = error.status === 401 ? "Nobody gets in with this token: it is mistyped, expired or revoked." : error.message;
  }
}

async function signOut() {
  try {
    await call("DELETE", "/api/v1/session");
    unknown();
    turn();
  } catch (error) {
    message = error.message;
    turn();
  }
}

// allQuiet says that nothing is wrong only as far as that is known.
function allQuiet(monitors) {
  const unknown = monitors.filter((monitor) => monitor.health === "unknown").length;
  if (!unknown) return "Nothing is wrong, as far as the monitors know.";
  return `No alerts, but of ${unknown} of ${monitors.length} monitors it is not known whether all is well.`;
}

async function look() {
  if (!state.who) known(await get("/api/v1/session"));
  const [status, alerts, monitors, events] = await Promise.all([
    get("/status"), get("/api/v1/alerts?status=active&limit=1000"), get("/api/v1/monitors?limit=1000"), get("/api/v1/events?limit=25"),
  ]);
  state.clockOffset = Date.parse(status.now) - Date.now();
  const sorted = alerts.items.sort(byUrgency);
  const open = new Map(await Promise.all(sorted.filter((alert) => state.open.has(alert.id))
    .map(async (alert) => [alert.id, await get(`/api/v1/issues?alert_id=${alert.id}&status=active&limit=100`)])));

  const nothing = (words) => [make("p", { class: "empty" }, words)];
  show(byId("summary"), summary(status));
  show(byId("alerts"), sorted.length ? sorted.map((alert) => alertRow(alert, open.get(alert.id))) : nothing(allQuiet(monitors.items)));
  show(byId("monitors"), monitors.items.map(monitorRow));
  show(byId("events"), events.items.map(eventRow));
  notice(strays(status, monitors.items).join("\n"));
  document.title = status.alerts.active ? `(${status.alerts.active}) vedette` : "vedette";
}

// message is what a person's last action was answered with; it goes with the next.
let message = "";

function notice(standing) {
  const words = [message, standing].filter(Boolean).join("\n");
  byId("notice").hidden = !words;
  byId("notice").className = "bad";
  byId("notice").textContent = words;
}

// turn looks once and says how that went. A turn that was asked for while another
// is under way follows it.
async function turn() {
  clearTimeout(state.later);
  if (state.looking) { state.again = true; return; }
  state.looking = true;
  const connection = byId("connection");
  try {
    await look();
    connection.className = "live";
    connection.textContent = "live";
  } catch (error) {
    if (error.status === 401) unknown();
    connection.className = error.status === 401 ? "" : "lost";
    connection.textContent = error.status === 401 ? "not signed in" : error.refused ? error.message : "connection lost, trying again …";
  }
  state.looking = false;
  if (state.again) { state.again = false; turn(); return; }
  if (!document.hidden && byId("sign-in").hidden) state.later = setTimeout(turn, period);
}

// confirmed asks for a comment before something that cannot be taken back; null
// means no.
function confirmed({ ask, text: words }) {
  if (!ask) return Promise.resolve({});
  const dialog = byId("ask");
  byId("ask-title").textContent = ask;
  byId("ask-text").textContent = words;
  byId("ask-yes").textContent = ask.split(" ")[0];
  byId("ask-comment").value = "";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    const comment = byId("ask-comment").value;
    resolve(dialog.returnValue === "yes" ? (comment ? { comment } : {}) : null);
  }, { once: true }));
}

async function act(button) {
  const body = await confirmed(button.dataset);
  if (!body) return;
  button.disabled = true;
  try {
    await call("POST", button.dataset.post, body.comment ? body : undefined);
    message = "";
  } catch (error) {
    message = error.message;
  }
  button.disabled = false;
  turn();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.post) act(button);
  if (button.dataset.toggle) {
    const id = Number(button.dataset.toggle);
    if (!state.open.delete(id)) state.open.add(id);
    history.replaceState(null, "", `#${[...state.open].join(",")}`);
    turn();
  }
});
byId("ask-yes").addEventListener("click", () => byId("ask").close("yes"));
byId("ask-no").addEventListener("click", () => byId("ask").close("no"));
byId("ask-comment").addEventListener("keydown", (event) => { if (event.key === "Enter") byId("ask").close("yes"); });
byId("sign-in").addEventListener("submit", (event) => { event.preventDefault(); signIn(); });
byId("sign-out").addEventListener("click", signOut);
document.addEventListener("visibilitychange", () => { if (!document.hidden) turn(); });
turn();
