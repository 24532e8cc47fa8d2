import { html } from 'lit';
import { keyFor } from '../../../inbox-elements/settings/form-draft.ts';
import type { FormEditor } from '../../../inbox-elements/settings/form-editor.ts';
import type { HoursEditor } from '../../../inbox-elements/settings/hours-editor.ts';
import type { OffHoursEditor } from '../../../inbox-elements/settings/off-hours-editor.ts';
import type { TranslationEditor } from '../../../inbox-elements/settings/translation-editor.ts';
import { settingsElements } from '../../../inbox-elements/settings/settings-elements.ts';
import type { Form } from '../../../shared/contract/form.ts';
import { defaultOffHours, type OffHours } from '../../../shared/contract/off-hours.ts';
import { define } from '../../../shared/ui/define.ts';
import { expectAccessible } from '../../accessible.ts';
import { describe, expect, it, mount, settled } from '../../page.ts';

define(settingsElements);

const labelled = <E extends HTMLElement = HTMLInputElement>(element: Element, label: string): E => {
  const root = element.shadowRoot!;
  const byName = [...root.querySelectorAll<HTMLElement>('[aria-label]')].find((one) => one.ariaLabel === label);
  const byText = [...root.querySelectorAll('label')].find((one) => one.textContent.includes(label));
  const button = [...root.querySelectorAll('button')].find((one) => one.textContent.trim() === label);
  const control = byText?.querySelector<HTMLElement>('input') ?? (byText?.control as HTMLElement | null | undefined);
  const found = byName ?? control ?? button;
  if (!found) throw new Error(`Nothing is called ${label}`);
  return found as E;
};

async function press(element: Element, label: string): Promise<void> {
  labelled(element, label).click();
  await settled(element);
}

async function write(element: Element, label: string, value: string): Promise<void> {
  const control = labelled(element, label);
  control.value = value;
  control.dispatchEvent(new Event('change', { bubbles: true }));
  await settled(element);
}

async function say(editor: TranslationEditor, key: string, text: string): Promise<void> {
  const control = editor.shadowRoot!.querySelector<HTMLTextAreaElement>(
    `#${CSS.escape(`text-${encodeURIComponent(key)}`)}`,
  )!;
  control.value = text;
  control.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await settled(editor);
}

async function choose(editor: TranslationEditor, language: string): Promise<void> {
  const select = editor.shadowRoot!.querySelector('select')!;
  select.value = language;
  select.dispatchEvent(new Event('change'));
  await settled(editor);
}

describe('<parlour-off-hours-editor>', () => {
  const open = (): Promise<OffHoursEditor> =>
    mount<OffHoursEditor>(html`<parlour-off-hours-editor .offHours=${defaultOffHours}></parlour-off-hours-editor>`);

  it('is accessible, with the form too', async () => {
    const editor = await open();
    await expectAccessible(editor);
    await press(editor, 'Form');
    await expectAccessible(editor);
  });

  it('gives what was chosen: the words, and whether there is an answer by itself', async () => {
    const editor = await open();
    await write(editor, 'Off-hours message', 'Gone fishing.');
    await write(editor, 'Automatic reply', 'Back on Monday.');
    expect(editor.value).to.deep.equal({
      ...defaultOffHours,
      text: 'Gone fishing.',
      autoResponse: 'Back on Monday.',
      translations: {},
    });
    await press(editor, 'Send an automatic reply to new conversations');
    expect(editor.value.autoResponse).to.equal(null);
  });

  it('says what a bot needs, where to read on, and offers no answer by itself beside it', async () => {
    const editor = await open();
    await press(editor, 'Bot');
    expect(editor.value.mode).to.equal('bot');
    expect(editor.shadowRoot!.querySelector('a')?.hash).to.equal('#bot');
    expect(editor.shadowRoot!.querySelector('#response')).to.equal(null);
    await expectAccessible(editor);
    await press(editor, 'Message');
    expect(editor.value).to.deep.equal({ ...defaultOffHours, translations: {} });
  });

  it('keeps the form that was edited, also after another mode was tried', async () => {
    const editor = await open();
    await press(editor, 'Form');
    const form = editor.shadowRoot!.querySelector('parlour-form-editor')!;
    await settled(form);
    await press(form, 'Phone number');
    await press(editor, 'Message');
    await press(editor, 'Form');
    expect(editor.value.mode).to.equal('form');
    expect(editor.value.form.fields.map(({ key }) => key)).to.deep.equal(['name', 'email', 'phone']);
  });
});

describe('<parlour-translation-editor>', () => {
  const german: OffHours = { ...defaultOffHours, translations: { de: { text: 'Zu.' }, sv: { text: 'Stängt.' } } };
  const open = (): Promise<OffHoursEditor> =>
    mount<OffHoursEditor>(html`<parlour-off-hours-editor .offHours=${german}></parlour-off-hours-editor>`);
  const words = (editor: OffHoursEditor): TranslationEditor =>
    editor.shadowRoot!.querySelector('parlour-translation-editor')!;

  it('is accessible with a language shown and without, and says which are written', async () => {
    const editor = words(await open());
    await expectAccessible(editor);
    expect(editor.shadowRoot!.textContent).to.contain('Translated: Deutsch, Svenska');
    await choose(editor, 'ar');
    expect(editor.shadowRoot!.querySelector<HTMLElement>('#text-text')!.dir).to.equal('rtl');
    await expectAccessible(editor);
  });

  it('shows the built-in text where it is English, and says that there is one in any other language', async () => {
    const editor = words(
      await mount<OffHoursEditor>(
        html`<parlour-off-hours-editor .offHours=${defaultOffHours}></parlour-off-hours-editor>`,
      ),
    );
    const placeholder = async (language: string): Promise<string> => {
      await choose(editor, language);
      return editor.shadowRoot!.querySelector<HTMLTextAreaElement>('#text-text')!.placeholder;
    };
    expect(await placeholder('en')).to.match(/^We are away right now/);
    expect(await placeholder('de')).to.equal('The built-in text in Deutsch');
  });

  it('says that built-in texts come in the visitor’s language, and only where the owner wrote none', async () => {
    const hint = (editor: OffHoursEditor): string =>
      words(editor).shadowRoot!.querySelector('#language-description')!.textContent.trim();
    const builtIn = 'Where a text above is empty or Parlour’s own, visitors read the built-in text in their language.';
    const editor = await mount<OffHoursEditor>(
      html`<parlour-off-hours-editor .offHours=${defaultOffHours}></parlour-off-hours-editor>`,
    );
    await settled(words(editor));
    expect(hint(editor)).to.equal(builtIn);
    await write(editor, 'Off-hours message', 'Gone fishing.');
    await settled(words(editor));
    expect(hint(editor)).to.equal(`No translations yet: what you wrote above is read by every visitor. ${builtIn}`);
    await write(editor, 'Automatic reply', 'Back on Monday.');
    await settled(words(editor));
    expect(hint(editor)).to.equal('No translations yet: every visitor reads the text above.');
    await choose(words(editor), 'de');
    await say(words(editor), 'text', 'Beim Angeln.');
    expect(hint(editor)).to.equal('Translated: Deutsch. Everybody else reads the text above.');
    await write(editor, 'Automatic reply', '');
    await settled(words(editor));
    expect(hint(editor)).to.equal(`Translated: Deutsch. Everybody else reads what you wrote above. ${builtIn}`);
  });

  it('gives what was written by language, and forgets what was emptied', async () => {
    const editor = await open();
    await choose(words(editor), 'fr');
    await say(words(editor), 'autoResponse', ' À lundi. ');
    await choose(words(editor), 'de');
    expect(words(editor).shadowRoot!.querySelector<HTMLTextAreaElement>('#text-text')!.value).to.equal('Zu.');
    await say(words(editor), 'text', '');
    expect(editor.value.translations).to.deep.equal({ fr: { autoResponse: 'À lundi.' }, sv: { text: 'Stängt.' } });
  });

  it('says what a form asks in other languages, each word where it is kept', async () => {
    const form: Form = {
      fields: [
        { key: 'email', label: '', kind: 'email', required: true },
        { key: 'plan', label: 'Plan', translations: { de: 'Tarif' }, kind: 'text', required: false },
      ],
      consent: { text: 'Agreed?', translations: { de: 'Einverstanden?' }, url: null },
    };
    const editor = await mount<FormEditor>(html`<parlour-form-editor .form=${form}></parlour-form-editor>`);
    expect(editor.value).to.deep.equal(form);
    const inner = editor.shadowRoot!.querySelector('parlour-translation-editor')!;
    await choose(inner, 'fr');
    await say(inner, 'field-plan', 'Formule');
    await say(inner, 'consent', 'D’accord ?');
    expect(editor.value.fields[1]!.translations).to.deep.equal({ de: 'Tarif', fr: 'Formule' });
    expect(editor.value.consent!.translations).to.deep.equal({ de: 'Einverstanden?', fr: 'D’accord ?' });
    await expectAccessible(editor);
  });
});

describe('the words of choices in other languages', () => {
  const form: Form = {
    fields: [
      {
        key: 'plan',
        label: 'Plan',
        kind: 'choice',
        required: false,
        options: ['Free for ever', 'Team'],
        optionTranslations: { de: { 'Free for ever': 'Immer kostenlos', Team: 'Mannschaft' } },
      },
    ],
    consent: null,
  };
  const open = (): Promise<FormEditor> =>
    mount<FormEditor>(html`<parlour-form-editor .form=${form}></parlour-form-editor>`);
  const words = (editor: FormEditor): TranslationEditor =>
    editor.shadowRoot!.querySelector('parlour-translation-editor')!;

  it('are asked for under their question, and kept beside it', async () => {
    const editor = await open();
    expect(editor.value).to.deep.equal(form);
    await choose(words(editor), 'fr');
    expect(words(editor).shadowRoot!.textContent).to.contain('Plan – Free for ever');
    await say(words(editor), 'option-plan-Free for ever', 'Toujours gratuit');
    expect(editor.value.fields[0]!.optionTranslations).to.deep.equal({
      de: { 'Free for ever': 'Immer kostenlos', Team: 'Mannschaft' },
      fr: { 'Free for ever': 'Toujours gratuit' },
    });
    await expectAccessible(editor);
  });

  it('go with a choice that is taken away', async () => {
    const editor = await open();
    await write(editor, 'Choices of Plan, separated by commas', 'Team, Firm');
    expect(editor.value.fields[0]!.optionTranslations).to.deep.equal({ de: { Team: 'Mannschaft' } });
    await write(editor, 'Answer type of Plan', 'text');
    expect('optionTranslations' in editor.value.fields[0]!).to.equal(false);
  });
});

describe('<parlour-form-editor>', () => {
  const none: Form = { fields: [], consent: null };
  const open = (form = none): Promise<FormEditor> =>
    mount<FormEditor>(html`<parlour-form-editor .form=${form}></parlour-form-editor>`);

  it('is accessible with questions, a choice, a consent and an error', async () => {
    const editor = await open();
    await expectAccessible(editor);
    await press(editor, 'Email address');
    await press(editor, 'Custom question');
    await write(editor, 'Answer type of Question 2', 'choice');
    await press(editor, 'Ask for consent');
    expect(editor.check()).to.equal(false);
    await settled(editor);
    await expectAccessible(editor);
  });

  it('says of each field that is wrong which it is and what to do, and goes to the first', async () => {
    const editor = await open();
    await press(editor, 'Email address');
    await press(editor, 'Custom question');
    await press(editor, 'Custom question');
    await write(editor, 'Label of Question 3', 'Plan');
    await write(editor, 'Answer type of Plan', 'choice');
    await press(editor, 'Ask for consent');
    const shown = [...editor.shadowRoot!.querySelectorAll('.consent label')].map(({ textContent }) =>
      textContent.trim(),
    );
    expect(shown).to.deep.equal(['Ask for consent', 'Consent text', 'Privacy policy URL']);
    await write(editor, 'Consent text', ' ');
    await write(editor, 'Privacy policy URL', 'shop.example');
    const errors = (): string[] => [...editor.shadowRoot!.querySelectorAll('.error')].map((one) => one.textContent);
    expect(errors()).to.deep.equal([]);
    expect(editor.check()).to.equal(false);
    await editor.focusWrong();
    expect(editor.shadowRoot!.activeElement?.ariaLabel).to.equal('Label of Question 2');
    expect(errors()).to.deep.equal([
      'Question 2 is empty. Write the question, or remove it.',
      '“Plan” has no choices. Add some, or select another answer type.',
      'The consent text is empty. Write what visitors agree to, or do not ask for consent.',
      '“shop.example” is not a valid URL. Enter the full address, such as https://shop.example/privacy, or leave it empty.',
    ]);
    for (const control of editor.shadowRoot!.querySelectorAll('[aria-invalid="true"]'))
      expect(editor.shadowRoot!.getElementById(control.getAttribute('aria-describedby')!)?.className).to.equal('error');
    await expectAccessible(editor);
    await press(editor, 'Remove Question 2');
    await write(editor, 'Choices of Plan, separated by commas', `Free, ${'x'.repeat(81)}`);
    expect(errors()[0]).to.contain('too long');
    await write(editor, 'Choices of Plan, separated by commas', Array.from({ length: 31 }, (_, nth) => nth).join());
    expect(errors()[0]).to.contain('31 choices');
    await write(editor, 'Choices of Plan, separated by commas', 'Free, Team');
    await write(editor, 'Consent text', 'I agree.');
    await write(editor, 'Privacy policy URL', 'https://shop.example/privacy');
    expect(errors()).to.deep.equal([]);
    expect(editor.check()).to.equal(true);
  });

  it('makes a property of a question of one’s own, and cannot be saved before it is whole', async () => {
    const editor = await open();
    await press(editor, 'Custom question');
    await write(editor, 'Label of Question 1', 'Größe des Teams?');
    await write(editor, 'Answer type of Größe des Teams?', 'choice');
    expect(editor.check()).to.equal(false);
    await write(editor, 'Choices of Größe des Teams?, separated by commas', 'One, Two,, Two');
    expect(editor.check()).to.equal(true);
    expect(editor.value.fields).to.deep.equal([
      { key: 'gro_e_des_teams', label: 'Größe des Teams?', kind: 'choice', required: false, options: ['One', 'Two'] },
    ]);
  });

  it('keeps the property of a question whose words change', async () => {
    const field = { key: 'seats', label: 'Seats', kind: 'number' as const, required: true };
    const editor = await open({ fields: [field], consent: null });
    await write(editor, 'Label of Seats', 'How many seats?');
    expect(editor.value.fields).to.deep.equal([{ ...field, label: 'How many seats?' }]);
    await press(editor, 'Remove How many seats?');
    expect(editor.value.fields).to.deep.equal([]);
  });

  it('gives two questions of the same words two properties, and none the name of a contact’s own field', () => {
    const question = (label: string) => ({ key: null, label, kind: 'text' as const, required: false, options: [] });
    const all = [question('Email'), question('Team'), question('Team'), question('日本語')];
    expect(all.map(({ label }, index) => keyFor(label, all, index))).to.deep.equal([
      'email_2',
      'team',
      'team_2',
      'question',
    ]);
  });
});

describe('<parlour-hours-editor> and holidays', () => {
  const schedule = { timeZone: 'Europe/Berlin', spans: [{ day: 1, fromMinute: 540, toMinute: 1020 }] };
  const open = (): Promise<HoursEditor> =>
    mount<HoursEditor>(html`<parlour-hours-editor .schedule=${schedule}></parlour-hours-editor>`);

  it('takes a date as closed, or with hours of its own, and is accessible with both', async () => {
    const editor = await open();
    await press(editor, 'Add a holiday');
    await write(editor, 'Date of the holiday', '2031-12-24');
    expect(editor.value?.holidays).to.deep.equal([{ date: '2031-12-24', spans: [] }]);
    await expectAccessible(editor);
    await press(editor, 'Add hours on 2031-12-24');
    await write(editor, '2031-12-24, closes', '12:00');
    expect(editor.value?.holidays).to.deep.equal([{ date: '2031-12-24', spans: [{ fromMinute: 540, toMinute: 720 }] }]);
    await expectAccessible(editor);
    await press(editor, 'Remove the holiday on 2031-12-24');
    expect(editor.value?.holidays).to.deep.equal([]);
  });

  it('is not valid while a date stands there twice', async () => {
    const editor = await open();
    await press(editor, 'Add a holiday');
    await press(editor, 'Add a holiday');
    expect(editor.check()).to.equal(true);
    const [first] = editor.value?.holidays ?? [];
    const [, second] = editor.shadowRoot!.querySelectorAll<HTMLInputElement>('[type=date]');
    second!.value = first!.date;
    second!.dispatchEvent(new Event('change', { bubbles: true }));
    await settled(editor);
    expect(editor.check()).to.equal(false);
    expect(editor.shadowRoot!.textContent).to.contain('This date is listed twice.');
  });
});
