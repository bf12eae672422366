// Finds something on the page as a person would: by what it is and what it is called.
// It gives where to click it, or why it cannot be used; and null where it is not.
(path, wanted) => {
  const roles = {
    button: "button, [role=button], summary",
    link: "a[href]",
    field: "input, textarea, select, [contenteditable=true], [role=textbox]",
    choice: "input[type=checkbox], input[type=radio], [role=checkbox], [role=switch], [role=option], [role=tab], [role=menuitem]",
    heading: "h1, h2, h3, h4, h5, h6",
    region: "section, nav, aside, main, header, form, fieldset, [role=region], [role=tabpanel], [role=group]",
    dialog: "dialog[open], [role=dialog]",
    row: "tr, [role=row], li",
    alert: "[role=alert], [role=status]",
    text: "*",
  };
  const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();

  function* all(root) {
    for (const element of root.querySelectorAll("*")) {
      yield element;
      if (element.shadowRoot) yield* all(element.shadowRoot);
    }
  }
  const byIds = (element, ids) => tidy((ids ?? "").split(/\s+/).map((id) => element.getRootNode().getElementById(id)?.textContent).join(" "));
  const labels = (element) => tidy([...(element.labels ?? [])].map((label) => label.innerText).join(" "));
  function nameOf(element, role) {
    const given = byIds(element, element.getAttribute("aria-labelledby")) || tidy(element.getAttribute("aria-label"));
    if (given) return given;
    if (role === "field" || element.matches("input")) return labels(element) || tidy(element.placeholder) || tidy(element.title);
    return tidy(element.innerText) || tidy(element.querySelector("img")?.alt) || tidy(element.title);
  }
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const modal = [...document.querySelectorAll("dialog:modal")].at(-1);

  // The best is what is called exactly so; then what says the least besides.
  function find(root, { role, name }) {
    let best, length = Infinity;
    for (const element of all(root)) {
      if (!element.matches(roles[role]) || !shown(element)) continue;
      const is = nameOf(element, role);
      if (!is.includes(name)) continue;
      const size = is === name ? 0 : is.length;
      // Of two that say the same, the inner one is what was meant by a text.
      if (size < length || (role === "text" && size === length)) [best, length] = [element, size];
    }
    return best;
  }

  // The dialog that lies over the page is all there is, and can be named itself.
  const reach = modal ? { querySelectorAll: () => [modal, ...modal.querySelectorAll("*")] } : document;
  let element = modal ?? document;
  for (const [i, step] of path.entries()) {
    element = find(i === 0 ? reach : element, step);
    if (!element) return null;
  }
  if (wanted === "text") return { text: element.innerText ?? document.body.innerText };
  if (wanted === "value") return { text: element.value ?? element.innerText, checked: element.checked ?? element.getAttribute("aria-checked") === "true" };
  if (wanted === "focused") return { focused: element.matches(":focus") };
  element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const box = element.getClientRects()[0];
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot?.elementFromPoint(x, y) && hit.shadowRoot.elementFromPoint(x, y) !== hit) hit = hit.shadowRoot.elementFromPoint(x, y);
  let covered = "";
  const within = (inner) => { for (let at = inner; at; at = at.parentNode ?? at.host) if (at === element) return true; return false; };
  if (!hit || !(within(hit) || hit.contains(element) || [...(element.labels ?? [])].some((label) => label.contains(hit)))) covered = `it is covered by ${hit?.outerHTML.slice(0, 200)}`;
  if (element.disabled || element.getAttribute("aria-disabled") === "true") covered = "it is disabled";
  return { x, y, covered };
}
