/** A workspace with one of everybody in it: where the examples of `examples.ts` play. */
import { NO_WORKSPACE } from '../../server/kernel/actor.ts';
import type { Actor, TeammateActor } from '../../server/kernel/actor.ts';
import type { TestServer } from './harness.ts';
import { actingAs, makeApiKey, makeTeammate, makeVisitor, setUp, startConversation } from './people.ts';
import type { Office, Visitor } from './people.ts';

export const actorNames = [
  'owner',
  'admin',
  'agent',
  'inbox admin',
  'visitor',
  'reading key',
  'writing key',
  'admin key',
  'stranger',
  'set-up',
  'system',
] as const;
/** `newcomer`: another visitor each time, for commands after which a visitor is not who they were. */
export type ActorName = (typeof actorNames)[number] | 'newcomer';

export interface Stage {
  office: Office;
  server: TestServer;
  visitor: Visitor;
  /** A member of the office's inbox, and of no other. */
  agent: TeammateActor;
  admin: TeammateActor;
  /** An agent of the workspace, and an admin of the office's inbox. */
  inboxAdmin: TeammateActor;
  /** Everybody as they may act right now. */
  actor(name: ActorName): Promise<Actor>;
  /** Begins a conversation of the stage's visitor. */
  conversation(): Promise<string>;
  contactOf(conversationId: string): Promise<string>;
}

export async function makeStage(server: TestServer): Promise<Stage> {
  const office = await setUp(server);
  const { workspaceId, owner, inboxId } = office;
  const [admin, agent, inboxAdmin, visitor, reading, writing, administrating] = await Promise.all([
    makeTeammate(office, { role: 'admin', name: 'Ada' }),
    makeTeammate(office, { inboxIds: [inboxId] }),
    makeTeammate(office, { name: 'Lea', inboxIds: [inboxId] }),
    makeVisitor(office),
    makeApiKey(office, ['read']),
    makeApiKey(office, ['write']),
    makeApiKey(office, ['admin']),
  ]);
  await server.execute('inbox.addMember', { inboxId, teammateId: inboxAdmin.id, role: 'admin' }, owner);
  const actors: Record<Exclude<ActorName, 'newcomer'>, Actor> = {
    owner,
    admin,
    agent,
    'inbox admin': inboxAdmin,
    visitor: visitor.actor,
    'reading key': reading.actor,
    'writing key': writing.actor,
    'admin key': administrating.actor,
    stranger: { kind: 'stranger', workspaceId },
    'set-up': { kind: 'set-up', workspaceId: NO_WORKSPACE },
    system: { kind: 'system', workspaceId },
  };
  return {
    office,
    server,
    visitor,
    agent,
    admin,
    inboxAdmin,
    async actor(name) {
      if (name === 'newcomer') return (await makeVisitor(office)).actor;
      const held = actors[name];
      return held.kind === 'teammate' ? actingAs(server, workspaceId, held.id) : held;
    },
    conversation: () => startConversation(office, visitor),
    contactOf: async (conversationId) => (await server.ask('conversation.get', { conversationId }, owner)).contact.id,
  };
}
