import type { WidgetHeader } from '../../../widget/panel/header/widget-header.ts';
import { describe, expect, it, settled, until } from '../../page.ts';
import { ada, ben, sampleConfiguration, samplePart, sampleSnapshot } from '../sample.ts';
import { openPanel } from './open-panel.ts';
import type { OpenPanel } from './open-panel.ts';

const headerIn = ({ panel }: OpenPanel): WidgetHeader =>
  panel.renderRoot.querySelector('parlour-widget-header') as WidgetHeader;
const boxOf = (opened: OpenPanel, part: string): DOMRect => {
  const element = headerIn(opened).renderRoot.querySelector(part);
  if (!element) throw new Error(`there is no ${part}`);
  return element.getBoundingClientRect();
};
const middleOf = ({ top, height }: DOMRect): number => top + height / 2;

/** One of whose conversations is shown. */
async function inConversation(): Promise<OpenPanel> {
  const opened = await openPanel();
  await opened.welcomeWith([samplePart(1, 'Hello')]);
  await opened.welcome(
    sampleSnapshot({
      team: [ada, ben].map((one) => ({ ...one, available: true })),
      conversations: [...opened.panel.chat!.visitor!.conversations.values()],
    }),
  );
  return opened;
}

describe('the head of the chat', () => {
  it('has its name above its hours where there is no button beside it', async () => {
    const opened = await openPanel();
    await opened.welcome(sampleSnapshot({ team: [{ ...ada, available: true }] }));
    const header = headerIn(opened);
    Object.assign(header, { closable: false, large: false });
    await settled(header);
    expect(boxOf(opened, 'h2').bottom).to.be.at.most(boxOf(opened, '.hours').top + 1);
  });

  it('has the way back, a face and the way out on one line', async () => {
    const opened = await inConversation();
    const line = middleOf(boxOf(opened, '[part=close]'));
    for (const part of ['.lead .round', '.avatar', '.actions'])
      expect(middleOf(boxOf(opened, part)), part).to.be.closeTo(line, 0.6);
  });

  it('gives a name of some length its room, whoever else answers', async () => {
    const opened = await inConversation();
    const header = headerIn(opened);
    header.configuration = sampleConfiguration({ name: 'Walker & Söhne' });
    await until(() => header.renderRoot.querySelector('parlour-widget-sound:not([hidden])'), 'all buttons are there');
    await settled(header);
    const name = header.renderRoot.querySelector('h2')!;
    expect(name.scrollWidth).to.be.at.most(name.clientWidth);
  });

  it('has no gap where a logo does not come', async () => {
    const opened = await openPanel();
    await opened.welcome(sampleSnapshot({ team: [] }));
    const header = headerIn(opened);
    await settled(header);
    const before = boxOf(opened, 'h2').left;
    header.configuration = sampleConfiguration({ logoUrl: 'data:image/png;base64,AAAA' });
    await settled(header);
    await until(() => header.renderRoot.querySelector('.logo[hidden]'), 'it is known not to come');
    expect(boxOf(opened, 'h2').left).to.be.closeTo(before, 0.5);
  });
});
