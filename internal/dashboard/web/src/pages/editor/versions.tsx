import { useState } from "preact/hooks";
import { path, type Problem } from "../../api/call";
import type { Monitor, Page, Version } from "../../api/types";
import { useResource } from "../../live/resource";
import { perform } from "../../ui/act";
import { Action, Ago, Failure, Loaded, Tag } from "../../ui/basics";
import { confirm, Dialog } from "../../ui/dialog";
import { FilesDiff } from "../../ui/diff";
import { Text } from "../../ui/value";
import type { Files } from "./files";
import { filesOf } from "./stored";
import { type Desk, unsaved } from "./workspace";

interface Props {
  monitor: Monitor;
  desk: Desk;
  reopen: () => void;
  readOnly: boolean;
}

/** The versions that were saved, to be compared with what is written, and to be taken up again. */
export function Versions({ monitor, desk, reopen, readOnly }: Props) {
  const versions = useResource<Page<Version>>(path(["monitors", monitor.name, "versions"], { limit: 100 }), { monitor: monitor.name });
  const [compared, setCompared] = useState<{ number: number; files: Files }>();
  const [problem, setProblem] = useState<Problem>();
  const compare = (number: number) => filesOf(monitor.name, number).then((files) => setCompared({ number, files }), setProblem);
  const restore = async ({ number }: Version) => {
    const text = unsaved(desk.get()) ? "What you typed and did not save is given up." : "Its files become the newest version; nothing is lost.";
    const headers = { "If-Match": desk.get().base.etag }, to = path(["monitors", monitor.name, "versions", number, "restore"]);
    const given = await confirm({
      title: `Restore version ${number}?`, text, yes: "Restore", comment: true, dangerous: unsaved(desk.get()),
      deed: (comment, signal) => perform(`Version ${number} is current again.`, "POST", to, { body: comment ? { message: comment } : {}, headers, monitor: monitor.name, signal }),
    });
    if (!given) return;
    desk.discard();
    desk.flush();
    reopen();
  };
  return (
    <>
      {problem && <Failure problem={problem} />}
      <Loaded of={versions}>
        {({ items, next_cursor }) => (
          <>
            <ol class="versions">
              {items.map((version) => (
                <li key={version.number}>
                  <p><strong>Version {version.number}</strong> {version.current && <Tag>current</Tag>} <span class="soft">by <Text of={version.author || "unknown"} />, <Ago time={version.created_at} /></span></p>
                  {version.message && <p class="message"><Text of={version.message} /></p>}
                  <p class="actions">
                    <Action run={() => compare(version.number)}>Compare<span class="hidden"> version {version.number}</span></Action>
                    {!readOnly && !version.current && <Action run={() => restore(version)}>Restore<span class="hidden"> version {version.number}</span> …</Action>}
                  </p>
                </li>
              ))}
            </ol>
            {next_cursor && <p class="soft">Older versions are on the monitor's page.</p>}
          </>
        )}
      </Loaded>
      {compared && (
        <Dialog wide title={`From version ${compared.number} to what is written here`} onClose={() => setCompared(undefined)}>
          <FilesDiff before={compared.files} after={desk.get().files} />
          <div class="buttons">
            {!readOnly && <button type="button" onClick={() => { desk.replace(compared.files); setCompared(undefined); }}>Put its files into the editor</button>}
            <button type="button" class="strong" onClick={() => setCompared(undefined)}>Close</button>
          </div>
        </Dialog>
      )}
    </>
  );
}
