import type { RichBlock } from '../../../shared/contract/block.ts';
import type { VisitorPart } from '../../../shared/contract/part.ts';
import { RequestError } from '../../../shared/client/client.ts';
import type { WidgetBlocks } from '../../../widget/panel/rich/widget-blocks.ts';
import { expectAccessible } from '../../accessible.ts';
import { describe, expect, it, settled, until } from '../../page.ts';
import { ada, conversationId, samplePart } from '../sample.ts';
import { openPanel } from './open-panel.ts';
import type { OpenPanel } from './open-panel.ts';

const buttons: RichBlock = {
  type: 'buttons',
  id: 'size',
  buttons: [
    { id: 's', label: 'Small' },
    { id: 'l', label: 'Large' },
  ],
};
const form: RichBlock = {
  type: 'form',
  id: 'about',
  title: 'Your order',
  submitLabel: '',
  fields: [
    { key: 'name', label: '', kind: 'text', required: true },
    { key: 'email', label: '', kind: 'email', required: true },
  ],
};
const rating: RichBlock = { type: 'rating', id: 'how', prompt: '', scale: 'stars' };
const article: RichBlock = { type: 'article', articleId: conversationId, title: 'Care', excerpt: 'Wash by hand.' };

const withBlocks = (seq: number, ...blocks: RichBlock[]): VisitorPart => {
  const part = samplePart(seq, 'Which one?', { author: ada });
  return { ...part, body: [...part.body, ...blocks] };
};

async function showing(
  ...blocks: RichBlock[]
): Promise<{ opened: OpenPanel; part: VisitorPart; element: WidgetBlocks }> {
  const opened = await openPanel();
  const part = withBlocks(2, ...blocks);
  await opened.welcomeWith([samplePart(1, 'Hello'), part]);
  await customElements.whenDefined('parlour-widget-blocks');
  const element = opened.thread.renderRoot.querySelector('parlour-widget-blocks') as WidgetBlocks;
  await allSettled(element);
  return { opened, part, element };
}

async function allSettled(element: WidgetBlocks): Promise<void> {
  await settled(element);
  for (const inner of element.renderRoot.querySelectorAll('*')) await settled(inner);
}

const choices = (element: WidgetBlocks): HTMLButtonElement[] => [
  ...element.renderRoot.querySelectorAll<HTMLButtonElement>('button.choice'),
];
const inside = (element: WidgetBlocks, tag: string): ShadowRoot =>
  (element.renderRoot.querySelector(tag) as HTMLElement).shadowRoot as ShadowRoot;

function type(field: HTMLInputElement | null, value: string): void {
  if (!field) throw new Error('there is no such field');
  field.value = value;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

const submit = (root: ShadowRoot): unknown => root.querySelector('form')?.requestSubmit();

describe('rich blocks in the chat', () => {
  it('are accessible, and large enough for a finger', async () => {
    const { element } = await showing(buttons, form, rating, article);
    await expectAccessible(element);
    const targets = [
      ...choices(element),
      ...inside(element, 'parlour-block-form').querySelectorAll('input, button'),
      ...inside(element, 'parlour-block-rating').querySelectorAll('label'),
      ...element.renderRoot.querySelectorAll('button.article'),
    ];
    expect(targets.length).to.equal(2 + 3 + 5 + 1);
    for (const target of targets) {
      const { width, height } = target.getBoundingClientRect();
      expect(Math.min(width, height), target.textContent ?? '').to.be.at.least(24);
    }
  });

  it('send a pressed button once, keep the focus on it, and show it as said at once', async () => {
    const { opened, part, element } = await showing(buttons);
    const [small, large] = choices(element) as [HTMLButtonElement, HTMLButtonElement];
    large.focus();
    large.click();
    await opened.settle();
    await allSettled(element);
    large.click();
    small.click();
    const sent = opened.client.commands.filter(({ name }) => name === 'conversation.answer');
    expect(sent.map(({ input }) => input)).to.deep.equal([
      { conversationId, partId: part.id, blockId: 'size', answer: { type: 'button', buttonId: 'l' } },
    ]);
    expect(opened.bubbles.at(-1)).to.equal('Large');
    expect(element.shadowRoot?.activeElement).to.equal(large);
    expect(choices(element).map((choice) => choice.getAttribute('aria-disabled'))).to.deep.equal(['true', 'true']);
    expect(large.textContent).to.match(/Chosen:\s*Large/);
  });

  it('say that an answer failed, and take it again under the same name', async () => {
    const { opened, element } = await showing(buttons);
    choices(element)[0]?.click();
    const [first] = opened.client.commands.filter(({ name }) => name === 'conversation.answer');
    first?.reject(new RequestError({ code: 'invalid', message: 'It cannot be taken.' }));
    await until(() => opened.statuses.some((status) => status.includes('It cannot be taken.')), 'the failure is said');
    await allSettled(element);
    expect(choices(element)[0]?.getAttribute('aria-disabled')).to.equal('false');
    (opened.thread.renderRoot.querySelector('.failure .link') as HTMLElement).click();
    const sent = opened.client.commands.filter(({ name }) => name === 'conversation.answer');
    expect(sent).to.have.length(2);
    expect(sent[1]?.id).to.equal(first?.id);
    expect(sent[1]?.input).to.deep.equal(first?.input);
  });

  it('show what was answered in another tab, and drop what came too late', async () => {
    const { opened, part, element } = await showing(buttons);
    choices(element)[0]?.click();
    const answers = { size: { answer: { type: 'button' as const, buttonId: 'l' }, at: part.createdAt } };
    opened.client.commands.at(-1)?.reject(new RequestError({ code: 'conflict', message: 'Answered already.' }));
    opened.client.hearPart({ ...part, answers });
    await until(() => element.renderRoot.querySelector('.chosen')?.textContent?.includes('Large'), 'it shows');
    expect(opened.bubbles).to.deep.equal(['Hello', 'Which one?']);
  });

  it('keep what a form was filled in with over a reload, until it is answered', async () => {
    const before = await showing(form);
    type(inside(before.element, 'parlour-block-form').querySelector('#name'), 'Jo');
    await allSettled(before.element);
    for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
    const opened = await openPanel();
    await opened.welcomeWith([samplePart(1, 'Hello'), before.part]);
    const element = opened.thread.renderRoot.querySelector('parlour-widget-blocks') as WidgetBlocks;
    await allSettled(element);
    const root = inside(element, 'parlour-block-form');
    expect(root.querySelector<HTMLInputElement>('#name')?.value).to.equal('Jo');
    type(root.querySelector('#email'), 'jo@shop.example');
    submit(root);
    await opened.settle();
    const answer = { type: 'form' as const, values: { name: 'Jo', email: 'jo@shop.example' } };
    expect(opened.client.last('conversation.answer').input).to.deep.include({ answer });
    opened.client.hearPart({ ...before.part, answers: { about: { answer, at: before.part.createdAt } } });
    await opened.settle();
    await allSettled(element);
    expect(Object.keys(sessionStorage).filter((name) => name.includes(':draft:'))).to.deep.equal([]);
  });

  for (const broken of ['{', 'null'])
    it(`ask anew where what was kept of a form is ${broken}`, async () => {
      const before = await showing(form);
      type(inside(before.element, 'parlour-block-form').querySelector('#name'), 'Jo');
      const name = Object.keys(sessionStorage).find((kept) => kept.endsWith(`:${form.id}`)) as string;
      sessionStorage.setItem(name, broken);
      for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
      const { element } = await showing(form);
      const field = inside(element, 'parlour-block-form').querySelector<HTMLInputElement>('#name');
      expect(field?.value).to.equal('');
      type(field, 'Ida');
      expect(sessionStorage.getItem(name)).to.equal('{"name":"Ida"}');
    });

  it('say at each field of a form what is wrong, go to the first, and keep what was typed', async () => {
    const { opened, element } = await showing(form);
    const root = inside(element, 'parlour-block-form');
    type(root.querySelector('#email'), 'nobody');
    submit(root);
    await until(() => root.querySelectorAll('.error').length === 2, 'both are wrong');
    expect(root.activeElement?.id).to.equal('name');
    expect(root.querySelector<HTMLInputElement>('#email')?.value).to.equal('nobody');
    await expectAccessible(element);
    type(root.querySelector('#name'), 'Jo');
    type(root.querySelector('#email'), ' Jo@Shop.example ');
    submit(root);
    const sent = opened.client.commands.filter(({ name }) => name === 'conversation.answer');
    expect(sent.map(({ input }) => input['answer'])).to.deep.equal([
      { type: 'form', values: { name: 'Jo', email: 'jo@shop.example' } },
    ]);
    await until(() => root.textContent?.includes('Answered'), 'it shows as answered');
    await expectAccessible(element);
  });

  it('keep the focus where a form was sent', async () => {
    const { element } = await showing(form);
    const root = inside(element, 'parlour-block-form');
    type(root.querySelector('#name'), 'Jo');
    type(root.querySelector('#email'), 'jo@shop.example');
    root.querySelector<HTMLElement>('[part=send]')?.focus();
    submit(root);
    await until(() => root.textContent?.includes('Answered'), 'it shows as answered');
    await until(() => root.activeElement?.textContent?.includes('Answered'), 'the focus is on what it became');
  });

  it('take the focus from nowhere else where a form was sent', async () => {
    const { opened, part, element } = await showing(form);
    const root = inside(element, 'parlour-block-form');
    opened.field.focus();
    const answer = { type: 'form' as const, values: { name: 'Jo', email: 'jo@shop.example' } };
    opened.client.hearPart({ ...part, answers: { about: { answer, at: part.createdAt } } });
    await until(() => root.textContent?.includes('Answered'), 'it shows as answered');
    await allSettled(element);
    expect(opened.composer.matches(':focus-within')).to.equal(true);
  });

  it('rate by radio buttons that say their number, with a word, and again', async () => {
    const { opened, part, element } = await showing(rating);
    const root = inside(element, 'parlour-block-rating');
    const stars = [...root.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    expect(stars.map((star) => star.getAttribute('aria-label'))).to.deep.equal([
      '1 of 5',
      '2 of 5',
      '3 of 5',
      '4 of 5',
      '5 of 5',
    ]);
    expect(root.querySelector('[role=radiogroup]')?.getAttribute('aria-labelledby')).to.equal('prompt');
    stars[2]?.click();
    await until(() => root.querySelector('textarea'), 'there is room for a word');
    expect(root.querySelectorAll('.full')).to.have.length(3);
    const given = () =>
      opened.client.commands.filter(({ name }) => name === 'conversation.answer').map(({ input }) => input['answer']);
    expect(given(), 'a star alone is a rating').to.deep.equal([{ type: 'rating', score: 3, comment: '' }]);
    const isSaved = () => root.querySelector('[role=status]')?.textContent === 'Your rating is saved.';
    await until(isSaved, 'it says so');
    await expectAccessible(element);
    type(root.querySelector('textarea') as unknown as HTMLInputElement, ' Kind. ');
    submit(root);
    expect(given().slice(1)).to.deep.equal([{ type: 'rating', score: 3, comment: 'Kind.' }]);
    const [first, sent] = opened.client.commands.filter(({ name }) => name === 'conversation.answer');
    expect(first?.id).to.not.equal(sent?.id);
    first?.resolve({ publicSeq: 2, at: '2030-01-31T09:00:01.000Z' });
    await until(() => root.querySelector('[role=img]')?.getAttribute('aria-label') === '3 of 5', 'it shows as given');
    await until(() => root.activeElement?.className === 'plain', 'the focus is kept');
    await expectAccessible(element);
    const at = '2030-01-31T09:00:02.000Z';
    sent?.resolve({ publicSeq: 2, at });
    const answers = { how: { answer: { type: 'rating' as const, score: 3, comment: 'Kind.' }, at } };
    opened.client.hearPart({ ...part, answers });
    await until(() => opened.bubbles.length === 2, 'it is no message');
    (root.querySelector('.plain') as HTMLElement).click();
    await until(() => root.querySelectorAll('input[type=radio]').length === 5, 'it may be changed');
    expect(root.querySelector<HTMLInputElement>('input:checked')?.value).to.equal('3');
  });

  it('is rated though the server does not say when: it was given before it kept that', async () => {
    const { opened, element } = await showing(rating);
    inside(element, 'parlour-block-rating').querySelectorAll<HTMLInputElement>('input[type=radio]')[2]?.click();
    const pending = () => opened.panel.chat?.threadOf(conversationId).thread.pending.length;
    await until(() => pending() === 1, 'it is underway');
    opened.client.last('conversation.answer').resolve({ publicSeq: 2 });
    await until(() => pending() === 0, 'it is settled');
  });

  it('change the rating that was sent last, however late the server tells of those before', async () => {
    const { opened, part, element } = await showing(rating);
    const root = inside(element, 'parlour-block-rating');
    const times = ['2030-01-31T09:00:01.000Z', '2030-01-31T09:00:02.000Z'] as const;
    const say = async (score: number, comment: string, at: string): Promise<void> => {
      opened.client.hearPart({ ...part, answers: { how: { answer: { type: 'rating', score, comment }, at } } });
      await opened.settle();
      await allSettled(element);
    };
    root.querySelectorAll<HTMLInputElement>('input[type=radio]')[2]?.click();
    await until(() => root.querySelector('textarea'), 'there is room for a word');
    type(root.querySelector('textarea') as unknown as HTMLInputElement, 'Kind.');
    submit(root);
    const [first, second] = opened.client.commands.filter(({ name }) => name === 'conversation.answer');
    const isWhole = () => root.querySelector('.words')?.textContent === 'Kind.';
    await until(isWhole, 'it shows as given');
    first?.resolve({ publicSeq: 2, at: times[0] });
    await say(3, '', times[0]);
    expect(isWhole(), 'the star alone came before the words').to.equal(true);
    second?.resolve({ publicSeq: 2, at: times[1] });
    await Promise.resolve();
    await allSettled(element);
    expect(isWhole(), 'it is taken, and the question does not say so yet').to.equal(true);
    (root.querySelector('.plain') as HTMLElement).click();
    await until(() => root.querySelector('textarea'), 'it may be changed');
    expect(root.querySelector('textarea')?.value).to.equal('Kind.');
    await say(3, 'Kind.', times[1]);
    expect(opened.panel.chat?.unsentIn, 'nothing is left').to.equal(undefined);
  });

  it('say once what a star said already, and take another star for another rating', async () => {
    const { opened, element } = await showing(rating);
    const root = inside(element, 'parlour-block-rating');
    const stars = [...root.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    stars[1]?.click();
    stars[3]?.click();
    await until(() => root.querySelector('[role=status]')?.textContent === 'Your rating is saved.', 'it is kept');
    submit(root);
    await until(() => root.querySelector('[role=img]')?.getAttribute('aria-label') === '4 of 5', 'it shows as given');
    const given = opened.client.commands.filter(({ name }) => name === 'conversation.answer');
    expect(given.map(({ input }) => (input['answer'] as { score: number }).score)).to.deep.equal([2, 4]);
  });

  describe('rated by keyboard', () => {
    const press = (star: HTMLInputElement, key: string): void => {
      star.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    };
    /** As browsers do it: the next star is focused, and chosen by it. */
    const arrow = async (element: WidgetBlocks, stars: HTMLInputElement[], to: number): Promise<void> => {
      press(stars[to - 1]!, 'ArrowRight');
      stars[to]!.focus();
      stars[to]!.click();
      await allSettled(element);
    };
    const show = async () => {
      const { opened, element } = await showing(rating);
      const root = inside(element, 'parlour-block-rating');
      const stars = [...root.querySelectorAll<HTMLInputElement>('input[type=radio]')];
      stars[0]!.focus();
      await arrow(element, stars, 1);
      await arrow(element, stars, 2);
      const given = () =>
        opened.client.commands
          .filter(({ name }) => name === 'conversation.answer')
          .map(({ input }) => (input['answer'] as { score: number }).score);
      expect(given(), 'nothing on the way').to.deep.equal([]);
      expect(root.querySelectorAll('.full'), 'what is chosen is seen').to.have.length(3);
      return { opened, root, stars, given };
    };

    it('count when they are left', async () => {
      const { root, given } = await show();
      await until(() => root.querySelector('textarea'), 'there is room for a word');
      root.querySelector('textarea')?.focus();
      expect(given()).to.deep.equal([3]);
      await until(() => root.querySelector('[role=status]')?.textContent === 'Your rating is saved.', 'it says so');
    });

    it('count by Space, once', async () => {
      const { opened, stars, given } = await show();
      press(stars[2]!, ' ');
      stars[2]!.click();
      expect(given()).to.deep.equal([3]);
      opened.field.focus();
      expect(given()).to.deep.equal([3]);
    });

    it('count by Enter, once', async () => {
      const { opened, root, given } = await show();
      submit(root);
      expect(given()).to.deep.equal([3]);
      await until(() => root.activeElement?.className === 'plain', 'the focus is kept');
      opened.field.focus();
      expect(given()).to.deep.equal([3]);
    });
  });

  it('open an article in the chat', async () => {
    const { opened, element } = await showing(article);
    const button = element.renderRoot.querySelector('button.article') as HTMLElement;
    // Of a double click on what stood there before.
    button.dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true, composed: true }));
    await opened.settle();
    expect(opened.panel.renderRoot.querySelector('parlour-widget-article')).to.equal(null);
    button.click();
    await until(() => opened.panel.renderRoot.querySelector('parlour-widget-article'), 'it is open');
    const back = () =>
      opened.panel.renderRoot.querySelector('parlour-widget-header')?.renderRoot.querySelector('.lead button');
    // A double press leads back to the conversation, not on to the home.
    for (const detail of [1, 2]) {
      back()?.dispatchEvent(new MouseEvent('click', { detail, bubbles: true, composed: true }));
      await opened.settle();
    }
    expect(opened.panel.renderRoot.querySelector('parlour-widget-article')).to.equal(null);
    expect(opened.panel.navigation.conversationId).to.equal(conversationId);
    // A third is meant, though the browser goes on counting.
    back()?.dispatchEvent(new MouseEvent('click', { detail: 3, bubbles: true, composed: true }));
    await opened.settle();
    expect(opened.panel.navigation.conversationId).to.equal(null);
  });
});
