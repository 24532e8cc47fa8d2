import { define } from '../define.ts';

let loading: Promise<unknown> | undefined;

/** Fetches what shows files, and takes them in, once it is needed. Where the network fails, the next need tries again. */
export function loadAttachments(): Promise<unknown> {
  return (loading ??= import('./attachment-elements.ts').then(
    ({ elements }) => define(elements),
    () => (loading = undefined),
  ));
}
