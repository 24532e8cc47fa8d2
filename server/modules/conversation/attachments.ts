import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Attachment } from '../../../shared/contract/attachment.ts';
import type { Sql } from '../../database/connection.ts';
import { actorKey, type Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { OperationContext } from '../../kernel/operation.ts';
import { updateRows } from '../../database/row-sets.ts';
import { toAttachment, type ShownFile } from '../attachment/queries.ts';
import { attachment } from '../attachment/schema.ts';
import type { PartRow } from './records.ts';

type Sending = { actor: Actor; input: { attachmentIds?: readonly string[] | undefined } };

/** Uploaded files that no message has yet, by workspace and id, each with who uploaded it. */
export type UnsentFiles = ReadonlyMap<string, { uploader: string; file: Attachment }>;

/** A file and the message it is for. */
export type Attaching = { id: string; part: PartRow };

const keyOf = (workspaceId: string, id: string): string => `${workspaceId} ${id}`;
const noFiles: UnsentFiles = new Map();

/** Locks and reads the files that messages name and that none has. Most name none, and then nothing is asked. */
export async function lockFiles(sql: Sql, items: readonly Sending[]): Promise<UnsentFiles> {
  const wanted = items.flatMap(({ actor, input }) =>
    (input.attachmentIds ?? []).map((id) => ({ workspaceId: actor.workspaceId, id })),
  );
  if (wanted.length === 0) return noFiles;
  const rows = await sql<ShownFile[]>`
    select workspace_id as "workspaceId", uploader, id, name, type, size::integer as size, width, height from parlour.attachment
    where workspace_id = any(${wanted.map((one) => one.workspaceId)}::uuid[]) and id = any(${wanted.map((one) => one.id)}::uuid[])
      and part_id is null and uploaded_at is not null
    order by workspace_id, id for update`;
  return new Map(
    rows.map((row) => [keyOf(row.workspaceId, row.id), { uploader: row.uploader, file: toAttachment(row) }]),
  );
}

/**
 * The files of a message, in its order, as they are shown. Only whoever uploaded a file may send it, and only once.
 * @param given the files that messages before it took; its own are added
 */
export function filesOf(
  { actor, input }: Sending,
  unsent: UnsentFiles,
  given: Set<string>,
): Attachment[] | DomainError {
  const shown: Attachment[] = [];
  for (const id of input.attachmentIds ?? []) {
    const found = unsent.get(keyOf(actor.workspaceId, id));
    const isTaken = given.has(keyOf(actor.workspaceId, id)) || shown.some((file) => file.id === id);
    if (found?.uploader !== actorKey(actor) || isTaken) return refusal();
    shown.push(found.file);
  }
  for (const { id } of shown) given.add(keyOf(actor.workspaceId, id));
  return shown;
}

/** Gives files that are locked to their messages. */
export function giveFiles(sql: Sql, attaching: readonly Attaching[]) {
  const rows = attaching.map(({ id, part }) => ({
    workspaceId: part.workspaceId,
    id,
    conversationId: part.conversationId,
    partId: part.id,
    public: part.publicSeq !== null,
  }));
  return updateRows(sql, attachment, rows, ['conversationId', 'partId', 'public'], () => null);
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
