import { ask, path } from "../../api/call";
import type { Monitor, VersionDetail } from "../../api/types";
import type { Files } from "./files";
import type { Base } from "./workspace";

/** Reads the files of a version of a monitor. */
export const readVersion = async (monitor: string, version: number): Promise<VersionDetail> =>
  (await ask<VersionDetail>("GET", path(["monitors", monitor, "versions", version]))).data;

export const filesOf = async (monitor: string, version: number): Promise<Files> => (await readVersion(monitor, version)).files;

/** Reads what is stored of a monitor now. */
export async function readStored(monitor: string): Promise<{ monitor: Monitor; version: VersionDetail; base: Base }> {
  const { data } = await ask<Monitor>("GET", path(["monitors", monitor]));
  const version = await readVersion(monitor, data.version);
  return { monitor: data, version, base: { files: version.files, version: data.version, etag: data.etag } };
}
