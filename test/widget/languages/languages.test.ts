import { errorCodes } from '../../../shared/contract/error.ts';
import type { ErrorCode } from '../../../shared/contract/error.ts';
import { refusalIn, spoken } from '../../../shared/ui/language.ts';
import { plural } from '../../../shared/ui/plural.ts';
import { clockText } from '../../../shared/ui/time.ts';
import { msg, str } from '@lit/localize';
import { catalogues, chooseLanguage, speak } from '../../../widget/languages/language.ts';
import type { LauncherPort, PageConfiguration } from '../../../widget/launcher/panel-port.ts';
import { startWidget } from '../../../widget/loader/start-widget.ts';
import { mountPanel } from '../../../widget/panel/panel.ts';
import { translate } from '../../../widget/languages/translate.ts';
import { expectAccessible } from '../../accessible.ts';
import { afterEach, describe, expect, it, until } from '../../page.ts';
import { FakeVisitorClient } from '../fake-visitor-client.ts';
import {
  ada,
  sampleConfiguration,
  sampleId,
  samplePart,
  sampleSnapshot,
  sampleVisitorConversation,
} from '../sample.ts';
import { OpenPanel } from '../panel/open-panel.ts';

const addressIn = (language: string): string => `${location.origin}/widget.js?channel=ch_sample&language=${language}`;

async function openIn(language: string, changes: Partial<PageConfiguration> = {}): Promise<OpenPanel> {
  const client = new FakeVisitorClient();
  startWidget(sampleConfiguration(changes), addressIn(language), async () => ({
    mountPanel: (port: LauncherPort) => mountPanel(port, () => client),
  }));
  const opened = new OpenPanel(client);
  opened.launcher.click();
  await until(
    () => opened.panel?.renderRoot.querySelector('.card') && opened.panel.chat,
    'the panel is drawn, with a chat',
  );
  await opened.settle();
  return opened;
}

const card = (opened: OpenPanel): HTMLElement => opened.panel.renderRoot.querySelector('.card') as HTMLElement;

afterEach(async () => {
  document.documentElement.removeAttribute('lang');
  await speak(addressIn('en'));
});

describe('the widget’s language', () => {
  it('says in every language in one line of a phone what the field is for', async () => {
    // A letter that stands in a square takes the room of two.
    const widthOf = (text: string): number =>
      Array.from(text).reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0);
    for (const language of Object.keys(catalogues)) {
      await speak(addressIn(language));
      for (const hint of [msg('Ask us anything…'), msg('Write a message…')]) {
        expect(widthOf(hint), `${language}: ${hint}`).to.be.at.most(21);
      }
    }
  });

  it('is the first wanted one there is, whatever its region, and English when there is none', () => {
    expect(chooseLanguage(['', 'fi', 'de-AT', 'fr'])).to.equal('de');
    expect(chooseLanguage(['zh-Hans-CN'])).to.equal('zh');
    expect(chooseLanguage(['pt_BR'])).to.equal('pt');
    expect(chooseLanguage(['fi', 'en-GB', 'de'])).to.equal('en');
    expect(chooseLanguage(['fi', 'constructor', '__proto__'])).to.equal('en');
  });

  it('is what the script’s address asks for, else the page’s own', async () => {
    document.documentElement.lang = 'fr-CA';
    await speak(`${location.origin}/widget.js?channel=ch_sample`);
    expect(msg('Send')).to.equal('Envoyer');
    await speak(addressIn('de'));
    expect(msg('Send')).to.equal('Senden');
    const name = 'Kilnmere';
    expect(msg(str`Chat with ${name}`)).to.equal('Chat mit Kilnmere');
    await speak(addressIn('en'));
    expect(msg('Send')).to.equal('Send');
  });

  it('is that of refusals, too, whose own sentences are English', async () => {
    const refusal = { code: 'rate_limited', message: 'You send too much.' } as const;
    expect(refusalIn(refusal)).to.equal('You send too much.');
    await speak(addressIn('de'));
    const codes = Object.keys(errorCodes) as ErrorCode[];
    for (const code of codes) expect(refusalIn({ code, message: 'English' }), code).to.not.match(/English|undefined/);
    expect(refusalIn(refusal)).to.match(/^Das war viel auf einmal/);
    expect(refusalIn({ code: 'of_tomorrow' as ErrorCode, message: 'What a newer server says.' })).to.equal(
      'What a newer server says.',
    );
    await speak(addressIn('en'));
    expect(refusalIn(refusal)).to.equal('You send too much.');
  });

  it('is that of dates and numbers, too', async () => {
    await speak(addressIn('de'));
    expect(clockText('2026-03-09T15:05:00.000Z', { timeZone: 'UTC' })).to.equal('15:05');
    await speak(addressIn('ja'));
    expect(spoken.locale).to.equal('ja');
  });

  it('chooses among the plural forms that a language has', async () => {
    const files = (count: number): string => plural(count, msg(str`${count} file`), msg(str`${count} files`));
    expect([0, 1, 2].map(files)).to.deep.equal(['0 files', '1 file', '2 files']);
    await speak(addressIn('de'));
    await translate('pl', ['de', 'pl'], {
      '{0} file': '{0} plik',
      '{0} files': { few: '{0} pliki', many: '{0} plików', other: '{0} pliku' },
    });
    spoken.language = 'pl';
    expect([1, 2, 5, 22].map(files)).to.deep.equal(['1 plik', '2 pliki', '5 plików', '22 pliki']);
  });

  it('is the launcher’s too: as the server guessed it, and once the panel is there as the page has it', async () => {
    const words = {
      language: 'fr',
      open: 'Ouvrir le chat',
      close: 'Fermer le chat',
      unread: 'non lus : #',
      online: 'en ligne',
      failed: 'Le chat n’a pas pu être chargé.',
    };
    startWidget(sampleConfiguration({ words }), addressIn('de'), async () => ({
      mountPanel: (port: LauncherPort) => mountPanel(port, () => new FakeVisitorClient()),
    }));
    const { launcher } = new OpenPanel(new FakeVisitorClient());
    expect(launcher.ariaLabel).to.equal('Ouvrir le chat, en ligne');
    expect(launcher.parentElement?.lang).to.equal('fr');
    launcher.click();
    await until(() => launcher.ariaLabel === 'Chat schließen', 'it says in German that it closes');
    expect(launcher.parentElement?.lang).to.equal('de');
  });

  it('draws an accessible panel in every language, from right to left where it is read so', async () => {
    for (const language of Object.keys(catalogues)) {
      const opened = await openIn(language);
      await opened.welcomeWith([samplePart(1, 'Hello'), samplePart(2, 'Good morning', { author: ada })]);
      expect(card(opened).lang).to.equal(language);
      expect(card(opened).dir).to.equal(language === 'ar' ? 'rtl' : 'ltr');
      expect(opened.field.getAttribute('aria-label')).to.equal(msg('Your message')).and.not.equal('Your message');
      if (language === 'ar' || language === 'de') await expectAccessible(opened.host);
      for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
    }
  });

  it('is that of the welcome, where the owner has written none of their own', async () => {
    const unwritten = { greeting: undefined };
    const opened = await openIn('de', unwritten);
    await opened.welcome();
    await until(() => opened.greeting === 'Hallo! Wie können wir Ihnen helfen?', 'it greets in German');
    await opened.send('Moin');
    await until(() => opened.bubbles.includes('Moin'), 'the message stands below it');
    expect(opened.greeting).to.equal('Hallo! Wie können wir Ihnen helfen?');
  });

  it('is not that of the welcome where the owner has written one, or wants none', async () => {
    const own = await openIn('de', { greeting: 'Ask away' });
    await own.welcome();
    await until(() => own.greeting === 'Ask away', 'the owner’s words stay theirs');
    window.Parlour?.widgets?.ch_sample?.destroy();
    localStorage.clear();
    const none = await openIn('de', { greeting: '' });
    await none.welcome();
    await until(() => none.panel.renderRoot.querySelector('parlour-widget-greeting'), 'it is drawn');
    expect(none.greeting, 'an owner who wants no words has none').to.equal('');
  });

  it('is that of the welcome at home, too', async () => {
    const opened = await openIn('fr', { greeting: undefined, startAtHome: true });
    await opened.welcome();
    await customElements.whenDefined('parlour-widget-home');
    const home = opened.panel.renderRoot.querySelector('parlour-widget-home')!;
    const said = (): string | undefined => home.renderRoot.querySelector('[part=greeting]')?.textContent?.trim();
    await until(() => said() === 'Bonjour ! Comment pouvons-nous vous aider ?', 'it greets in French');
    await speak(addressIn('es'));
    home.requestUpdate();
    await until(() => said() === '¡Hola! ¿En qué podemos ayudarte?', 'and in Spanish from then on');
  });

  for (const language of ['ar', 'ja', 'zh'])
    it(`puts no Latin comma between day and time: ${language}`, async () => {
      const opened = await openIn(language);
      const conversations = [1, 2].map((number) => sampleVisitorConversation({ id: sampleId(number) }));
      await opened.welcome(sampleSnapshot({ conversations }));
      const times = () => [
        ...(opened.panel.renderRoot.querySelector('parlour-widget-home')?.renderRoot?.querySelectorAll('time') ?? []),
      ];
      await until(() => times().length === 2, 'both are listed');
      for (const { textContent } of times()) expect(textContent).to.match(/\S/).and.not.to.contain(',');
    });

  it('has titles of another direction where its own titles stand', async () => {
    const opened = await openIn('ar', { startAtHome: true });
    await opened.welcome(sampleSnapshot({ help: true }));
    await customElements.whenDefined('parlour-widget-help');
    const help = document.createElement('parlour-widget-help');
    const excerpt = 'Within three days.';
    help.suggestions = [{ id: sampleId(1), slug: 'a', title: 'Shipping', language: 'en', category: null, excerpt }];
    opened.panel.renderRoot.querySelector('.card')?.append(help);
    await help.updateComplete;
    const row = help.renderRoot.querySelector('.row')!;
    for (const part of ['.title', '.about']) {
      const words = document.createRange();
      words.selectNodeContents(row.querySelector(part)!);
      const gap = row.getBoundingClientRect().right - words.getBoundingClientRect().right;
      expect(gap, `${part} is away from where a line begins`).to.be.within(0, 20);
    }
  });

  it('has what is optional after a question of another direction', async () => {
    const opened = await openIn('ar');
    const fields = [{ key: 'which', label: 'Which product?', kind: 'text' as const, required: false }];
    const { doors } = sampleSnapshot();
    await opened.welcome(sampleSnapshot({ doors: { ...doors, preChat: { fields, consent: null } } }));
    const label = () =>
      opened.panel.renderRoot.querySelector('parlour-widget-form')?.renderRoot?.querySelector('label[for=which]');
    await until(label, 'the question is there');
    const optional = label()!.querySelector('.optional')!;
    const asked = document.createRange();
    asked.setStart(label()!, 0);
    asked.setEndBefore(optional);
    expect(optional.getBoundingClientRect().right).to.be.at.most(asked.getBoundingClientRect().left + 8);
    const text = document.createTreeWalker(label()!, NodeFilter.SHOW_TEXT);
    let question = text.nextNode();
    while (question && !question.textContent?.includes('?')) question = text.nextNode();
    const [first, last] = [0, 'Which product'.length].map((at) => {
      const letter = document.createRange();
      letter.setStart(question!, at);
      letter.setEnd(question!, at + 1);
      return letter.getBoundingClientRect().left;
    });
    expect(last, 'its mark is at its end').to.be.greaterThan(first!);
  });

  it('puts one’s own messages at the other side where text runs from right to left', async () => {
    const opened = await openIn('ar');
    await opened.welcomeWith([samplePart(1, 'مرحبا'), samplePart(2, 'أهلا', { author: ada })]);
    const [mine, theirs] = [...opened.thread.renderRoot.querySelectorAll('.messages .bubble')].map(
      (bubble) => bubble.getBoundingClientRect().left,
    );
    expect(mine).to.be.lessThan(theirs as number);
    const stood = opened.panel.getBoundingClientRect();
    expect(window.innerWidth - stood.right).to.be.lessThan(stood.left + 1);
  });
});
