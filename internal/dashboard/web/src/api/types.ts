// The words of the API, as its document has them.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Session = Schemas["Session"];
export type Status = Schemas["Status"];
export type Summary = Schemas["Summary"];
export type Monitor = Schemas["Monitor"];
export type Alert = Schemas["Alert"];
export type Issue = Schemas["Issue"];
export type IssueDetail = Schemas["IssueDetail"];
export type Execution = Schemas["Execution"];
export type Event = Schemas["Event"];
export type Activity = Schemas["Activity"];
export type Silence = Schemas["Silence"];
export type Notification = Schemas["Notification"];
export type Receiver = Schemas["Receiver"];
export type SilenceRequest = Schemas["SilenceRequest"];
export type Version = Schemas["Version"];
export type VersionDetail = Schemas["VersionDetail"];
export type Routine = Schemas["Routine"];
export type Diagnostic = Schemas["Diagnostic"];
export type Preview = Schemas["Preview"];

/** A part of a list. */
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export type Role = "viewer" | "responder" | "editor" | "admin";
export type Priority = 1 | 2 | 3 | 4 | 5;
