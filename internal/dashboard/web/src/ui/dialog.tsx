import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { store, useStore } from "../live/store";
import { useDeed } from "./deed";
import { DeedButtons, Outcome } from "./waiting";

interface DialogProps {
  title: string;
  children: ComponentChildren;
  /** Called when it is closed by Escape. */
  onClose: () => void;
  wide?: boolean;
}

/** Lies over the page until it is closed. The browser keeps the focus in it; then it is where it was before. */
export function Dialog({ title, children, onClose, wide }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current, before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      // By itself the browser does so only while the dialog is still on the page. What
      // was pressed may be gone: then one goes on at the beginning of what is shown.
      const back = before instanceof HTMLElement && before.isConnected ? before : document.getElementById("content");
      back?.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class={wide ? "wide" : undefined} aria-labelledby={id} onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

interface Question {
  title: string;
  text?: ComponentChildren;
  /** What the button says that does it. */
  yes: string;
  /** Whether a comment may be given, which is kept with the events. */
  comment?: boolean;
  /** What stands there as the comment at first. */
  words?: string;
  dangerous?: boolean;
  /** Does it. Until that went well the question stays, with what was typed: it says what is wrong, and can be answered again. */
  deed?: (comment: string, signal: AbortSignal) => Promise<unknown>;
}

interface Asked extends Question {
  answer: (given: { comment: string } | undefined) => void;
}

const asked = store<Asked | undefined>(undefined);

/** Asks before something is done. The answer is undefined if it is not to be done, or was given up. */
export function confirm(question: Question): Promise<{ comment: string } | undefined> {
  asked.get()?.answer(undefined);
  return new Promise((resolve) => asked.set({
    ...question,
    answer: (given) => {
      asked.set(undefined);
      resolve(given);
    },
  }));
}

/** Shows what is asked. It stands once on the page. */
export function Questions() {
  const question = useStore(asked);
  return question ? <Confirmation key={question.title} {...question} /> : null;
}

function Confirmation({ title, text, yes, comment, words: first = "", dangerous, deed: what, answer }: Asked) {
  const [words, setWords] = useState(first);
  const deed = useDeed();
  const close = () => (deed.busy ? deed.stop() : answer(undefined));
  const submit = async (event: Event) => {
    event.preventDefault();
    const given = { comment: words.trim() };
    if (!what || await deed.run((signal) => what(given.comment, signal))) answer(given);
  };
  return (
    <Dialog title={title} onClose={close}>
      <form onSubmit={(event) => void submit(event)}>
        {text && <p>{text}</p>}
        {comment && (
          <label class="field">
            Comment, kept with the events
            <textarea rows={2} maxLength={2000} value={words} onInput={(event) => setWords(event.currentTarget.value)} />
          </label>
        )}
        <Outcome of={deed} />
        <DeedButtons deed={deed} yes={yes} dangerous={dangerous} cancel={close} />
      </form>
    </Dialog>
  );
}
