import { html } from 'lit';
import type { VisitorPart } from '../../../shared/contract/part.ts';
import { visitorThread } from '../../../shared/state/thread.ts';
import type { Thread } from '../../../shared/state/thread.ts';
import { RowHeights } from '../../../widget/panel/thread/row-heights.ts';
import { ThreadRows } from '../../../widget/panel/thread/thread-rows.ts';
import { WindowedRows } from '../../../widget/panel/thread/windowed-rows.ts';
import type { RowsView } from '../../../widget/panel/thread/windowed-rows.ts';
import { afterEach, describe, expect, it, mount } from '../../page.ts';
import { ada, ben, samplePart } from '../sample.ts';

type Row = { id: string };

const MS_A_ROW = 0.4;
afterEach(() => void Reflect.deleteProperty(performance, 'now'));

const rowsUpTo = (count: number): Row[] => Array.from({ length: count }, (_, index) => ({ id: `row ${index}` }));

/** A list in the page, and how often what it is drawn from was looked at. */
async function listOf(count: number, around: Partial<CSSStyleDeclaration> = {}) {
  const frame = await mount<HTMLElement>(html`<div><div><div style="display:flow-root"></div></div></div>`);
  Object.assign(frame.style, around);
  const list = frame.firstElementChild as HTMLElement;
  list.style.cssText = 'block-size:440px;inline-size:300px;overflow:auto;overflow-anchor:none';
  const looked = { rows: 0, prints: 0, templates: 0 };
  let drawnSoFar = 0;
  // How much is drawn at once depends on how long it takes: here always the same, whatever else the machine does.
  performance.now = () => drawnSoFar * MS_A_ROW;
  const rows = new Proxy(rowsUpTo(count), {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d/.test(key)) looked.rows += 1;
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  const view: RowsView<Row> = {
    list,
    place: list.firstElementChild as HTMLElement,
    atEnd: true,
    wanted: [],
    keeps: () => false,
    print() {
      looked.prints += 1;
      return '';
    },
    template({ id }) {
      looked.templates += 1;
      drawnSoFar += 1;
      return html`<p style="margin:0;block-size:${30 + (id.length % 3) * 10}px">${id}</p>`;
    },
  };
  const windowed = new WindowedRows<Row>();
  const settle = (atEnd = false): void => {
    for (let turn = 0; turn === 0 || windowed.isHeldBack; turn += 1) {
      expect(turn).to.be.lessThan(60);
      windowed.draw(rows, { ...view, atEnd });
    }
  };
  settle(true);
  return { list, looked, rows, view, windowed, settle };
}

/** Of `rows` which are in sight now. */
const inSight = (list: HTMLElement): string[] => {
  const { top, bottom } = list.getBoundingClientRect();
  return [...list.querySelectorAll('p')]
    .filter((row) => row.getBoundingClientRect().bottom > top && row.getBoundingClientRect().top < bottom)
    .map(({ textContent }) => textContent);
};

describe('many rows', () => {
  it('cost a scroll step no more among ten thousand than among few', async () => {
    const costs: { rows: number; prints: number; templates: number; boxes: number }[] = [];
    for (const count of [400, 10_000]) {
      const { list, looked, rows, view, windowed, settle } = await listOf(count);
      expect(inSight(list).at(-1)).to.equal(`row ${count - 1}`);
      list.scrollTop -= 1_500;
      settle();
      Object.assign(looked, { rows: 0, prints: 0, templates: 0 });
      const whole = Object.getOwnPropertyDescriptor(Element.prototype, 'getBoundingClientRect')!;
      let boxes = 0;
      Element.prototype.getBoundingClientRect = function (this: Element): DOMRect {
        boxes += 1;
        return (whole.value as () => DOMRect).call(this);
      };
      try {
        list.scrollTop -= 1_500;
        windowed.draw(rows, { ...view, atEnd: false });
        settle();
      } finally {
        Object.defineProperty(Element.prototype, 'getBoundingClientRect', whole);
      }
      expect(inSight(list).length).to.be.greaterThan(8);
      expect(looked.templates).to.be.within(8, 40);
      costs.push({ ...looked, boxes });
    }
    const [few, many] = costs as [(typeof costs)[0], (typeof costs)[0]];
    for (const key of ['rows', 'prints', 'boxes'] as const) expect(many[key]).to.be.lessThan(few[key] * 3 + 200);
    expect(many.rows).to.be.lessThan(4_000);
  });

  it('fill what is in sight after any leap, in the right order and place', async () => {
    const { list, settle } = await listOf(3_000);
    for (const to of [0, 400, 50_000, 51_200, 49_900, 1e7, 90_000, 0]) {
      list.scrollTop = to;
      settle();
      const seen = inSight(list);
      expect(seen.length, `at ${to}`).to.be.greaterThan(8);
      const numbers = seen.map((words) => Number(words.slice(4)));
      expect(numbers).to.deep.equal(numbers.map((_, index) => numbers[0]! + index));
      const { top, bottom } = list.getBoundingClientRect();
      const boxes = [...list.querySelectorAll('p')].map((row) => row.getBoundingClientRect());
      expect(Math.min(...boxes.map((box) => box.top))).to.be.lessThan(top + 1);
      expect(Math.max(...boxes.map((box) => box.bottom))).to.be.greaterThan(bottom - 1);
    }
    expect(inSight(list)[0]).to.equal('row 0');
  });

  for (const [how, value] of [
    ['zoom', '1.1'],
    ['zoom', '0.5'],
    ['transform', 'scale(0.5)'],
  ] as const)
    it(`fill what is in sight of a page with ${how}: ${value}, and come to an end of it`, async () => {
      const { list, settle } = await listOf(3_000, { [how]: value });
      for (const to of [50_000, 0, 90_000, 89_000]) {
        list.scrollTop = to;
        settle();
        const numbers = inSight(list).map((words) => Number(words.slice(4)));
        expect(numbers.length, `at ${to}`).to.be.greaterThan(8);
        expect(numbers).to.deep.equal(numbers.map((_, index) => numbers[0]! + index));
        // Where it was scrolled to, by rows of 40 pixels and some.
        expect(numbers[0], `at ${to}`).to.be.within(to / 60, to / 30 + 1);
      }
    });

  it('have the heights that a plain sum of all has', () => {
    let usual = 52;
    let rows = rowsUpTo(1);
    const heights = new RowHeights<Row>();
    const known = new Map<string, number>();
    const of = ({ id }: Row): number => known.get(id) ?? usual;
    const check = (): void => {
      const sum = (from: number, to: number): number => rows.slice(from, to).reduce((all, row) => all + of(row), 0);
      const { length } = rows;
      for (const [from, to] of [
        [0, length],
        [0, 0],
        [3, length - 1],
        [length >> 1, length],
        [5, length >> 1],
      ] as const)
        if (from <= to) expect(heights.between(from, to)).to.be.closeTo(sum(from, to), 0.01);
      for (const index of [0, length >> 2, length >> 1, length - 1]) {
        const found = heights.at(sum(0, index) + 0.5);
        expect(found.index).to.equal(index);
        expect(found.start).to.be.closeTo(sum(0, index), 0.01);
      }
      expect(heights.at(-100)).to.deep.equal({ index: 0, start: 0 });
      expect(heights.at(1e9).index).to.equal(length - 1);
    };
    heights.become(rows);
    check();
    for (let turn = 0; turn < 12; turn += 1) {
      const older = Array.from({ length: 50 }, (_, index) => ({ id: `older ${turn} ${index}` }));
      rows = [...older, ...rows];
      expect(heights.become(rows)).to.equal(50);
      if (known.size > 0) usual = [...known.values()].reduce((sum, one) => sum + one, 0) / known.size;
      for (let index = turn; index < rows.length; index += 7) {
        const height = 20 + ((index * 31) % 90);
        heights.measured(index, height);
        known.set(rows[index]!.id, height);
      }
      check();
    }
    rows = [...rows.slice(0, 300), { id: 'between' }, ...rows.slice(301), { id: 'newest' }];
    expect(heights.become(rows)).to.equal(undefined);
    usual = [...known.values()].reduce((sum, one) => sum + one, 0) / known.size;
    check();
  });
});

describe('rows of a thread', () => {
  const authors = [{}, { author: ada }, {}, { author: ben }, { author: ada }];
  const parts = Array.from({ length: 200 }, (_, index): VisitorPart =>
    samplePart(index + 1, `Message ${index + 1}`, {
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, index * 40 * (1 + (index % 3)))).toISOString(),
      // Somebody who writes only in the oldest and the newest.
      ...authors[index < 20 || index > 190 ? index % 5 : index % 3],
    }),
  );
  /** Nothing that is remembered by a part is known of a copy. */
  const asNew = (thread: Thread<VisitorPart>): Thread<VisitorPart> => ({
    ...thread,
    parts: thread.parts.map((part) => ({ ...part })),
  });

  it('are the same whether history came in pages or at once, and those that were there stay what they were', () => {
    const made = new ThreadRows();
    let thread = visitorThread.withNewest(visitorThread.empty(), parts.slice(150), true);
    let before = made.of(thread, 'Acme');
    for (const from of [100, 93, 50, 0]) {
      const page = parts.slice(from, Number(thread.parts[0]?.publicSeq) - 1);
      thread = visitorThread.withOlder(thread, page, from > 0);
      const rows = made.of(thread, 'Acme');
      expect(rows).to.have.length(200 - from);
      expect(rows.slice(page.length).every((row, index) => row === before[index])).to.equal(true);
      expect(rows).to.deep.equal(new ThreadRows().of(asNew(thread), 'Acme'));
      expect(made.newestOwn?.id).to.equal(rows.findLast(({ author }) => !author)?.id);
      before = rows;
    }
    expect(before.filter(({ joins }) => joins)).to.have.length(2);
  });
});
