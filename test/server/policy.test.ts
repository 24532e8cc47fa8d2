/** Who may do what: every command by everybody, as the examples say, and everybody else is refused without a trace. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commands, queries } from '../../shared/contract/catalogue.ts';
import type { CommandName, QueryName } from '../../shared/contract/catalogue.ts';
import { publishedArticle } from './article-examples.ts';
import { examples } from './examples.ts';
import { refused, startTestServer } from './harness.ts';
import { settled } from './people.ts';
import type { Example } from './scene.ts';
import { actorNames, makeStage } from './stage.ts';
import type { ActorName } from './stage.ts';

const server = await startTestServer();
const stage = await makeStage(server);
const conversationId = await stage.conversation();
const contactId = await stage.contactOf(conversationId);
const articleId = await publishedArticle(stage);

describe('every command by everybody', () => {
  for (const name of Object.keys(commands) as CommandName[]) {
    const all = examples[name] as readonly Example<CommandName>[];
    const example = all[0]!;
    const allowed = new Set(all.flatMap(({ by }) => by));
    const others = actorNames.filter((actor) => !allowed.has(actor));

    // Setting up has tests of its own: it can be done once.
    if (name !== 'workspace.create') {
      it(`${name} is for ${[...allowed].join(', ')}`, async () => {
        for (const by of allowed) {
          const { arrange } = all.find((candidate) => candidate.by.includes(by))!;
          const { input } = await arrange(stage, by);
          await server.execute(name, input as never, await stage.actor(by));
        }
      });
    }

    it(`${name} is refused to ${others.join(', ')}, and nothing is written`, async () => {
      const { input } = await example.arrange(stage, example.by[0]);
      await settled(server);
      const before = await server.contents();
      for (const by of others) {
        await refused(server.execute(name, input as never, await stage.actor(by)), 'forbidden');
      }
      assert.equal(await server.contents(), before);
    });
  }
});

const readers: ActorName[] = ['owner', 'admin', 'agent', 'inbox admin', 'reading key', 'system'];
const reading: { [N in QueryName]: { by: ActorName[]; input: object } } = {
  'workspace.snapshot': { by: ['owner', 'admin', 'agent', 'inbox admin'], input: {} },
  'teammate.list': { by: readers, input: {} },
  'inbox.list': { by: readers, input: {} },
  'channel.list': { by: readers, input: {} },
  'apiKey.list': { by: ['owner', 'admin', 'system'], input: {} },
  'contact.get': { by: readers, input: { contactId } },
  'contact.list': { by: readers, input: {} },
  'contact.timeline': { by: readers, input: { contactId } },
  'conversation.list': { by: readers, input: {} },
  'conversation.counts': { by: readers, input: {} },
  'conversation.get': { by: readers, input: { conversationId } },
  'conversation.parts': { by: [...readers, 'visitor'], input: { conversationId } },
  'visitor.snapshot': { by: ['visitor'], input: {} },
  'attachment.links': { by: [...readers, 'visitor'], input: { attachmentIds: '00000000-0000-4000-8000-000000000000' } },
  'visitor.home': { by: ['visitor'], input: {} },
  'article.list': { by: readers, input: {} },
  'article.get': { by: readers, input: { articleId } },
  'articleCategory.list': { by: readers, input: {} },
  'article.search': { by: [...readers, 'visitor'], input: { text: 'shipping' } },
  'article.read': { by: [...readers, 'visitor'], input: { articleId } },
};

describe('every query by everybody', () => {
  for (const name of Object.keys(queries) as QueryName[]) {
    const { by, input } = reading[name];
    it(`${name} is for ${by.join(', ')}, and for nobody else`, async () => {
      for (const actor of actorNames) {
        const asked = server.ask(name, input as never, await stage.actor(actor));
        if (by.includes(actor)) await asked;
        else await refused(asked, 'forbidden');
      }
    });
  }
});
