/**
 * The address of the script that runs. Modules, and scripts within a shadow root, are no current script, but an error tells where it was
 * made: in the script's file, if there is `key` in its address. One that was pasted into its page has none, and the console says what to do.
 */
export function scriptAddress(key: string): string | undefined {
  const { src } = (document.currentScript ?? {}) as Partial<HTMLScriptElement>;
  if (src) return src;
  const address = /http.*(?=:\d+:)/.exec(Error().stack ?? '')?.[0];
  if (address?.includes(key)) return address;
  // oxlint-disable-next-line no-console -- whoever pasted it should read there what to do
  console.error(
    'Parlour: load this script by the src of a script element. It knows its server by that, and cannot run as text in a page.',
  );
  return;
}
