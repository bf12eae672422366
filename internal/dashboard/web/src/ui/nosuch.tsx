/** Says that there is nothing at this address. */
export function NoSuch({ what }: { what: string }) {
  return (
    <>
      <h1>There is no such {what}</h1>
      <p>The address may be mistyped, or {what}s that old are no longer kept. <a href="#/">To the overview</a></p>
    </>
  );
}
