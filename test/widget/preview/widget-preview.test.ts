import { html } from 'lit';
import { defaultOffHours } from '../../../shared/contract/off-hours.ts';
import { kept } from '../../../widget/launcher/visitor-record.ts';
import { inMemory } from '../../../widget/panel/visitor-memory.ts';
import type { WidgetPreview } from '../../../widget/preview/widget-preview.ts';
import '../../../widget/preview/widget-preview.ts';
import { describe, expect, it, mount, settled, until } from '../../page.ts';

describe('<parlour-widget-preview>', () => {
  it('draws the real launcher and panel with the settings it is given, and asks the server for nothing', async () => {
    const before = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/')).length;
    const preview = await mount<WidgetPreview>(
      html`<parlour-widget-preview .workspaceName=${'Kilnmere'} .settings=${{ launcherLabel: 'Ask us' }}></parlour-widget-preview>`,
    );
    const root = (): ShadowRoot | null | undefined => preview.shadowRoot?.querySelector('div')?.shadowRoot;
    const launcher = (): HTMLButtonElement | null | undefined =>
      root()?.querySelector<HTMLButtonElement>('[part="launcher"]');
    await until(() => launcher()?.textContent === 'Ask us', 'the launcher is drawn');
    const place = preview.getBoundingClientRect();
    const { right, bottom } = launcher()!.getBoundingClientRect();
    expect(right).to.be.at.most(place.right);
    expect(bottom).to.be.at.most(place.bottom);
    launcher()!.click();
    await until(() => root()?.querySelector('parlour-widget-panel')?.open, 'the panel opens');
    const box = () => root()!.querySelector('parlour-widget-panel')!.getBoundingClientRect();
    await until(() => box().height > 0, 'the panel has a size');
    expect(box().top, 'it lies within its place').to.be.at.least(place.top);
    expect(box().left).to.be.at.least(place.left);
    const first = root();
    preview.settings = { launcherLabel: 'Ask us', greeting: 'Good day!' };
    await until(() => root() !== first, 'it is drawn anew');
    await until(() => root()?.querySelector('parlour-widget-panel')?.open, 'and stays open');
    const second = root();
    preview.settings = { launcherLabel: 'Other words', greeting: 'Good day!' };
    await until(() => root() !== second, 'it is drawn anew once more');
    await until(
      () => root()?.querySelector('parlour-widget-panel')?.open,
      'and stays open, whatever is changed of the launcher',
    );
    launcher()!.click();
    await until(() => launcher()?.textContent === 'Other words', 'which says it once it is closed');
    preview.settings = { launcherLabel: 'Still others', greeting: 'Good day!' };
    await until(() => launcher()?.textContent === 'Still others', 'and stays closed');
    expect(window.Parlour).to.equal(undefined);
    const after = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/')).length;
    expect(after).to.equal(before);
  });

  it('takes the focus of whoever opens the chat, and none that is in a field beside it', async () => {
    const place = await mount(
      html`<div><parlour-widget-preview></parlour-widget-preview><input aria-label="Greeting" /></div>`,
    );
    const preview = place.querySelector<WidgetPreview>('parlour-widget-preview')!;
    const root = (): ShadowRoot | null | undefined => preview.shadowRoot?.querySelector('div')?.shadowRoot;
    const words = (): HTMLTextAreaElement | null | undefined =>
      root()
        ?.querySelector('parlour-widget-panel')
        ?.shadowRoot?.querySelector('parlour-widget-composer')
        ?.shadowRoot?.querySelector('textarea');
    await until(() => root()?.querySelector('[part="launcher"]'), 'the launcher is drawn');
    const launcher = root()!.querySelector<HTMLElement>('[part="launcher"]')!;
    launcher.focus();
    launcher.click();
    await until(() => words()?.matches(':focus'), 'one can write');
    const field = place.querySelector('input')!;
    field.focus();
    let took = 0;
    preview.addEventListener('focusin', () => (took += 1));
    const before = words();
    preview.settings = { greeting: 'Good day!' };
    const panel = () => root()?.querySelector('parlour-widget-panel');
    await until(() => words() && words() !== before && panel()?.open && panel()?.chat, 'it is drawn anew, open');
    await settled(panel()!);
    await new Promise((resolve) => setTimeout(resolve));
    expect([took, document.activeElement === field]).to.deep.equal([0, true]);
  });

  it('shows whether somebody is there as it is told, and the greeting all the same', async () => {
    const preview = await mount<WidgetPreview>(
      html`<parlour-widget-preview .settings=${{ greeting: 'Hello there!' }}></parlour-widget-preview>`,
    );
    const root = (): ShadowRoot | null | undefined => preview.shadowRoot?.querySelector('div')?.shadowRoot;
    await until(() => root()?.querySelector('i')?.className === 'on', 'somebody is there');
    preview.availability = { open: false, changesAt: null };
    await until(() => root()?.querySelector('i')?.className === '', 'nobody is there');
    root()!.querySelector<HTMLElement>('[part="launcher"]')!.click();
    const said = (tag: string, part: string): string | null | undefined =>
      root()?.querySelector('parlour-widget-panel')?.shadowRoot?.querySelector(tag)?.shadowRoot?.querySelector(part)
        ?.textContent;
    await until(() => said('parlour-widget-header', '[part=hours]') === 'We are away right now', 'the head says so');
    await until(() => said('parlour-widget-greeting', '.bubble') === 'Hello there!', 'the greeting is read');
  });

  it('says that it sends nothing, and does not offer to try that again', async () => {
    const preview = await mount<WidgetPreview>(html`<parlour-widget-preview></parlour-widget-preview>`);
    const within = <E extends HTMLElement>(...path: string[]): E | null =>
      path.reduce<ParentNode | null | undefined>((at, selector) => {
        const found = at?.querySelector(selector);
        return found?.shadowRoot ?? found;
      }, preview.shadowRoot?.querySelector('div')?.shadowRoot) as E | null;
    await until(() => within('[part="launcher"]'), 'the launcher is drawn');
    within('[part="launcher"]')!.click();
    const words = () => within<HTMLTextAreaElement>('parlour-widget-panel', 'parlour-widget-composer', 'textarea');
    await until(words, 'one can write');
    words()!.value = 'Is anybody there?';
    words()!.dispatchEvent(new InputEvent('input', { bubbles: true }));
    words()!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    const failure = () => within('parlour-widget-panel', 'parlour-widget-thread', '.failure');
    await until(() => failure()?.checkVisibility(), 'it says what became of it');
    expect(failure()!.innerText.trim()).to.equal('Not sent. This is a preview: nothing is sent.');
    expect(Object.keys(localStorage), 'and nothing is kept').to.deep.equal([]);
    expect(Object.keys(sessionStorage).filter((key) => key.startsWith('parlour:'))).to.deep.equal([]);
  });

  it('looks the same whatever the browser kept of an earlier one', async () => {
    inMemory.clear();
    const record = `pv_${'a'.repeat(43)}`;
    const earlier = {
      'parlour:preview': `${record}+`,
      'parlour:preview:sound': 'on',
      [`parlour:preview:draft:${record.slice(-8)}:`]: 'Left unsent',
    };
    for (const place of [localStorage, sessionStorage]) Object.assign(place, earlier);
    try {
      const preview = await mount<WidgetPreview>(html`<parlour-widget-preview></parlour-widget-preview>`);
      const root = (): ShadowRoot | null | undefined => preview.shadowRoot?.querySelector('div')?.shadowRoot;
      await until(() => root()?.querySelector('[part="launcher"]'), 'the launcher is drawn');
      root()!.querySelector<HTMLElement>('[part="launcher"]')!.click();
      const inside = (tag: string): ShadowRoot | null | undefined =>
        root()?.querySelector('parlour-widget-panel')?.shadowRoot?.querySelector(tag)?.shadowRoot;
      const words = () => inside('parlour-widget-composer')?.querySelector('textarea');
      await until(words, 'one can write');
      expect(words()!.value).to.equal('');
      expect(Object.keys(earlier).map((name) => kept(name.slice('parlour:'.length)))).to.deep.equal([
        undefined,
        undefined,
        undefined,
      ]);
    } finally {
      for (const place of [localStorage, sessionStorage])
        for (const name of Object.keys(earlier)) place.removeItem(name);
    }
  });

  it('shows the team it is given, nobody else, and while nobody is there what is said then', async () => {
    const offHours = { ...defaultOffHours, text: 'Back on Monday.', translations: { de: { text: 'Montag wieder.' } } };
    const preview = await mount<WidgetPreview>(
      html`<parlour-widget-preview .settings=${{ greeting: 'Hello there!' }} .offHours=${offHours}></parlour-widget-preview>`,
    );
    const root = (): ShadowRoot | null | undefined => preview.shadowRoot?.querySelector('div')?.shadowRoot;
    const inside = (tag: string): ShadowRoot | null | undefined =>
      root()?.querySelector('parlour-widget-panel')?.shadowRoot?.querySelector(tag)?.shadowRoot;
    const said = (): string | null | undefined =>
      inside('parlour-widget-greeting')?.querySelector('.bubble')?.textContent;
    const faces = (): string[] =>
      [...(inside('parlour-widget-header')?.querySelectorAll('.faces > *') ?? [])].map(({ textContent }) =>
        textContent.trim(),
      );
    await until(() => root()?.querySelector('[part="launcher"]'), 'the launcher is drawn');
    root()!.querySelector<HTMLElement>('[part="launcher"]')!.click();
    await until(() => said() === 'Hello there!', 'somebody is there');
    expect(faces()).to.deep.equal([]);
    preview.team = [{ id: '00000000-0000-7000-8000-000000000011', name: 'Mira', available: true }];
    await until(() => faces().join() === 'M', 'the one who answers');
    preview.availability = { open: false, changesAt: null };
    await until(() => said() === 'Back on Monday.', 'what visitors read now');
    preview.language = 'de';
    await until(() => said() === 'Montag wieder.', 'in their language');
    preview.language = '';
    await until(() => said() === 'Back on Monday.', 'in its own again');
    preview.offHours = null;
    await until(() => said() === 'Hello there!', 'the greeting all the same');
  });

  it('greets in that language where the owner has written nothing, also while nobody is there', async () => {
    const preview = await mount<WidgetPreview>(
      html`<parlour-widget-preview .language=${'de'}></parlour-widget-preview>`,
    );
    const said = (): string | null | undefined =>
      preview.shadowRoot
        ?.querySelector('div')
        ?.shadowRoot?.querySelector('parlour-widget-panel')
        ?.shadowRoot?.querySelector('parlour-widget-greeting')
        ?.shadowRoot?.querySelector('.bubble')?.textContent;
    const german = 'Hallo! Wie können wir Ihnen helfen?';
    await until(() => said() === german, 'in German', 8_000);
    preview.settings = { greeting: 'Ask away' };
    await until(() => said() === 'Ask away', 'the owner’s own words');
    preview.settings = {};
    preview.availability = { open: false, changesAt: null };
    await until(() => said() === german, 'the same off hours');
    preview.language = '';
    await until(() => said() === 'Hello! How can we help?', 'and in English again', 8_000);
    preview.remove();
  });

  it('speaks another language, with the owner’s words in it', async () => {
    const settings = {
      launcherLabel: 'Ask us',
      greeting: 'Hello!',
      translations: { de: { launcherLabel: 'Frag uns', greeting: 'Moin!' } },
    };
    const preview = await mount<WidgetPreview>(
      html`<parlour-widget-preview .settings=${settings} .language=${'de'}></parlour-widget-preview>`,
    );
    const root = (): ShadowRoot | null | undefined => preview.shadowRoot?.querySelector('div')?.shadowRoot;
    const panel = (): Element | null | undefined => root()?.querySelector('parlour-widget-panel');
    const words = (node: Node): string =>
      [...node.childNodes].map((child) => words(child)).join(' ') +
      (node instanceof Element && node.shadowRoot ? words(node.shadowRoot) : (node.nodeValue ?? ''));
    await until(() => panel() && words(panel()!).includes('Moin!'), 'the greeting in German');
    root()!.querySelector<HTMLElement>('[part="launcher"]')!.click();
    expect(root()?.querySelector('[part="launcher"]')?.textContent).to.equal('Frag uns');
    expect(panel()!.shadowRoot!.querySelector('[lang="de"]')).to.not.equal(null);
    preview.language = '';
    await until(() => root()?.querySelector('[part="launcher"]')?.textContent === 'Ask us', 'the owner’s own words');
    preview.remove();
  });
});
