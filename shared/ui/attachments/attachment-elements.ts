import { AttachmentList } from './attachment-list.ts';
import { AttachmentTray } from './attachment-tray.ts';

/** What shows files, and takes them in: fetched with the first of them. */
export const elements = {
  'parlour-attachments': AttachmentList,
  'parlour-attachment-tray': AttachmentTray,
};
