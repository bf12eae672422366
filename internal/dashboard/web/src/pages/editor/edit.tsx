import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../../api/call";
import type { Monitor } from "../../api/types";
import { who } from "../../live/session";
import { tab } from "../../live/tab";
import { href } from "../../route";
import { useTitle } from "../../shell/content";
import { Failure } from "../../ui/basics";
import { type Keeper, keeper } from "./kept";
import { reasonOf, useRefusal } from "./readonly";
import { filesOf, readStored } from "./stored";
import { Workbench } from "./workbench";
import { type Desk, newDesk, openDesk } from "./workspace";

interface Opened {
  desk: Desk;
  monitor: Monitor;
}

/** Keeps what is typed of a monitor for who is signed in. */
export function keeperOf(monitor: string): Keeper {
  const now = who.get();
  return keeper(localStorage, { who: now.state === "inside" ? now.session.name : "", monitor, tab });
}

const nothing: Keeper = { read: () => undefined, write: () => true, forget: () => {} };

/** Opens a monitor that there is. */
export function Edit({ monitor: name, query }: { monitor: string; query: URLSearchParams }) {
  const [opened, setOpened] = useState<Opened>();
  const [problem, setProblem] = useState<Problem>();
  const [round, setRound] = useState(0);
  const refusal = useRefusal();
  const readOnly = opened && reasonOf(opened.monitor, refusal);
  useTitle(`${opened && readOnly === undefined ? "Edit" : "Code of"} ${name}`);
  useEffect(() => {
    let gone = false;
    setProblem(undefined);
    const open = async () => {
      const { monitor, base } = await readStored(name);
      const desk = reasonOf(monitor, refusal) === undefined
        ? await openDesk(name, base, keeperOf(name), (version) => filesOf(name, version))
        : newDesk({ monitor: name, base, files: base.files, restored: undefined, safe: true }, nothing);
      if (!gone) setOpened({ desk, monitor });
    };
    open().catch((error: Problem) => { if (!gone) setProblem(error); });
    return () => { gone = true; };
    // A role that changes while one types must not close what is typed: it counts when the page is opened.
  }, [name, round]);
  const reopen = () => setRound((n) => n + 1);
  // The desk stays when it was saved, so that what was typed can still be undone.
  if (opened) return <Workbench key={opened.desk} {...opened} readOnly={readOnly} query={query} saved={(monitor) => setOpened({ ...opened, monitor })} reopen={reopen} />;
  return (
    <>
      <h1>{name}</h1>
      {!problem && <p class="loading" role="status">Loading …</p>}
      {problem?.status === 404 && <p>There is no monitor of this name. <a href={href(["new"], { name })}>Make it</a></p>}
      {problem && problem.status !== 404 && <Failure problem={problem} retry={reopen} />}
    </>
  );
}
