import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Attachment } from '../../../shared/contract/attachment.ts';
import type { Database } from '../../database/connection.ts';
import { actorKey } from '../../kernel/actor.ts';
import type { QueryHandlers } from '../../kernel/query-bus.ts';
import { seesConversation } from '../../policy/visibility.ts';
import { conversation } from '../conversation/schema.ts';
import type { AttachmentLinks, LinkedFile } from './links.ts';
import { attachment } from './schema.ts';

export type AttachmentRow = typeof attachment.$inferSelect;

/** What is needed of a file to show it, and whose it is. */
export type ShownFile = Pick<
  AttachmentRow,
  'workspaceId' | 'uploader' | 'id' | 'name' | 'type' | 'size' | 'width' | 'height'
>;

/** A file as it is shown. */
export function toAttachment(row: ShownFile): Attachment {
  const size = row.width === null || row.height === null ? {} : { width: row.width, height: row.height };
  return { id: row.id, name: row.name, type: row.type, size: row.size, ...size };
}

export function attachmentQueryHandlers(links: AttachmentLinks): Pick<QueryHandlers, 'attachment.links'> {
  return {
    async 'attachment.links'({ db, actor, workspaceId, now }, { attachmentIds }) {
      const ids = attachmentIds.split(',');
      const rows = await db
        .select()
        .from(attachment)
        .leftJoin(
          conversation,
          and(eq(conversation.workspaceId, attachment.workspaceId), eq(conversation.id, attachment.conversationId)),
        )
        .where(
          and(eq(attachment.workspaceId, workspaceId), inArray(attachment.id, ids), isNotNull(attachment.uploadedAt)),
        );
      const own = actorKey(actor);
      const mayHave = rows.filter(({ attachment: file, conversation: held }) =>
        held ? seesConversation(actor, held) && (file.public || actor.kind !== 'visitor') : file.uploader === own,
      );
      return {
        links: mayHave.map(({ attachment: { id } }) => {
          const { token, until } = links.make(workspaceId, id, now);
          return { attachmentId: id, url: `/api/v1/attachments/${token}`, expiresAt: new Date(until).toISOString() };
        }),
      };
    },
  };
}

/** The file a link is for, if it is still there. */
export async function linkedFile(db: Database, { workspaceId, attachmentId }: LinkedFile) {
  const [row] = await db
    .select()
    .from(attachment)
    .where(
      and(eq(attachment.workspaceId, workspaceId), eq(attachment.id, attachmentId), isNotNull(attachment.uploadedAt)),
    );
  return row ?? null;
}
