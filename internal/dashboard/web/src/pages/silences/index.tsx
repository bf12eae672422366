import { useState } from "preact/hooks";
import { useMay } from "../../live/session";
import { setQuery } from "../../route";
import { type PageProps, useTitle } from "../../shell/content";
import { SilenceDialog } from "../../ui/silencedialog";
import { fromAddress } from "../../ui/silenceform";
import { Silences } from "./list";

/** Which alerts people are not told of for a while. #/silences?monitor=NAME&add=1 begins a new one about the monitor. */
export function SilencesPage({ query }: PageProps) {
  useTitle("silences");
  const responder = useMay("responder");
  const [first] = useState(() => fromAddress(query));
  return (
    <>
      <div class="head">
        <h1>Silences</h1>
        {responder && <span class="actions"><button type="button" class="strong" onClick={() => setQuery({ add: "1" })}>Add a silence …</button></span>}
      </div>
      <p class="soft">While a silence is in force, nobody is notified of the alerts it is about. Monitors run on as ever.</p>
      {responder && query.has("add") && <SilenceDialog first={first} onClose={() => setQuery({ add: undefined })} />}
      <Silences query={query} />
    </>
  );
}
