import { RequestError } from '../../../shared/client/client.ts';
import type { VisitorSnapshot } from '../../../shared/contract/visitor.ts';
import type { ParlourWidget } from '../../../widget/api/page-api.ts';
import type { WidgetForm } from '../../../widget/panel/form/widget-form.ts';
import { expectAccessible } from '../../accessible.ts';
import { describe, expect, it, settled, until } from '../../page.ts';
import { sampleSnapshot } from '../sample.ts';
import { openPanel } from './open-panel.ts';
import type { OpenPanel } from './open-panel.ts';

type Doors = VisitorSnapshot['doors'];
const noDoors: Doors = {
  preChat: null,
  offHours: { mode: 'message', text: '', form: null },
  known: [],
  consented: false,
};
const preChat: NonNullable<Doors['preChat']> = {
  fields: [
    { key: 'email', label: '', kind: 'email', required: true },
    { key: 'seats', label: 'Seats', kind: 'number', required: false },
    { key: 'plan', label: 'Plan', kind: 'choice', required: false, options: ['Free', 'Team'] },
  ],
  consent: { text: 'You may keep this.', url: 'https://shop.example/privacy' },
};
const seats = { key: 'seats', label: 'Seats', kind: 'number', required: false } as const;
const away = { open: false, changesAt: null };

const formIn = (opened: OpenPanel) => opened.panel.renderRoot.querySelector('parlour-widget-form') as WidgetForm;
const control = <E extends HTMLElement = HTMLInputElement>(form: WidgetForm, id: string) =>
  form.renderRoot.querySelector(`[id="${id}"]`) as E & HTMLInputElement;

/** Opens the panel on a form. */
async function openForm(
  doors: Partial<Doors>,
  changes: Partial<VisitorSnapshot> = {},
): Promise<[OpenPanel, WidgetForm]> {
  const opened = await openPanel();
  await opened.welcome(sampleSnapshot({ doors: { ...noDoors, ...doors }, ...changes }));
  await until(() => formIn(opened)?.renderRoot?.querySelector('form'), 'the form is shown');
  await opened.settle();
  return [opened, formIn(opened)];
}

async function write(form: WidgetForm, id: string, value: string): Promise<void> {
  const field = control(form, id);
  field.value = value;
  field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }));
  await settled(form);
}

async function tick(form: WidgetForm, id: string): Promise<void> {
  control(form, id).click();
  await settled(form);
}

async function send(opened: OpenPanel, form: WidgetForm): Promise<void> {
  (form.renderRoot.querySelector('[part=send]') as HTMLButtonElement).click();
  await settled(form);
  await opened.settle();
}

const focusedIn = (form: WidgetForm): string | undefined => form.shadowRoot?.activeElement?.id;

/** What is said of a field, as a screen reader finds it. */
function errorOf(form: WidgetForm, id: string): string {
  const described = control(form, id).getAttribute('aria-describedby');
  return described ? (form.renderRoot.querySelector(`[id="${described}"]`)?.textContent ?? '') : '';
}

describe('off hours', () => {
  const words = async (mode: Doors['offHours']['mode'], text = ''): Promise<string> => {
    const opened = await openPanel();
    const offHours = { mode, text, form: null };
    await opened.welcome(sampleSnapshot({ doors: { ...noDoors, offHours }, availability: away }));
    await opened.settle();
    return opened.panel.renderRoot.querySelector('parlour-widget-greeting')?.shadowRoot?.textContent ?? '';
  };

  it('a visitor is asked to leave a message', async () => {
    expect(await words('message')).to.contain('We are away right now');
  });

  it('a visitor is greeted as ever where a bot answers at once', async () => {
    const said = await words('bot');
    expect(said).not.to.contain('away');
    expect(said).to.contain('Hello');
  });

  it('a visitor reads what the owner wrote for the bot’s hours', async () => {
    expect(await words('bot', 'Our night bot is here.')).to.contain('Our night bot is here.');
  });
});

describe('the form before a chat', () => {
  it('is accessible, empty and with errors', async () => {
    const [opened, form] = await openForm({ preChat });
    await expectAccessible(opened.host);
    await send(opened, form);
    await expectAccessible(opened.host);
  });

  it('stands in place of the message field and takes the focus; a label of its own names each field', async () => {
    const [opened, form] = await openForm({ preChat });
    expect(!!opened.composer).to.equal(false);
    expect(focusedIn(form)).to.equal('email');
    for (const id of ['email', 'seats', 'plan', ':message', ':consent'])
      expect(control(form, id).labels?.length, id).to.equal(1);
    expect(control(form, 'email').labels?.[0]?.textContent?.trim()).to.equal('Email');
    expect(control(form, 'email').autocomplete).to.equal('email');
    expect(control(form, ':consent').labels?.[0]?.querySelector('a')?.href).to.equal('https://shop.example/privacy');
  });

  it('calls choices as their owner did in the visitor’s language, and sends the choice itself', async () => {
    const [email, seats, plan] = preChat.fields;
    const fields = [email!, seats!, { ...plan!, optionTranslations: { en: { Free: 'Free of charge' } } }];
    const [opened, form] = await openForm({ preChat: { fields, consent: null } });
    const options = [...control<HTMLSelectElement & HTMLInputElement>(form, 'plan').querySelectorAll('option')];
    expect(options.map(({ value, text }) => [value, text])).to.deep.equal([
      ['', 'Choose…'],
      ['Free', 'Free of charge'],
      ['Team', 'Team'],
    ]);
    await write(form, 'email', 'jo@shop.example');
    await write(form, 'plan', 'Free');
    await write(form, ':message', 'Hello');
    await send(opened, form);
    expect(opened.client.last('conversation.start').input.form).to.deep.equal({
      kind: 'pre-chat',
      answers: { email: 'jo@shop.example', plan: 'Free' },
      consent: false,
    });
  });

  it('says what is wrong at each field, goes to the first, sends nothing and keeps what was typed', async () => {
    const [opened, form] = await openForm({ preChat });
    await write(form, 'email', 'jo');
    await write(form, 'seats', 'many');
    await write(form, ':message', 'Hello');
    await send(opened, form);
    expect(opened.client.commands).to.have.length(0);
    expect(errorOf(form, 'email')).to.contain('email address');
    expect(errorOf(form, 'seats')).to.contain('number');
    expect(errorOf(form, ':consent')).to.contain('tick');
    expect(control(form, 'email').getAttribute('aria-invalid')).to.equal('true');
    expect(focusedIn(form)).to.equal('email');
    expect(control(form, ':message').value).to.equal('Hello');
    await write(form, 'email', 'jo@shop.example');
    expect(errorOf(form, 'email')).to.equal('');
    expect(errorOf(form, 'seats')).to.contain('number');
  });

  it('scrolls with what is said before it, and keeps the send button in sight', async () => {
    const [opened, form] = await openForm(
      { preChat, offHours: { mode: 'message', text: 'Away. '.repeat(60), form: null } },
      { availability: away },
    );
    await send(opened, form);
    const greeting = opened.panel.renderRoot.querySelector('parlour-widget-greeting') as HTMLElement;
    const words = (greeting.shadowRoot as ShadowRoot).querySelector('.scroll') as HTMLElement;
    const asking = form.parentElement as HTMLElement;
    expect(asking.scrollHeight).to.be.greaterThan(asking.clientHeight + 50);
    expect(words.scrollHeight - words.clientHeight).to.be.lessThan(2);
    const button = form.renderRoot.querySelector('[part=send]') as HTMLElement;
    const isInSight = (element: HTMLElement): boolean => {
      const [box, view] = [element.getBoundingClientRect(), asking.getBoundingClientRect()];
      return box.top >= view.top && box.bottom <= view.bottom;
    };
    expect(focusedIn(form)).to.equal('email');
    expect(isInSight(control(form, 'email'))).to.equal(true);
    for (const place of [asking.scrollHeight, asking.scrollTop]) {
      asking.scrollTop = place;
      expect(isInSight(button)).to.equal(true);
    }
  });

  it('is gone through to the first field that is wrong, with what is said of it, and shows that it goes on below', async () => {
    const fields = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => ({
      key,
      label: key,
      kind: 'text' as const,
      required: key === 'd',
    }));
    const [opened, form] = await openForm({ preChat: { fields, consent: null } });
    const asking = form.parentElement as HTMLElement;
    const goesOn = () => form.renderRoot.querySelector('form')?.classList.contains('more');
    await until(goesOn, 'more of it is below');
    await send(opened, form);
    expect(focusedIn(form)).to.equal('d');
    const end = form.renderRoot.querySelector('.end')?.getBoundingClientRect() as DOMRect;
    for (const part of ['label[for=d]', '#d', '#d-error']) {
      const box = form.renderRoot.querySelector(part)?.getBoundingClientRect() as DOMRect;
      expect(box.top, part).to.be.at.least(asking.getBoundingClientRect().top);
      expect(box.bottom, part).to.be.at.most(end.top);
    }
    asking.scrollTop = asking.scrollHeight;
    await until(() => !goesOn(), 'it ends here');
  });

  it('shows that it goes on below also where it was moved to', async () => {
    const fields = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => ({
      key,
      label: key,
      kind: 'text' as const,
      required: false,
    }));
    const [, form] = await openForm({ preChat: { fields, consent: null } });
    const goesOn = () => form.renderRoot.querySelector('form')?.classList.contains('more');
    await until(goesOn, 'more of it is below');
    const asking = form.parentElement as HTMLElement;
    asking.parentElement?.insertBefore(asking, asking.nextSibling);
    await settled(form);
    asking.scrollTop = asking.scrollHeight;
    await until(() => !goesOn(), 'it ends here');
    asking.scrollTop = 0;
    await until(goesOn, 'more of it is below again');
  });

  for (const [door, changes] of [
    [{ preChat }, {}],
    [{ offHours: { mode: 'form' as const, text: 'Away.', form: preChat } }, { availability: away }],
  ] as const) {
    it(`is filled in as it was after a reload, until it is sent: ${Object.keys(door).join()}`, async () => {
      const [before, form] = await openForm(door, changes);
      await write(form, 'email', 'jo@shop.example');
      await write(form, 'plan', 'Team');
      await write(form, ':message', 'Half a sent');
      await tick(form, ':consent');
      for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
      expect(before.panel).to.equal(null);
      const [opened, again] = await openForm(door, changes);
      expect(control(again, 'email').value).to.equal('jo@shop.example');
      expect(control<HTMLSelectElement>(again, 'plan').value).to.equal('Team');
      expect(control(again, ':message').value).to.equal('Half a sent');
      expect(control(again, ':consent').checked).to.equal(true);
      await write(again, ':message', 'Half a sentence');
      await send(opened, again);
      expect(opened.client.last('conversation.start').input).to.deep.include({ text: 'Half a sentence' });
      expect(Object.keys(sessionStorage).filter((name) => name.includes(':draft:'))).to.deep.equal([]);
    });
  }

  it('has its message in the field where no form stands any more after a reload', async () => {
    const [, form] = await openForm({ preChat });
    await write(form, ':message', 'Half a sent');
    for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
    const opened = await openPanel();
    await opened.welcome();
    expect(opened.field.value).to.equal('Half a sent');
  });

  it('leaves the room of a large header to the form', async () => {
    const opened = await openPanel();
    const isLarge = () => opened.panel.renderRoot.querySelector('parlour-widget-header')?.large;
    expect(isLarge()).to.equal(true);
    await opened.welcome(sampleSnapshot({ doors: { ...noDoors, preChat } }));
    expect(isLarge()).to.equal(false);
    await opened.welcome(sampleSnapshot());
    expect(isLarge()).to.equal(true);
  });

  it('starts the conversation with its answers in one command, and the chat goes on from there', async () => {
    const [opened, form] = await openForm({ preChat });
    await write(form, 'email', 'jo@shop.example');
    await write(form, 'plan', 'Team');
    await write(form, ':message', 'Hello');
    await tick(form, ':consent');
    await send(opened, form);
    const { input } = opened.client.last('conversation.start');
    expect(input.text).to.equal('Hello');
    expect(input.form).to.deep.equal({
      kind: 'pre-chat',
      answers: { email: 'jo@shop.example', plan: 'Team' },
      consent: true,
    });
    await until(() => opened.bubbles.length > 0, 'the message is shown');
    expect(opened.bubbles).to.deep.equal(['Hello']);
    expect(!!opened.composer).to.equal(true);
    expect(!!formIn(opened)).to.equal(false);
  });

  it('leaves the focus to the message field when it is sent from within a page', async () => {
    const opened = await openPanel();
    opened.panel.inline = true;
    await opened.welcome(sampleSnapshot({ doors: { ...noDoors, preChat: { fields: [seats], consent: null } } }));
    await until(() => formIn(opened)?.renderRoot?.querySelector('form'), 'the form is shown');
    const form = formIn(opened);
    await write(form, ':message', 'Hello');
    (form.renderRoot.querySelector('[part=send]') as HTMLElement).focus();
    await send(opened, form);
    await until(() => opened.composer?.matches(':focus-within'), 'what is written next has the focus');
  });

  it('comes back with everything typed when the server refuses it, at the field the server means', async () => {
    const [opened, form] = await openForm({ preChat });
    await write(form, 'email', 'jo@shop.example');
    await write(form, 'seats', '3');
    await write(form, ':message', 'Hello');
    await tick(form, ':consent');
    await send(opened, form);
    const fields = { 'form.answers.seats': 'must be fewer' };
    opened.client
      .last('conversation.start')
      .reject(new RequestError({ code: 'invalid', message: 'Please fill in the form first.', fields }));
    await until(() => formIn(opened)?.renderRoot?.querySelector('[aria-invalid=true]'), 'the form is back');
    const again = formIn(opened);
    expect(control(again, ':message').value).to.equal('Hello');
    expect(control(again, 'email').value).to.equal('jo@shop.example');
    expect(control(again, ':consent').checked).to.equal(true);
    expect(errorOf(again, 'seats')).to.contain('check');
    expect(opened.bubbles).to.deep.equal([]);
    await send(opened, again);
    expect(opened.client.commands.filter(({ name }) => name === 'conversation.start')).to.have.length(2);
  });

  it('asks only what is not known', async () => {
    const [, form] = await openForm({ preChat, known: ['email', 'plan'], consented: true });
    expect([...form.renderRoot.querySelectorAll('[part=field]')].map(({ id }) => id)).to.deep.equal([
      'seats',
      ':message',
    ]);
  });

  it('asks nothing when all is known', async () => {
    const opened = await openPanel();
    await opened.welcome(
      sampleSnapshot({ doors: { ...noDoors, preChat, known: ['email', 'seats', 'plan'], consented: true } }),
    );
    expect(!!formIn(opened)).to.equal(false);
  });

  it('takes over what was written before it was known to stand there', async () => {
    const opened = await openPanel();
    await opened.type('Do you ship to Norway?');
    await opened.welcome(sampleSnapshot({ doors: { ...noDoors, preChat } }));
    await until(() => formIn(opened)?.renderRoot?.querySelector('form'), 'the form is shown');
    expect(control(formIn(opened), ':message').value).to.equal('Do you ship to Norway?');
  });
});

describe('the form before a chat that the page begins', () => {
  const begin = async (opened: OpenPanel, text: string): Promise<void> => {
    await (window.Parlour as ParlourWidget).startConversation(text);
    await opened.settle();
  };

  it('has the page’s words as its message, for the visitor to change and send', async () => {
    const [opened, form] = await openForm({ preChat: { fields: [seats], consent: null } });
    await begin(opened, 'Is the teapot in stock?');
    expect(control(form, ':message').value).to.equal('Is the teapot in stock?');
    await begin(opened, 'Is the mug in stock?');
    expect(control(form, ':message').value).to.equal('Is the mug in stock?');
    await send(opened, form);
    expect(opened.client.last('conversation.start').input.text).to.equal('Is the mug in stock?');
    expect(opened.field.value).to.equal('');
  });

  it('has them where it could only be fetched after they were said', async () => {
    const opened = await openPanel();
    const began = begin(opened, 'Is the teapot in stock?');
    await opened.welcome(sampleSnapshot({ doors: { ...noDoors, preChat } }));
    await began;
    await until(() => formIn(opened)?.renderRoot?.querySelector('form'), 'the form is shown');
    expect(control(formIn(opened), ':message').value).to.equal('Is the teapot in stock?');
  });
});

describe('while nobody is there', () => {
  it('says so in the words of the site owner, and the chat goes on', async () => {
    const opened = await openPanel();
    const offHours = { mode: 'message' as const, text: 'Gone fishing.', form: null };
    await opened.welcome(sampleSnapshot({ availability: away, doors: { ...noDoors, offHours } }));
    expect(opened.greeting).to.equal('Gone fishing.');
    expect(!!opened.composer).to.equal(true);
  });

  it('shows the form for it instead of the one before a chat, and goes back when somebody comes', async () => {
    const offHours = {
      mode: 'form' as const,
      text: '',
      form: { fields: [{ key: 'phone', label: '', kind: 'phone' as const, required: true }], consent: null },
    };
    const [opened, form] = await openForm({ preChat, offHours }, { availability: away });
    expect(!!control(form, 'phone')).to.equal(true);
    expect(opened.greeting).to.contain('away');
    opened.client.welcome(sampleSnapshot({ doors: { ...noDoors, preChat, offHours } }));
    await opened.settle();
    expect(!!control(formIn(opened), 'email')).to.equal(true);
  });

  it('is not taken away while somebody fills it in', async () => {
    const form = { fields: [{ key: 'phone', label: '', kind: 'phone' as const, required: true }], consent: null };
    const [opened, element] = await openForm({ offHours: { mode: 'form', text: '', form } }, { availability: away });
    await write(element, 'phone', '+49 30 1234567');
    await opened.welcome(sampleSnapshot());
    expect(formIn(opened) === element).to.equal(true);
    await write(element, ':message', 'Call me');
    await send(opened, element);
    expect(opened.client.last('conversation.start').input.form).to.deep.equal({
      kind: 'off-hours',
      answers: { phone: '+49 30 1234567' },
      consent: false,
    });
  });

  it('asks again who is there when the server says that this changed, a little later', async () => {
    const opened = await openPanel();
    await opened.welcome();
    const asked = () => opened.client.queries.filter(({ name }) => name === 'visitor.snapshot').length;
    const before = asked();
    opened.client.hearSignal({ type: 'signal', name: 'availability' });
    opened.client.hearSignal({ type: 'signal', name: 'availability' });
    await until(() => asked() > before, 'it asks');
    expect(asked()).to.equal(before + 1);
  });
});
