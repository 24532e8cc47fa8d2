import { html } from 'lit';
import type { BlockAnswer, RichBlock } from '../../../shared/contract/block.ts';
import { readingElements } from '../../../shared/ui/blocks/reading-elements.ts';
import type { BlockCarousel } from '../../../shared/ui/blocks/block-carousel.ts';
import type { BlockForm } from '../../../shared/ui/blocks/block-form.ts';
import type { Blocks } from '../../../shared/ui/blocks/blocks.ts';
import { define } from '../../../shared/ui/define.ts';
import { expectAccessible } from '../../accessible.ts';
import { describe, expect, it, mount, settled, until } from '../../page.ts';

define(readingElements);

const card = (title: string): { title: string; text: string; picture: null; buttons: [] } => ({
  title,
  text: `About the ${title}`,
  picture: null,
  buttons: [],
});

const blocks: readonly RichBlock[] = [
  {
    type: 'buttons',
    id: 'size',
    buttons: [
      { id: 's', label: 'Small' },
      { id: 'l', label: 'Large' },
      { label: 'All sizes', href: 'https://shop.example/sizes' },
      { label: 'Trick', href: 'javascript:alert(1)' },
    ],
  },
  { type: 'card', id: 'pot', ...card('Teapot'), buttons: [{ id: 'take', label: 'Take it' }] },
  { type: 'carousel', id: 'more', cards: [card('Cup'), card('Bowl'), card('Plate')] },
  {
    type: 'form',
    id: 'about',
    title: 'Your order',
    submitLabel: '',
    fields: [{ key: 'email', label: '', kind: 'email', required: true }],
  },
  { type: 'rating', id: 'how', prompt: 'How was it?', scale: 'stars' },
  { type: 'article', articleId: 'a1', title: 'Care', excerpt: 'Wash by hand.' },
];

const answers: Record<string, BlockAnswer> = {
  size: { type: 'button', buttonId: 'l' },
  about: { type: 'form', values: { email: 'jo@shop.example' } },
  how: { type: 'rating', score: 4, comment: 'Quick' },
};

async function reading(given: Record<string, BlockAnswer> = {}): Promise<Blocks> {
  const element = await mount<Blocks>(html`<parlour-blocks .blocks=${blocks} .answers=${given}></parlour-blocks>`);
  for (const inner of element.renderRoot.querySelectorAll('*')) await settled(inner);
  return element;
}

const within = (element: Blocks, tag: string): ParentNode =>
  (element.renderRoot.querySelector(tag) as HTMLElement).shadowRoot as ShadowRoot;

describe('rich blocks, for reading', () => {
  it('are accessible, answered or not', async () => {
    await expectAccessible(await reading());
    await expectAccessible(await reading(answers));
  });

  it('hold nothing that can be pressed but links and steps, and no link that runs something', async () => {
    const element = await reading();
    expect(element.renderRoot.querySelectorAll('button')).to.have.length(0);
    expect(within(element, 'parlour-block-form').querySelectorAll('input, button')).to.have.length(0);
    expect(within(element, 'parlour-block-rating').querySelectorAll('input, button')).to.have.length(0);
    const links = [...element.renderRoot.querySelectorAll('a')];
    expect(links.map(({ href }) => href)).to.deep.equal(['https://shop.example/sizes']);
    expect(links[0]?.rel).to.contain('noopener');
  });

  it('say what was answered', async () => {
    const element = await reading(answers);
    expect(element.renderRoot.querySelector('.chosen')?.textContent).to.match(/Chosen:\s*Large/);
    expect((within(element, 'parlour-block-form') as ShadowRoot).textContent).to.contain('Answered');
    const rating = within(element, 'parlour-block-rating');
    expect(rating.querySelector('[role=img]')?.getAttribute('aria-label')).to.equal('4 of 5');
    expect((rating as ShadowRoot).textContent).to.contain('Quick');
  });

  it('pass over a kind that a newer server knows', async () => {
    const newer = [{ type: 'hologram' }, blocks[5]] as unknown as RichBlock[];
    const element = await mount<Blocks>(html`<parlour-blocks .blocks=${newer}></parlour-blocks>`);
    expect(element.renderRoot.querySelectorAll('.sheet')).to.have.length(1);
  });
});

describe('a form in a message', () => {
  it('has what it asks above the fields, also where it is written in another direction than the reader’s', async () => {
    const side = async (dir: string, words: string): Promise<'left' | 'right'> => {
      const form = document.createElement('parlour-block-form') as BlockForm;
      form.answerable = true;
      const fields = [
        { key: 'size', label: words, kind: 'choice', required: true, options: ['S'] },
        { key: 'fine', label: words, kind: 'checkbox', required: true },
      ] as const;
      form.block = { type: 'form', id: 'about', title: words, submitLabel: '', fields: [...fields] } as never;
      await mount(html`<div dir=${dir}>${form}</div>`);
      await settled(form);
      const sides = ['.title', '.field > label', '.check label'].map((selector) => {
        const place = form.renderRoot.querySelector(selector) as HTMLElement;
        const range = document.createRange();
        range.selectNodeContents(place);
        const [text, room] = [range.getBoundingClientRect(), place.getBoundingClientRect()];
        expect(text.width, `there is room beside ${selector}`).to.be.lessThan(room.width / 2);
        return text.left - room.left < room.right - text.right ? 'left' : 'right';
      });
      expect(new Set(sides), sides.join()).to.have.property('size', 1);
      return sides[0] as 'left' | 'right';
    };
    expect(await side('rtl', 'Size?')).to.equal('right');
    expect(await side('rtl', 'المقاس؟')).to.equal('right');
    expect(await side('ltr', 'Size?')).to.equal('left');
    expect(await side('ltr', 'المقاس؟')).to.equal('left');
  });
});

describe('a carousel', () => {
  for (const direction of ['ltr', 'rtl'] as const) {
    it(`steps to its last card and back, and says where it is, ${direction}`, async () => {
      const place = await mount<HTMLElement>(
        html`<div dir=${direction}>
          <parlour-block-carousel .cards=${['Cup', 'Bowl', 'Plate', 'Jar'].map(card)}></parlour-block-carousel>
        </div>`,
      );
      place.style.inlineSize = '300px';
      const carousel = place.querySelector('parlour-block-carousel') as BlockCarousel;
      await settled(carousel);
      const [previous, next] = [...carousel.renderRoot.querySelectorAll('.step')] as [HTMLElement, HTMLElement];
      const track = carousel.renderRoot.querySelector('.track') as HTMLElement;
      const where = (): string | undefined => carousel.renderRoot.querySelector('.place')?.textContent?.trim();
      expect(where()).to.equal('1 of 4');
      expect(previous.getAttribute('aria-disabled')).to.equal('true');
      for (const [button, wanted] of [
        [next, '2 of 4'],
        [next, '3 of 4'],
        [next, '4 of 4'],
        [previous, '3 of 4'],
      ] as const) {
        // What moves smoothly comes to rest before the next step.
        const rest = new Promise((resolve) => track.addEventListener('scrollend', resolve, { once: true }));
        button.click();
        await until(() => where() === wanted, `it stands at ${wanted}`);
        await rest;
      }
    });
  }

  it('is scrolled by the keyboard: its track takes the focus', async () => {
    const carousel = await mount<BlockCarousel>(
      html`<parlour-block-carousel .cards=${['Cup', 'Bowl'].map(card)}></parlour-block-carousel>`,
    );
    const track = carousel.renderRoot.querySelector('.track') as HTMLElement;
    track.focus();
    expect(carousel.shadowRoot?.activeElement).to.equal(track);
    expect(track.getAttribute('aria-label')).to.equal('Cards');
  });
});
