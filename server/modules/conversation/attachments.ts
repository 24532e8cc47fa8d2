import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Sql } from '../../database/connection.ts';
import { actorKey, type Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { OperationContext } from '../../kernel/operation.ts';
import { toAttachment } from '../attachment/queries.ts';
import { attachment } from '../attachment/schema.ts';
import type { PartRow } from './records.ts';
import { FILES_ALONE } from './thread.ts';

/** The files of one message. */
export type Attaching = { actor: Actor; part: PartRow; attachmentIds: readonly string[] };

/** Stands in the error of the statement that fails. */
const MISSING = 'attachments missing: ';

/**
 * Gives uploaded files to the messages that name them, and writes into the messages what is shown of them, and their names into lists where there are no words, unless something came after it: that may read alike, and these are not its files. Only whoever uploaded a file may send it, and only
 * once: where one cannot be given, the statement fails, and with it the transaction. The messages must have been inserted before it in the same transaction.
 */
export function attachFiles(sql: Sql, attaching: readonly Attaching[]) {
  const wanted = attaching.flatMap(({ actor, part, attachmentIds }) =>
    attachmentIds.map((id, position) => ({
      workspace_id: part.workspaceId,
      id,
      uploader: actorKey(actor),
      conversation_id: part.conversationId,
      seq: part.seq,
      part_id: part.id,
      public: part.publicSeq !== null,
      position,
    })),
  );
  return sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as wanted(
        workspace_id uuid, id uuid, uploader text, conversation_id uuid, seq int, part_id uuid, public boolean, position int)
    ), given as (
      update parlour.attachment as file
      set conversation_id = wanted.conversation_id, part_id = wanted.part_id, public = wanted.public
      from wanted
      where file.workspace_id = wanted.workspace_id and file.id = wanted.id and file.uploader = wanted.uploader
        and file.part_id is null and file.uploaded_at is not null
      returning file.*, wanted.seq, wanted.position
    ), shown as (
      update parlour.part as part set attachments = files.list
      from (
        select workspace_id, conversation_id, seq, jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
          'id', id, 'name', name, 'type', type, 'size', size, 'width', width, 'height', height)) order by position) as list
        from given group by workspace_id, conversation_id, seq
      ) as files
      where part.workspace_id = files.workspace_id and part.conversation_id = files.conversation_id and part.seq = files.seq
    ), named as (
      update parlour.conversation as conversation set last_message_preview = left(${FILES_ALONE}::text || ' ' || newest.names, 140)
      from (
        select distinct on (workspace_id, conversation_id) workspace_id, conversation_id, seq, string_agg(name, ', ' order by position) as names
        from given group by workspace_id, conversation_id, seq order by workspace_id, conversation_id, seq desc
      ) as newest
      where conversation.workspace_id = newest.workspace_id and conversation.id = newest.conversation_id
        and conversation.last_message_preview = ${FILES_ALONE}::text
        and conversation.seq = newest.seq
    )
    select case when count(*) = ${wanted.length}::int then 1 else (${MISSING}::text || count(*))::int end from given`;
}

/** Whether a failure is that of `attachFiles`. @returns the refusal for whoever sent the message */
export function missingFiles(error: unknown): DomainError | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.message.includes(MISSING)) return refusal();
  }
  return null;
}

const refusal = () =>
  new DomainError('conflict', 'A file of this message is not there any more, or was sent already. Attach it again.', {
    fields: { attachmentIds: 'names a file that cannot be sent' },
  });

/** The same for one message in a transaction of its own, before it is inserted: what is shown of the files goes into it at once. */
export async function takeFiles(
  { tx, actor }: OperationContext,
  part: PartRow,
  attachmentIds: readonly string[] | undefined,
): Promise<void> {
  if (!attachmentIds) return;
  const rows = await tx
    .update(attachment)
    .set({ conversationId: part.conversationId, partId: part.id, public: part.publicSeq !== null })
    .where(
      and(
        eq(attachment.workspaceId, part.workspaceId),
        inArray(attachment.id, [...attachmentIds]),
        eq(attachment.uploader, actorKey(actor)),
        isNull(attachment.partId),
        isNotNull(attachment.uploadedAt),
      ),
    )
    .returning();
  if (rows.length !== attachmentIds.length) throw refusal();
  const shown = new Map(rows.map((row) => [row.id, toAttachment(row)]));
  part.attachments = attachmentIds.map((id) => shown.get(id)!);
}
