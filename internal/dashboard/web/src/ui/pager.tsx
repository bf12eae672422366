import { href, useRoute } from "../route";

/** Leads through a list that is read in parts: to the next one, whose cursor stands in the address, and back to its beginning. */
export function Pager({ next }: { next: string | null }) {
  const { parts, query } = useRoute();
  const cursor = query.get("cursor");
  if (!next && !cursor) return null;
  const others = Object.fromEntries([...query].filter(([name]) => name !== "cursor"));
  return (
    <nav class="actions" aria-label="Parts of the list">
      {cursor && <a class="button" href={href(parts, others)}>Newest</a>}
      {next && <a class="button" href={href(parts, { ...others, cursor: next })}>Older</a>}
    </nav>
  );
}
