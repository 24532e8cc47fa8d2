import type { Attachment } from '../../shared/contract/attachment.ts';

/** What a command says of a message's files: nothing where there are none. */
export function idsOf(attachments: readonly Attachment[] | undefined): { attachmentIds?: string[] } {
  return attachments?.length ? { attachmentIds: attachments.map(({ id }) => id) } : {};
}
