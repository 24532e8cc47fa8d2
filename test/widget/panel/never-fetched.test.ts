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

describe('a message of which a part cannot be fetched', () => {
  it('is read like others, and those after it too', async () => {
    const opened = await openPanel();
    await opened.welcomeWith([samplePart(1, 'Hello', { author: ada })], 0);
    await until(() => marks(opened).at(-1) === 1, 'what is plain is read');
    fetchNothingMore();
    const asked = samplePart(2, 'Which one?', { author: ada });
    opened.client.hearPart({ ...asked, body: [...asked.body, buttons] }, 1);
    await opened.settle();
    await until(() => marks(opened).at(-1) === 2, 'it is read');
    expect(customElements.get('parlour-widget-blocks')).to.equal(undefined);
    opened.client.hearPart(samplePart(3, 'Well?', { author: ada }), 2);
    await until(() => marks(opened).at(-1) === 3, 'what came after it is read');
  });
});
