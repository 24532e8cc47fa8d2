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
  /** Everybody as they may act right now. */
  actor(name: ActorName): Promise<Actor>;
  /** Begins a conversation of the stage's visitor. */
  conversation(): Promise<string>;
  contactOf(conversationId: string): Promise<string>;
}

export async function makeStage(server: TestServer): Promise<Stage> {
  const office = await setUp(server);
  const { workspaceId, owner, inboxId } = office;
  const [admin, agent, visitor, reading, writing, administrating] = await Promise.all([
    makeTeammate(office, { role: 'admin', name: 'Ada' }),
    makeTeammate(office, { inboxIds: [inboxId] }),
    makeVisitor(office),
    makeApiKey(office, ['read']),
    makeApiKey(office, ['write']),
    makeApiKey(office, ['admin']),
  ]);
  const actors: Record<Exclude<ActorName, 'newcomer'>, Actor> = {
    owner,
    admin,
    agent,
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
    async actor(name) {
      if (name === 'newcomer') return (await makeVisitor(office)).actor;
      return name === 'agent' ? actingAs(server, workspaceId, agent.id) : actors[name];
    },
    conversation: () => startConversation(office, visitor),
    contactOf: async (conversationId) => (await server.ask('conversation.get', { conversationId }, owner)).contact.id,
  };
}
