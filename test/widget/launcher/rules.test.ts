import type { ParlourWidget } from '../../../widget/api/page-api.ts';
import { launcherWords } from '../../../server/channels/web-chat/launcher-words.ts';
import { configurationScript } from '../../../server/channels/web-chat/page-script.ts';
import type { Greeting, WebChatSettings } from '../../../shared/contract/channel.ts';
import type { Condition } from '../../../shared/contract/condition.ts';
import { channelLook } from '../../../shared/state/channel-look.ts';
import { defaultWebChatSettings } from '../../../shared/contract/channel.ts';
import { followRules } from '../../../widget/launcher/follow-rules.ts';
import type { GreeterModule, ImportModule, PageConfiguration, Panel } from '../../../widget/launcher/panel-port.ts';
import { startWidget } from '../../../widget/loader/start-widget.ts';
import { expectAccessible } from '../../accessible.ts';
import { expectNoLeak } from '../../inbox-elements/leaks.ts';
import { afterEach, describe, expect, it, until } from '../../page.ts';
import { sampleConfiguration } from '../sample.ts';

const address = `${location.origin}/widget.js?channel=ch_sample`;
const here = location.href;
const pushOf = (): unknown => Reflect.get(history, 'pushState');
const originalPush = pushOf();

const host = (): HTMLElement => document.querySelector('parlour-widget') as HTMLElement;
const root = (): ShadowRoot => host().shadowRoot as ShadowRoot;
const launcher = (): HTMLButtonElement => root().querySelector('button') as HTMLButtonElement;
const bubble = (): HTMLElement | null => root().querySelector('.greeting');
const parlour = (): ParlourWidget => window.Parlour as ParlourWidget;
const panel = { connect() {}, open() {}, close() {}, destroy() {}, ask: async () => undefined } satisfies Panel;

const on = (path: string): Condition => ({ field: 'path', operator: 'matches', value: path });
const greetingOf = (when: Condition, changes: Partial<Greeting> = {}): Greeting => ({
  id: 'hello',
  text: 'Any question about a piece?',
  translations: {},
  when,
  ...changes,
});

type Changes = Partial<WebChatSettings> & Partial<Pick<PageConfiguration, 'availability'>>;

/** With the rules as the server writes them. */
function configurationOf({ availability, ...choices }: Changes): PageConfiguration {
  const settings = { ...defaultWebChatSettings, ...choices };
  const configuration = {
    ...sampleConfiguration(availability && { availability }),
    ...channelLook(settings),
    ...((settings.showWhen ?? settings.greetings[0]) && { greeter: '/assets/greeter.js' }),
  };
  const script = configurationScript({ configuration, settings, words: launcherWords('en') });
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- in a page it is a part of the loader's script
  return new Function(`return ${script}`)() as PageConfiguration;
}

/** As the loader of that channel does it. */
function startWith(configuration: PageConfiguration, load: ImportModule): void {
  startWidget(configuration, address, load, configuration.greeter ? followRules : undefined);
}

function start(changes: Changes): string[] {
  const asked: string[] = [];
  const load = async (from: URL) => {
    asked.push(from.pathname);
    return from.pathname.includes('greeter')
      ? import('../../../widget/greeter/greeter.ts')
      : { mountPanel: () => panel };
  };
  startWith(configurationOf(changes), load);
  return asked;
}

afterEach(() => {
  for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
  window.Parlour = undefined;
  localStorage.clear();
  document.documentElement.lang = 'en';
  history.replaceState(null, '', here);
});

describe('rules', () => {
  it('show the launcher on some pages only, and notice when a page changes its address by itself', async () => {
    const asked = start({ showWhen: { not: on('/checkout*') } });
    expect(launcher().checkVisibility()).to.equal(true);
    history.pushState(null, '', '/checkout/1');
    await until(() => !launcher().checkVisibility(), 'it hides');
    history.pushState(null, '', '/shop');
    await until(() => launcher().checkVisibility(), 'it shows');
    expect(asked).to.deep.equal([]);
    expect(pushOf()).to.equal(originalPush);
  });

  it('notice it at once where the browser tells nothing of it, and put the page’s functions back', async () => {
    const own = Object.getOwnPropertyDescriptor(window, 'navigation') as PropertyDescriptor;
    Object.defineProperty(window, 'navigation', { configurable: true, value: undefined });
    // Nothing is looked at by the clock.
    const clock = Object.getOwnPropertyDescriptor(window, 'setInterval') as PropertyDescriptor;
    Object.defineProperty(window, 'setInterval', { configurable: true, value: () => 0 });
    try {
      const asked = start({ showWhen: { not: on('/checkout*') }, greetings: [greetingOf(on('*'))] });
      await until(() => pushOf() !== originalPush && bubble(), 'it watches and greets');
      history.pushState(null, '', '/checkout/1');
      await until(() => !launcher().checkVisibility() && !bubble(), 'launcher and greeting go');
      expect(asked).to.deep.equal(['/assets/greeter.js', '/assets/greeter.js']);
      parlour().destroy();
      expect(pushOf()).to.equal(originalPush);
      expect(Object.getOwnPropertyNames(history)).to.deep.equal([]);
    } finally {
      Object.defineProperty(window, 'setInterval', clock);
      Object.defineProperty(window, 'navigation', own);
    }
  });

  it('hide the launcher outside hours, when the minute comes', async () => {
    const changesAt = new Date(Date.now() + 3_000).toISOString();
    start({ showWhen: { field: 'open', operator: 'is', value: true }, availability: { open: true, changesAt } });
    expect(launcher().checkVisibility()).to.equal(true);
    await until(() => !launcher().checkVisibility(), 'it hides');
  });

  it('know the device, the language and what the page says of its visitor', async () => {
    document.documentElement.lang = 'de-AT';
    const device = Math.min(screen.width, screen.height) < 600 ? 'phone' : 'desktop';
    start({
      showWhen: {
        all: [
          { field: 'device', operator: 'is', value: device },
          { field: 'language', operator: 'is', value: 'de' },
          { field: 'plan', operator: 'is', value: 'pro' },
        ],
      },
    });
    expect(launcher().checkVisibility()).to.equal(false);
    parlour().known['plan'] = 'pro';
    parlour().look();
    expect(launcher().checkVisibility()).to.equal(true);
  });

  it('leave a launcher hidden that the page has hidden', async () => {
    start({ showWhen: on('*') });
    parlour().hide();
    parlour().look();
    expect(launcher().checkVisibility()).to.equal(false);
    parlour().show();
    expect(launcher().checkVisibility()).to.equal(true);
  });

  it('leave no node, listener or timer behind', async () => {
    await expectNoLeak(
      () => {
        localStorage.clear();
        start({ showWhen: on('*'), greetings: [greetingOf(on('*'))] });
        return Object.assign(document.createElement('div'), {
          remove(this: HTMLElement) {
            parlour().destroy();
            HTMLElement.prototype.remove.call(this);
          },
        });
      },
      () => until(() => bubble(), 'the greeting comes'),
    );
  });
});

describe('a greeting', () => {
  it('is accessible, in the visitor’s language, and beside the launcher', async () => {
    document.documentElement.lang = 'de';
    start({ greetings: [greetingOf(on('*'), { translations: { de: 'Fragen zu einem Stück?' } })] });
    await until(() => bubble(), 'it comes');
    expect(bubble()?.textContent).to.contain('Fragen zu einem Stück?');
    expect(bubble()?.role).to.equal('status');
    await expectAccessible(host());
    const [above, below] = [bubble(), launcher()].map((element) => element!.getBoundingClientRect());
    expect(above!.bottom).to.be.at.most(below!.top);
    expect(Math.abs(above!.right - below!.right)).to.be.at.most(1);
    expect(above!.width).to.be.greaterThan(100);
  });

  it('asks for nothing until its rule is fulfilled', async () => {
    const asked = start({ greetings: [greetingOf({ field: 'seconds', operator: 'atLeast', value: 1 })] });
    expect(asked).to.deep.equal([]);
    await until(() => bubble(), 'it comes');
    expect(asked).to.deep.equal(['/assets/greeter.js']);
  });

  it('comes when the pointer leaves towards the tabs, and not elsewhere', async () => {
    start({ greetings: [greetingOf({ field: 'leaving', operator: 'is', value: true })] });
    const leave = (clientY: number) =>
      document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientY }));
    leave(300);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(bubble()).to.equal(null);
    leave(-2);
    await until(() => bubble(), 'it comes');
  });

  it('comes at a depth of the page', async () => {
    const tall = document.createElement('div');
    tall.style.blockSize = '5000px';
    document.body.append(tall);
    start({ greetings: [greetingOf({ field: 'scroll', operator: 'atLeast', value: 50 })] });
    scrollTo(0, 4000);
    await until(() => bubble(), 'it comes');
    scrollTo(0, 0);
    tall.remove();
  });

  it('knows who comes back, and keeps the first visit only where a rule asks for it', async () => {
    const when: Condition = { field: 'returning', operator: 'is', value: true };
    start({ greetings: [greetingOf(on('/nowhere'))] });
    expect(localStorage.length).to.equal(0);
    parlour().destroy();
    start({ greetings: [greetingOf(when)] });
    expect(localStorage.length).to.equal(1);
    expect(bubble()).to.equal(null);
    parlour().destroy();
    localStorage.setItem('parlour:ch_sample:since', `${Date.now() - 86_400_000}`);
    start({ greetings: [greetingOf(when)] });
    await until(() => bubble(), 'it comes');
  });

  it('once dismissed does not come to this visitor again; another one may', async () => {
    const greetings = [greetingOf(on('*')), greetingOf(on('*'), { id: 'second', text: 'Still there?' })];
    start({ greetings });
    await until(() => bubble(), 'it comes');
    root().querySelector<HTMLElement>('.dismiss')?.click();
    expect(bubble()).to.equal(null);
    parlour().look();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(bubble()).to.equal(null);
    parlour().destroy();
    start({ greetings });
    await until(() => bubble(), 'the other comes');
    expect(bubble()?.textContent).to.contain('Still there?');
  });

  it('opens the chat with its words when it is clicked', async () => {
    const asked = start({ greetings: [greetingOf(on('*'))] });
    await until(() => bubble(), 'it comes');
    root().querySelector<HTMLElement>('.say')?.click();
    await until(() => parlour().isOpen, 'the chat opens');
    expect(bubble()).to.equal(null);
    expect(asked).to.deep.equal(['/assets/greeter.js', '/assets/panel.js']);
  });

  it('opens it where one writes, also where the home comes first', async () => {
    const configuration = configurationOf({ startAtHome: true, greetings: [greetingOf(on('*'))] });
    let given: PageConfiguration | undefined;
    const greeter = await import('../../../widget/greeter/greeter.ts');
    startWith(configuration, async (address) =>
      String(address).includes('greeter')
        ? greeter
        : { mountPanel: (port: { configuration: PageConfiguration }) => ((given = port.configuration), panel) },
    );
    await until(() => bubble(), 'it comes');
    root().querySelector<HTMLElement>('.say')?.click();
    await until(() => given, 'the chat opens');
    expect(given).to.deep.include({ greeting: 'Any question about a piece?', startAtHome: false });
  });

  it('goes when the chat is opened otherwise, or the address changes', async () => {
    start({ greetings: [greetingOf(on('*'))] });
    await until(() => bubble(), 'it comes');
    history.pushState(null, '', '/elsewhere');
    await until(() => !bubble(), 'it goes');
    await until(() => bubble(), 'it comes on the next page');
    void parlour().open();
    expect(bubble()).to.equal(null);
  });

  it('does not come when what draws it arrives after the widget has gone', async () => {
    const greeter = await import('../../../widget/greeter/greeter.ts');
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    let asked = 0;
    const drawing: Promise<void>[] = [];
    startWith(configurationOf({ greetings: [greetingOf(on('*'))] }), async () => {
      asked += 1;
      await arrived;
      const attend: GreeterModule['attend'] = (port) => {
        const drawn = greeter.attend(port);
        drawing.push(drawn);
        return drawn;
      };
      return { ...greeter, attend };
    });
    await until(() => asked > 0, 'the greeter is asked for');
    const gone = root();
    parlour().destroy();
    arrive();
    await until(() => drawing.length > 0, 'it is asked to draw');
    await Promise.all(drawing);
    expect(gone.querySelector('.greeting')).to.equal(null);
  });
});

describe('the site owner’s choices', () => {
  it('set the launcher’s side, distance, colour and label, readable upon it', async () => {
    start({ position: 'left', offsetInline: 40, offsetBlock: 60, color: '#f5c542', launcherLabel: 'Chat with us' });
    const { left, bottom, width } = launcher().getBoundingClientRect();
    expect(left).to.equal(40);
    expect(Math.round(document.documentElement.clientHeight - bottom)).to.be.closeTo(60, 1);
    expect(width).to.be.greaterThan(120);
    expect(launcher().textContent).to.equal('Chat with us');
    expect(launcher().ariaLabel).to.match(/^Chat with us/);
    expect(getComputedStyle(launcher()).color).to.equal('rgb(0, 0, 0)');
    await expectAccessible(host());
  });

  it('set its corner on the window, and the icon before the words, whichever way the page reads', () => {
    document.documentElement.dir = 'rtl';
    try {
      start({ launcherLabel: 'Chat with us' });
      const box = launcher().getBoundingClientRect();
      expect(document.documentElement.clientWidth - box.right).to.equal(20);
      const range = document.createRange();
      range.selectNodeContents(launcher());
      const words = range.getBoundingClientRect();
      expect(Math.round(box.right - words.right)).to.equal(50);
      expect(Math.round(words.left - box.left)).to.equal(20);
      parlour().destroy();
      start({ position: 'left' });
      expect(launcher().getBoundingClientRect().left).to.equal(20);
    } finally {
      document.documentElement.removeAttribute('dir');
    }
  });

  it('give the launcher another icon', () => {
    start({});
    const first = getComputedStyle(launcher(), '::before').clipPath;
    parlour().destroy();
    start({ launcherIcon: 'envelope' });
    expect(getComputedStyle(launcher(), '::before').clipPath).to.not.equal(first);
  });

  it('are said in the visitor’s language', () => {
    document.documentElement.lang = 'de-CH';
    start({ launcherLabel: 'Chat', translations: { de: { launcherLabel: 'Frag uns' } } });
    expect(launcher().textContent).to.equal('Frag uns');
  });

  it('make buttons of the page open the chat in place of the launcher, also ones that come later', async () => {
    start({ launcherSelector: '.help > a' });
    expect(launcher().checkVisibility()).to.equal(false);
    const help = document.createElement('p');
    help.className = 'help';
    const link = Object.assign(document.createElement('a'), { href: '#elsewhere' });
    link.append(document.createElement('b'));
    help.append(link);
    document.body.append(help);
    help.querySelector('b')?.click();
    await until(() => parlour().isOpen, 'the chat opens');
    expect(location.hash).to.equal('');
    parlour().destroy();
    help.querySelector('b')?.click();
    expect(location.hash).to.equal('#elsewhere');
    help.remove();
  });

  it('add no layout shift', async () => {
    const shifts: PerformanceEntry[] = [];
    const observer = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: false });
    start({ launcherLabel: 'Chat', offsetBlock: 60, greetings: [greetingOf(on('*'))] });
    await until(() => bubble(), 'the greeting comes');
    await new Promise((resolve) => setTimeout(resolve, 400));
    observer.disconnect();
    expect(shifts.map((shift) => (shift as PerformanceEntry & { value: number }).value)).to.deep.equal([]);
  });
});
