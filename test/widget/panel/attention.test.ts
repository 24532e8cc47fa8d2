import { visitorFrom } from '../../../shared/state/visitor.ts';
import type { VisitorState } from '../../../shared/state/visitor.ts';
import type { ParlourWidget } from '../../../widget/api/page-api.ts';
import { Attention } from '../../../widget/panel/attention/attention.ts';
import { expectAccessible } from '../../accessible.ts';
import { afterEach, beforeEach, describe, expect, it, until } from '../../page.ts';
import { ada, sampleInstant, samplePart, sampleSnapshot, sampleVisitorConversation } from '../sample.ts';
import { openPanel } from './open-panel.ts';
import type { OpenPanel } from './open-panel.ts';

let visibility: DocumentVisibilityState = 'visible';
const browsersOwn = window.AudioContext;
const notes: number[] = [];

/** Counts notes in place of playing them. */
class SilentAudio extends browsersOwn {
  override resume = async (): Promise<void> => {};
  override createOscillator = (): OscillatorNode => {
    const oscillator = super.createOscillator();
    oscillator.start = () => void notes.push(oscillator.frequency.value);
    oscillator.stop = () => {};
    return oscillator;
  };
}

function look(at: DocumentVisibilityState): void {
  visibility = at;
  document.dispatchEvent(new Event('visibilitychange'));
}

const bell = (opened: OpenPanel): HTMLButtonElement | null | undefined =>
  opened.panel.renderRoot
    .querySelector('parlour-widget-header')
    ?.renderRoot.querySelector('parlour-widget-sound')
    ?.shadowRoot?.querySelector('button');

async function talking(): Promise<OpenPanel> {
  const opened = await openPanel();
  await opened.welcomeWith([samplePart(1, 'Hello'), samplePart(2, 'Good morning', { author: ada })]);
  await until(() => bell(opened), 'the bell is there');
  return opened;
}

beforeEach(() => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility });
  document.title = 'Kilnmere Stoneware';
  window.AudioContext = SilentAudio;
  notes.length = 0;
});

afterEach(() => {
  window.AudioContext = browsersOwn;
  look('visible');
  Reflect.deleteProperty(document, 'visibilityState');
});

describe('the visitor’s attention', () => {
  it('is not asked for before there is a conversation', async () => {
    const opened = await openPanel();
    await opened.welcome();
    expect(
      opened.panel.renderRoot.querySelector('parlour-widget-header')?.renderRoot.querySelector('parlour-widget-sound'),
    ).to.have.property('hidden', true);
    await expectAccessible(opened.host);
  });

  it('is called back by a count in the tab’s title, which goes when they are back', async () => {
    const opened = await talking();
    look('hidden');
    expect(document.title).to.equal('Kilnmere Stoneware');
    opened.client.hearPart(samplePart(3, 'Are you there?', { author: ada }), 2);
    await until(() => document.title === '(1) Kilnmere Stoneware', 'the title counts');
    look('visible');
    expect(document.title).to.equal('Kilnmere Stoneware');
  });

  it('leaves the title as it was when the widget goes, and a title of the page’s own alone', async () => {
    const opened = await talking();
    look('hidden');
    opened.client.hearPart(samplePart(3, 'Are you there?', { author: ada }), 2);
    await until(() => document.title === '(1) Kilnmere Stoneware', 'the title counts');
    document.title = 'Basket';
    look('visible');
    expect(document.title).to.equal('Basket');
    look('hidden');
    expect(document.title).to.equal('(1) Basket');
    for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
    await until(() => document.title === 'Basket', 'the title is back');
  });

  it('is not called by sound until they allow it; then by each answer that they do not see come', async () => {
    const opened = await talking();
    look('hidden');
    opened.client.hearPart(samplePart(3, 'Are you there?', { author: ada }), 2);
    await opened.settle();
    expect(notes).to.deep.equal([]);
    look('visible');
    expect(bell(opened)?.ariaPressed).to.equal('false');
    bell(opened)?.click();
    await until(() => bell(opened)?.ariaPressed === 'true', 'it is allowed');
    await until(() => notes.length >= 2, 'they hear what they allow');
    expect(notes).to.have.length(2);
    expect(localStorage.getItem('parlour:ch_sample:sound')).to.equal('on');
    await expectAccessible(opened.host);
    opened.client.hearPart(samplePart(4, 'I see you', { author: ada }), 3);
    await opened.settle();
    expect(notes).to.have.length(2);
    look('hidden');
    opened.client.hearPart(samplePart(5, 'Bye', { author: ada }), 4);
    await until(() => notes.length >= 4, 'the answer is heard');
    expect(notes).to.have.length(4);
    bell(opened)?.click();
    await until(() => bell(opened)?.ariaPressed === 'false', 'it is off again');
    opened.client.hearPart(samplePart(6, 'Bye bye', { author: ada }), 4);
    await opened.settle();
    expect(notes).to.have.length(4);
  });

  it('is called once for all that came while what calls them was on its way', async () => {
    localStorage.setItem('parlour:ch_late:sound', 'on');
    look('hidden');
    const widget = { isOpen: true, unreadCount: 0 } as ParlourWidget;
    const attention = new Attention('ch_late', widget, () => true);
    const at = (minute: number): VisitorState => {
      const lastMessage = { preview: '', authorKind: 'teammate' as const, at: sampleInstant(minute) };
      return visitorFrom(sampleSnapshot({ conversations: [sampleVisitorConversation({ lastMessage })] }));
    };
    for (const minute of [0, 1, 2, 3]) attention.hear(at(minute));
    await until(() => notes.length > 0, 'they are called');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(notes).to.have.length(2);
    attention.destroy();
  });
});
