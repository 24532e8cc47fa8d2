import { define } from '../define.ts';

let loading: Promise<void> | undefined;

/** Fetches what shows files, and takes them in, once it is needed. Rejects when the network does; then it may be asked for again. */
export function loadAttachments(): Promise<void> {
  loading ??= import('./attachment-elements.ts').then(
    ({ attachmentElements }) => define(attachmentElements),
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** The files that a drop or a paste brings. A copied text may bring a picture of itself along, which nobody means. */
export function filesIn(brought: DataTransfer | null): File[] {
  return brought && !brought.types.includes('text/plain') ? [...brought.files] : [];
}
