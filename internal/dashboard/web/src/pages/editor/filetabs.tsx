import { useState } from "preact/hooks";
import type { Diagnostic } from "../../api/types";
import { setQuery } from "../../route";
import { confirm, Dialog } from "../../ui/dialog";
import { Tabs } from "../../ui/tabs";
import { type Files, isShared, nameProblem, namesOf } from "./files";
import type { Desk } from "./workspace";

interface Props {
  desk: Desk;
  files: Files;
  base: Files;
  shown: string;
  findings: readonly Diagnostic[];
  readOnly: boolean;
  panel: string;
}

/** The files as tabs, with marks for what is wrong or not saved in them. */
export function FileTabs({ desk, files, base, shown, findings, readOnly, panel }: Props) {
  const [naming, setNaming] = useState<"new" | "rename">();
  const choose = (file: string) => setQuery({ file, line: undefined });
  const remove = async () => {
    if (!await confirm({ title: `Delete ${shown}?`, text: "The file is gone from the monitor when you save.", yes: "Delete", dangerous: true })) return;
    desk.remove(shown);
    choose("");
  };
  const named = (name: string) => {
    if (naming === "new") desk.add(name);
    else desk.rename(shown, name);
    choose(name);
    setNaming(undefined);
  };
  const tabs = namesOf(files).map((name) => ({ name, text: <FileTab name={name} changed={files[name] !== base[name]} findings={findings} /> }));
  return (
    <div class="files">
      <Tabs label="Files" tabs={tabs} chosen={shown} choose={choose} panel={panel} />
      {!readOnly && (
        <span class="actions">
          <button type="button" class="quiet" title="Add a file" onClick={() => setNaming("new")}>+ File</button>
          {shown && <button type="button" class="quiet" onClick={() => setNaming("rename")}>Rename</button>}
          {shown && <button type="button" class="quiet" onClick={remove}>Delete</button>}
        </span>
      )}
      {naming && <NameDialog title={naming === "new" ? "Add a file" : `Rename ${shown}`} old={naming === "new" ? "" : shown} files={files} done={named} cancel={() => setNaming(undefined)} />}
    </div>
  );
}

function FileTab({ name, changed, findings }: { name: string; changed: boolean; findings: readonly Diagnostic[] }) {
  const own = findings.filter((finding) => finding.file === name);
  const errors = own.filter((finding) => finding.severity === "error").length;
  const what = errors > 0 ? "errors" : "warnings";
  return (
    <>
      {name}
      {changed && <span class="changed" title="not saved"> •<span class="hidden"> not saved</span></span>}
      {isShared(name) && <span class="soft" title="A copy of a file that monitors share"> shared</span>}
      {own.length > 0 && <span class={errors > 0 ? "bad" : "warn"}> {errors > 0 ? "✕" : "▲"} {errors || own.length}<span class="hidden"> {what}</span></span>}
    </>
  );
}

function NameDialog({ title, old, files, done, cancel }: { title: string; old: string; files: Files; done: (name: string) => void; cancel: () => void }) {
  const [name, setName] = useState(old);
  const problem = name === old ? undefined : nameProblem(name, files);
  const submit = (event: Event) => {
    event.preventDefault();
    if (name === old) cancel();
    else if (!problem) done(name);
  };
  return (
    <Dialog title={title} onClose={cancel}>
      <form onSubmit={submit}>
        <label class="field">
          Name
          <input value={name} maxLength={200} spellcheck={false} autocomplete="off" autofocus placeholder="search.sql" onInput={(event) => setName(event.currentTarget.value.trim())} />
        </label>
        <p class="bad" role="alert">{name ? problem : ""}</p>
        <div class="buttons">
          <button type="button" onClick={cancel}>Cancel</button>
          <button type="submit" class="strong" disabled={!name || problem !== undefined}>{old ? "Rename" : "Add"}</button>
        </div>
      </form>
    </Dialog>
  );
}
