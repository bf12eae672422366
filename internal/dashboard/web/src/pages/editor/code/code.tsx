import { useEffect, useRef } from "preact/hooks";
import type { Diagnostic } from "../../../api/types";
import type { Knowledge } from "./knowledge";
import { type Code, openCode } from "./view";

/** A place in a file, both numbers from 1. */
export interface Spot {
  file: string;
  line: number;
  column: number;
}

interface Props {
  file: string;
  text: string;
  readOnly: boolean;
  know: Knowledge;
  /** What is wrong in the file. */
  findings: readonly Diagnostic[];
  /** Where the cursor is to go; another object goes there again. */
  spot: Spot | undefined;
  onChange: (file: string, text: string) => void;
}

/** Shows one file to be read and written. */
export function CodeEditor({ file, text, readOnly, know, findings, spot, onChange }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const code = useRef<Code | undefined>(undefined);
  const change = useRef(onChange);
  change.current = onChange;
  useEffect(() => {
    const opened = element.current && openCode(element.current, { know, readOnly, onChange: (name, now) => change.current(name, now) });
    code.current = opened ?? undefined;
    return () => opened?.destroy();
  }, [know, readOnly]);
  useEffect(() => code.current?.show(file, text), [file, text, know, readOnly]);
  useEffect(() => code.current?.mark(findings), [findings, file, know, readOnly]);
  useEffect(() => {
    if (spot?.file === file) code.current?.goTo(spot.line, spot.column);
  }, [spot, file, know, readOnly]);
  return <div class="code" ref={element} />;
}
