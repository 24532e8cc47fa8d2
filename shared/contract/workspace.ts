import * as v from 'valibot';
import { command, event, query } from './definition.ts';
import { email, id, instant, line, password, timeZone } from './primitives.ts';
import { teammate } from './teammate.ts';
import { inbox } from './inbox.ts';
import { channel } from './channel.ts';

/** The tenant. */
export const workspace = v.strictObject({ id, name: line(80), createdAt: instant });
export type Workspace = v.InferOutput<typeof workspace>;

export const workspaceCommands = {
  'workspace.create': command({
    summary:
      'Make the workspace, its owner, a first inbox and a web-chat channel. Possible once, with the set-up token.',
    http: 'POST /workspace',
    input: v.strictObject({
      name: line(80),
      ownerName: line(80),
      email,
      password,
      timeZone,
    }),
    result: v.strictObject({ workspaceId: id, teammateId: id, inboxId: id, channelId: id }),
  }),
  'workspace.rename': command({
    summary: 'Change the name that visitors and teammates see.',
    http: 'PATCH /workspace',
    input: v.strictObject({ name: line(80) }),
    result: v.strictObject({}),
  }),
  'workspace.rotateSigningSecret': command({
    summary:
      'Make a new secret for signing teammate tokens. It is shown once; tokens signed with the one before stop working.',
    http: 'POST /workspace/signing-secret',
    input: v.strictObject({}),
    result: v.strictObject({ secret: v.nullable(v.string()) }),
  }),
  'workspace.rotateIdentitySecret': command({
    summary:
      'Make a new secret for proving to the chat who a visitor is. It is shown once; proofs signed with the one before stop working.',
    http: 'POST /workspace/identity-secret',
    input: v.strictObject({}),
    result: v.strictObject({ secret: v.nullable(v.string()) }),
  }),
};

/** What a teammate's app needs before its first list: small, sent with the welcome. */
export const workspaceSnapshot = v.strictObject({
  workspace,
  me: teammate,
  teammates: v.array(teammate),
  inboxes: v.array(inbox),
  channels: v.array(channel),
  onlineTeammateIds: v.array(id),
  publicUrl: v.string(),
  /** Whether the server was told how to send mail: without, nobody is alerted by it. */
  sendsMail: v.boolean(),
  /** Whether you have a password here: whoever comes only through a host app's teammate token has none. */
  hasPassword: v.boolean(),
});
export type WorkspaceSnapshot = v.InferOutput<typeof workspaceSnapshot>;

export const workspaceQueries = {
  'workspace.snapshot': query({
    summary: 'The workspace, who you are, and the teammates, inboxes and channels you may see.',
    http: 'GET /workspace',
    input: v.strictObject({}),
    result: workspaceSnapshot,
  }),
};

export const workspaceEvents = {
  'workspace.created': event({ summary: 'The workspace was made.', facts: v.strictObject({}) }),
  'workspace.renamed': event({ summary: 'The name of the workspace changed.', facts: v.strictObject({}) }),
  'workspace.signingSecretRotated': event({
    summary: 'A new secret for teammate tokens was made.',
    facts: v.strictObject({}),
  }),
  'workspace.identitySecretRotated': event({
    summary: 'A new secret for proving who visitors are was made.',
    facts: v.strictObject({}),
  }),
};
