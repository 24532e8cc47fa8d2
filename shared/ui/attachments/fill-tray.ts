import type { AttachmentTray } from './attachment-tray.ts';
import { takeFiles } from './take-files.ts';
import { define } from '../define.ts';
import { later } from '../later.ts';

/** Fetches what shows files, and takes them in, once it is needed. */
export const loadAttachments = later((_query) =>
  import('./attachment-elements.ts').then(({ elements }) => define(elements)),
);

/** Hands what brings files to the tray, which may have to be fetched first. As long as that fails, what was brought waits for it. */
export const fillTray = (event: Event, tray: Partial<AttachmentTray> & Element): void =>
  takeFiles(event, (files, type) => {
    const give = (): void =>
      void loadAttachments().then((isMissing) => {
        if (!isMissing) tray.receive?.(type, files);
        else if (files[0] && tray.isConnected) setTimeout(give, 3_000);
      });
    give();
  });
