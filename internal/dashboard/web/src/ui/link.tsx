// Links that are made of data. Data is hostile: a link may run code, or name one place and lead to another.
import type { ComponentChildren } from "preact";

/** What a link of data may lead to. */
const schemes = ["http:", "https:"];

/** Gives the address in its normal form if a link may lead there: http and https, and what else is named. */
export function safeAddress(address: string, ...more: string[]): string | undefined {
  let url: URL;
  try {
    url = new URL(address.trim());
  } catch {
    return undefined; // relative to what, data cannot know
  }
  return [...schemes, ...more].includes(url.protocol) ? url.href : undefined;
}

/** Leads out of the dashboard, to a safe address. It says where on pointing at it. */
export function OuterLink({ to, title, children }: { to: string; title?: string | undefined; children: ComponentChildren }) {
  return <a href={to} target="_blank" rel="noopener noreferrer" title={title ? `${title} (${to})` : to}>{children}</a>;
}
