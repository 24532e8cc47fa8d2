import { and, eq } from 'drizzle-orm';
import type { BlockAnswer, Button, RichBlock } from '../../../shared/contract/block.ts';
import type { Block, Inline, TextBody } from '../../../shared/contract/body.ts';
import { readAnswers } from '../../../shared/contract/form-answers.ts';
import type { FormField, Properties } from '../../../shared/contract/form.ts';
import { DomainError, notFound } from '../../kernel/errors.ts';
import type { Operation, OperationContext } from '../../kernel/operation.ts';
import { seesConversation } from '../../policy/visibility.ts';
import { problemSentences } from './door.ts';
import { lock, save } from './locked.ts';
import { conversation, part } from './schema.ts';
import { ThreadWriter } from './thread.ts';

type AnswerOf<T extends BlockAnswer['type']> = Extract<BlockAnswer, { type: T }>;

/** An answer read by its block: as it is kept, and what follows from it. */
type Reading = {
  answer: BlockAnswer;
  /** The message it is at the same time. */
  says?: TextBody;
  /** What the visitor says of themselves by it. */
  claims?: Properties;
};

/** The visitor answers a block of a message they can see. */
export const answer: Operation<'conversation.answer'> = async (
  context,
  { conversationId, partId, blockId, answer },
) => {
  const { tx, workspaceId, now } = context;
  const { contactId, body } = await findMessage(context, conversationId, partId);
  const block = body.find((one): one is RichBlock => 'id' in one && one.id === blockId);
  if (!block) throw notFound('block');
  const reading = readers[answer.type](answer as never, block);
  // The contact first, then its conversation: in the order of those who merge contacts, so that neither waits for the other for ever.
  if (reading.claims && Object.keys(reading.claims).length > 0) {
    await context.run('contact.claim', { contactId, answers: reading.claims, consent: null, lead: false });
  }
  const row = await lock(context, conversationId);
  const thisPart = and(eq(part.workspaceId, workspaceId), eq(part.id, partId));
  const [held] = await tx.select({ answers: part.answers }).from(part).where(thisPart);
  const answers = held?.answers ?? {};
  // Its own alone: the id is whatever its writer chose, such as `constructor`.
  if (Object.hasOwn(answers, blockId) && answer.type !== 'rating') {
    throw new DomainError('conflict', 'This was answered already. Write a message to say something else.');
  }
  const answeredAt = now.toISOString();
  const kept = { ...answers, [blockId]: { answer: reading.answer, at: answeredAt } };
  await tx.update(part).set({ answers: kept }).where(thisPart);
  context.emit(
    'conversation.answered',
    { conversationId, partId, blockId },
    { conversationId, contactId: row.contactId },
  );
  const writer = new ThreadWriter(row, context.actor, now);
  if (reading.answer.type === 'rating') writer.rate(reading.answer);
  if (reading.says) {
    writer.message(context.commandId, reading.says, { kind: 'contact', id: row.contactId }, 'conversation.replied');
  }
  await save(context, writer);
  return { publicSeq: writer.row.publicSeq, at: answeredAt };
};

/** The message, if the actor may see it. @throws not_found */
async function findMessage(
  { tx, actor, workspaceId }: OperationContext,
  conversationId: string,
  partId: string,
): Promise<{ contactId: string; body: Block[] }> {
  const [found] = await tx
    .select({
      workspaceId: conversation.workspaceId,
      inboxId: conversation.inboxId,
      sessionId: conversation.sessionId,
      contactId: conversation.contactId,
      publicSeq: part.publicSeq,
      body: part.body,
    })
    .from(part)
    .innerJoin(
      conversation,
      and(eq(conversation.workspaceId, part.workspaceId), eq(conversation.id, part.conversationId)),
    )
    .where(and(eq(part.workspaceId, workspaceId), eq(part.conversationId, conversationId), eq(part.id, partId)));
  if (!found || !seesConversation(actor, found)) throw notFound('conversation');
  if (found.publicSeq === null || !found.body) throw notFound('message');
  return { contactId: found.contactId, body: found.body };
}

const readers: { [T in BlockAnswer['type']]: (answer: AnswerOf<T>, block: RichBlock) => Reading } = {
  button(answer, block) {
    const label = buttonsOf(block).find((one) => 'id' in one && one.id === answer.buttonId)?.label;
    if (label === undefined) throw wrong({ 'answer.buttonId': 'is none of its buttons' });
    return { answer, says: [{ type: 'paragraph', content: [{ type: 'text', text: label }] }] };
  },

  form(answer, block) {
    if (block.type !== 'form') throw misfit(block);
    const { values, problems } = readAnswers(block.fields, answer.values);
    const fields = Object.entries(problems).map(([key, problem]) => [
      `answer.values.${key}`,
      problemSentences[problem],
    ]);
    if (fields.length > 0) throw wrong(Object.fromEntries(fields));
    return { answer: { type: 'form', values }, says: messageOf(block.fields, values), claims: values };
  },

  rating(answer, block) {
    if (block.type !== 'rating') throw misfit(block);
    return { answer };
  },
};

function buttonsOf(block: RichBlock): readonly Button[] {
  if (block.type === 'buttons' || block.type === 'card') return block.buttons;
  if (block.type === 'carousel') return block.cards.flatMap((card) => card.buttons);
  throw misfit(block);
}

function wrong(fields: Record<string, string>): DomainError {
  return new DomainError('invalid', 'This answer does not fit the question. Please look at it again.', { fields });
}

const misfit = ({ type }: RichBlock): DomainError =>
  wrong({ 'answer.type': `is not what a block of type ${type} takes` });

/** What was filled in, as the visitor's message: a line for each question. */
function messageOf(fields: readonly FormField[], values: Properties): TextBody {
  const lines = fields.flatMap(({ key, label }): Inline[][] => {
    const value = values[key];
    if (value === undefined) return [];
    const said = typeof value === 'boolean' ? (value ? '✓' : '✗') : String(value);
    // What asks for a name, an email or a phone number needs no label: they are known when seen.
    const question: Inline[] = label ? [{ type: 'text', text: label, strong: true }, { type: 'break' }] : [];
    return [[...question, ...linesOf(said)]];
  });
  if (lines.length === 0) return [{ type: 'paragraph', content: [{ type: 'text', text: '✓' }] }];
  return lines.map((content) => ({ type: 'paragraph', content }));
}

function linesOf(text: string): Inline[] {
  const lines = text.split(/\r\n|\r|\n/).flatMap((line): Inline[] => [{ type: 'break' }, { type: 'text', text: line }]);
  return lines.slice(1);
}
