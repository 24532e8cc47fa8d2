import type { RichBlock } from '../../../shared/contract/block.ts';
import { describe, expect, it, until } from '../../page.ts';
import { ada, samplePart } from '../sample.ts';
import { openPanel } from './open-panel.ts';
import type { OpenPanel } from './open-panel.ts';

const buttons: RichBlock = { type: 'buttons', id: 'size', buttons: [{ id: 's', label: 'Small' }] };

const marks = ({ client }: OpenPanel): unknown[] =>
  client.commands.filter(({ name }) => name === 'conversation.markRead').map(({ input }) => input['seq']);

/** From here on this page fetches no script, whatever comes: so these tests have a file of their own. */
function fetchNothingMore(): void {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "script-src 'none'";
  document.head.append(policy);
}

/** Settles when the browser has refused to fetch a script. */
const refused = (): Promise<unknown> =>
  new Promise((resolve) => document.addEventListener('securitypolicyviolation', resolve, { once: true }));

const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

describe('a message of which a part cannot be fetched', () => {
  it('is asked for again, and is read, with those after it, once it is drawn and not before', async () => {
    const opened = await openPanel();
    await opened.welcomeWith([samplePart(1, 'Hello', { author: ada })], 0);
    await until(() => marks(opened).at(-1) === 1, 'what is plain is read');
    fetchNothingMore();
    const [asked, first] = [samplePart(2, 'Which one?', { author: ada }), refused()];
    opened.client.hearPart({ ...asked, body: [...asked.body, buttons] }, 1);
    await first;
    await refused();
    opened.client.hearPart(samplePart(3, 'Well?', { author: ada }), 2);
    await opened.settle();
    for (let frames = 0; frames < 3; frames += 1) await frame();
    expect(marks(opened).at(-1)).to.equal(1);
    expect(opened.bubbles.at(-1)).to.equal('Well?');
    // As when it has come at last.
    customElements.define('parlour-widget-blocks', class extends HTMLElement {});
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => marks(opened).at(-1) === 3, 'all of it is read');
  });
});
