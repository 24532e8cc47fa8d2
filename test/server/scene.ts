/** What an example of a command is, and the arrangements that examples share. */
import { randomBytes } from 'node:crypto';
import type { CommandInput, CommandName } from '../../shared/contract/catalogue.ts';
import type { ActorName, Stage } from './stage.ts';

export type By = readonly [ActorName, ...ActorName[]];
export type Step = 'read' | 'closed' | 'snoozed' | 'assigned' | 'noted';

export interface Scene<N extends CommandName> {
  input: CommandInput<N>;
  /** What a teammate has open, and so should see change. */
  conversationId?: string;
  contactId?: string;
}

export interface Example<N extends CommandName> {
  situation: string;
  /** Everybody who may; the first one does it. */
  by: By;
  arrange: (stage: Stage, by: ActorName) => Promise<Scene<N>>;
  /** Another request, for a reused id. */
  other: (input: CommandInput<N>) => CommandInput<N>;
  /** A field of the answer that is never told twice. */
  shownOnce?: string;
}

export type Examples = { [N in CommandName]: readonly [Example<N>, ...Example<N>[]] };

export const administrators = ['admin', 'owner', 'admin key', 'system'] as const;
export const inboxAdministrators = [...administrators, 'inbox admin'] as const;
export const people = ['agent', 'inbox admin', 'owner', 'admin'] as const;
export const workers = ['agent', 'inbox admin', 'owner', 'admin', 'writing key', 'system'] as const;
export const nobody = '00000000-0000-7000-8000-000000000000';

export const renamed = <I extends { name?: string | null | undefined }>(input: I): I => ({
  ...input,
  name: 'Another name',
});
export const elsewhere = <I extends { conversationId: string }>(input: I): I => ({ ...input, conversationId: nobody });
export const said = <I extends { text: string }>(input: I): I => ({ ...input, text: 'Something else.' });
export const address = (): string => `${randomBytes(5).toString('hex')}@visitor.example`;

/** A conversation of the stage's visitor, after these commands of the owner. */
export async function open(stage: Stage, ...steps: Step[]) {
  const { server, office } = stage;
  const conversationId = await stage.conversation();
  for (const step of steps) {
    if (step === 'read') await server.execute('conversation.markRead', { conversationId, seq: 1 }, office.owner);
    if (step === 'closed') await server.execute('conversation.close', { conversationId }, office.owner);
    if (step === 'snoozed')
      await server.execute('conversation.snooze', { conversationId, until: later(stage, 3_600) }, office.owner);
    if (step === 'noted') await server.execute('conversation.note', { conversationId, text: 'Careful.' }, office.owner);
    if (step === 'assigned')
      await server.execute('conversation.assign', { conversationId, assigneeId: stage.agent.id }, office.owner);
  }
  return { conversationId, contactId: await stage.contactOf(conversationId) };
}

/** Makes the stage's inbox admin one of another inbox, too. */
export async function makeInboxAdmin(
  { server, office, inboxAdmin }: Stage,
  { inboxId }: { inboxId: string },
): Promise<void> {
  await server.execute('inbox.addMember', { inboxId, teammateId: inboxAdmin.id, role: 'admin' }, office.owner);
}

export const later = ({ server }: Stage, seconds: number): string =>
  new Date(server.clock.now().getTime() + seconds * 1000).toISOString();
