import { EditorView } from "@codemirror/view";

/**
 * Takes over what is typed in the place of selected text, before the browser does: where it joins lines,
 * it makes elements with a style of their own, which the page's policy refuses and reports.
 */
export const typing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const text = event.data;
    const { ranges, main } = view.state.selection;
    if (event.inputType !== "insertText" || !text || event.isComposing || view.state.readOnly) return false;
    if (main.empty || ranges.length > 1) return false;
    event.preventDefault();
    const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    const handled = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, main.from, main.to, text, insert));
    if (!handled) view.dispatch(insert());
    return true;
  },
});
