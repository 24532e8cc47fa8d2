import { blanksFor, pageFor } from './blanks.ts';
import { peopleMaker, type Person, type TeammateKey } from './people.ts';
import { chanceFor, type Chance } from './random.ts';
import { say, type Line, type Scene } from './scene.ts';
import { orderScenes } from './scenes/orders.ts';
import { potsScenes } from './scenes/pots.ts';
import { returnsScenes } from './scenes/returns.ts';
import { shippingScenes } from './scenes/shipping.ts';
import { wholesaleScenes } from './scenes/wholesale.ts';
import { Hours } from './hours.ts';

export type InboxKey = 'support' | 'wholesale';

/** One thing that happens in a conversation. */
export type Step = { at: Date } & (
  | { kind: 'message' | 'note'; by: TeammateKey | 'contact'; text: string }
  | { kind: 'assign'; by: TeammateKey | 'rotation'; to: TeammateKey }
  | { kind: 'read' | 'close'; by: TeammateKey }
  | { kind: 'seen' }
  | { kind: 'snooze'; by: TeammateKey; until: Date }
);

export type SampleConversation = { key: string; person: Person; inbox: InboxKey; page: string; steps: Step[] };

/** How a conversation stands today. */
type End = 'waiting for us' | 'waiting for them' | 'snoozed' | 'closed';

const COUNT = 400;
const RECENT = 72;
const DAYS = 60;
const MINUTE = 60_000;

const supportScenes = [...shippingScenes, ...returnsScenes, ...potsScenes, ...orderScenes];
/** Most questions are about parcels and pots; a few scenes would be odd to meet too often, and are only met by being one of many. */
const themes: readonly (readonly Scene[])[] = [
  shippingScenes,
  shippingScenes,
  potsScenes,
  potsScenes,
  returnsScenes,
  orderScenes,
  supportScenes,
];
const supportTeam = ['mara', 'jonas', 'ines'] as const;

/**
 * Everything that happened at the shop in the sixty days before `now`. The same for the same moment; at another moment the same people say the
 * same things on other dates.
 */
export function planSampleWorkspace(now: Date): SampleConversation[] {
  const chance = chanceFor('conversations');
  const newPerson = peopleMaker(chanceFor('people'));
  const regulars: { person: Person; inbox: InboxKey }[] = [];
  const meet = (): { person: Person; inbox: InboxKey } => {
    if (regulars.length > 20 && chance.happens(0.27)) return chance.pick(regulars);
    const met = {
      person: newPerson(chance.happens(0.2)),
      inbox: chance.happens(0.14) ? ('wholesale' as const) : ('support' as const),
    };
    if (met.person.name !== null) regulars.push(met);
    return met;
  };
  return beginnings(now).map((beginning, index) =>
    converse(now, { ...beginning, ...meet(), key: `conversation ${index + 1}`, turn: supportTeam[index % 3]! }),
  );
}

/** When each begins, oldest first: evenly over the weeks, ever closer together towards now. */
function beginnings(now: Date): { at: Date; isRecent: boolean }[] {
  const chance = chanceFor('beginnings');
  const early = Array.from({ length: COUNT - RECENT }, () => {
    const at = new Date(now);
    at.setDate(at.getDate() - chance.between(11, DAYS));
    // Most write around noon, some late in the evening.
    at.setHours(
      8 + Math.floor((chance.number() + chance.number()) * 7),
      chance.between(0, 59),
      chance.between(0, 59),
      0,
    );
    return { at, isRecent: false };
  });
  const late = Array.from({ length: RECENT }, (_, index) => {
    const nth = RECENT - 1 - index;
    const minutes = nth * (7 + 1.9 * nth) + 3 + chance.number() * 4;
    return { at: new Date(now.getTime() - minutes * MINUTE), isRecent: true };
  });
  return [...early.sort((a, b) => a.at.getTime() - b.at.getTime()), ...late];
}

type Beginning = { key: string; at: Date; isRecent: boolean; inbox: InboxKey; person: Person; turn: TeammateKey };

function converse(now: Date, { key, at, isRecent, inbox, person, turn }: Beginning): SampleConversation {
  const chance = chanceFor(key);
  const scene = chance.pick(inbox === 'wholesale' ? wholesaleScenes : chance.pick(themes));
  const owner: TeammateKey = inbox === 'wholesale' ? (chance.happens(0.7) ? 'ines' : 'mara') : turn;
  const page = pageFor(scene.page, chance);
  const blanks = blanksFor(page, person, owner, chance);
  const end = endOf(isRecent, inbox, chance);
  const lines = cut(
    scene.lines.filter(({ optional }) => !optional || chance.happens(0.55)),
    end,
    isRecent,
    chance,
  );
  const steps = new Telling(at, now, isRecent, chance);

  lines.forEach((line, index) => {
    const text = say(forget(line.text, person), blanks, chance);
    if (line.by === 'contact') {
      steps.later('contact', index);
      steps.add({ kind: 'message', by: 'contact', text });
      if (index === 0 && inbox === 'support') steps.add({ kind: 'assign', by: 'rotation', to: owner });
      return;
    }
    steps.later('team', index);
    if (inbox === 'wholesale' && !steps.has('assign')) steps.add({ kind: 'assign', by: owner, to: owner });
    steps.add({ kind: line.by === 'note' ? 'note' : 'message', by: owner, text });
    if (line.by === 'teammate' && chance.happens(0.8)) steps.add({ kind: 'seen' });
  });

  if (end === 'closed' || end === 'snoozed') steps.later('team', lines.length);
  if (end !== 'waiting for us') steps.add({ kind: 'read', by: owner });
  if (end === 'closed') steps.add({ kind: 'close', by: owner });
  if (end === 'snoozed') steps.add({ kind: 'snooze', by: owner, until: awakening(now, chance) });
  return { key, person, inbox, page, steps: steps.list };
}

/** Most of what is old is done with; of what is new, about half waits for somebody here. */
function endOf(isRecent: boolean, inbox: InboxKey, chance: Chance): End {
  const drawn = chance.number();
  if (!isRecent) return drawn < 0.9 ? 'closed' : drawn < 0.95 ? 'snoozed' : 'waiting for them';
  if (inbox === 'wholesale') return drawn < 0.6 ? 'waiting for us' : 'waiting for them';
  return drawn < 0.38 ? 'waiting for us' : drawn < 0.68 ? 'waiting for them' : drawn < 0.78 ? 'snoozed' : 'closed';
}

/** Stops where the end wants it: what waits for us ends with their words, what waits for them with ours. */
function cut(lines: Line[], end: End, isRecent: boolean, chance: Chance): Line[] {
  if (end === 'waiting for us') {
    const theirs = lines.flatMap(({ by }, index) => (by === 'contact' ? [index] : []));
    // New in every sense, or with an answer of ours behind it; a closing "thanks" waits for nobody.
    const last = chance.happens(0.62) ? 0 : (theirs.at(-2) ?? 0);
    return lines.slice(0, last + 1);
  }
  if (end === 'closed' && !isRecent) return lines;
  const last = lines.findLastIndex(({ by }) => by === 'teammate');
  return end === 'waiting for them' ? lines.slice(0, last + 1) : lines;
}

/** Nobody knows the name of who has not given one. */
function forget(text: string, { name }: Person): string {
  return name === null ? text.replaceAll(', $name', '').replaceAll('$name', 'the visitor') : text;
}

function awakening(now: Date, chance: Chance): Date {
  const until = new Date(now);
  until.setDate(until.getDate() + chance.between(1, 12));
  until.setHours(chance.pick([8, 9, 9, 10, 14]), 0, 0, 0);
  return until;
}

/** Keeps the time while a conversation is told. */
class Telling {
  readonly list: Step[] = [];
  readonly #now: Date;
  readonly #isRecent: boolean;
  readonly #chance: Chance;
  readonly #hours = new Hours();
  #at: Date;
  #slept = false;

  constructor(at: Date, now: Date, isRecent: boolean, chance: Chance) {
    this.#at = at;
    this.#now = now;
    this.#isRecent = isRecent;
    this.#chance = chance;
  }

  has(kind: Step['kind']): boolean {
    return this.list.some((step) => step.kind === kind);
  }

  /** Adds a step a moment after the one before. */
  add(step: StepWithoutTime): void {
    this.list.push({ ...step, at: this.#at } as Step);
    this.#pass(this.#chance.between(900, 4_000));
  }

  /** Lets time pass until one side gets to it: the team within its hours, the contact whenever they look. */
  later(side: 'contact' | 'team', index: number): void {
    if (index === 0) return;
    const chance = this.#chance;
    if (this.#isRecent) return this.#pass(chance.between(40, 400) * 1_000);
    if (side === 'team') {
      this.#pass(chance.between(1, chance.happens(0.8) ? 9 : 75) * MINUTE);
      this.#at = this.#hours.nextOpen(this.#at);
      return;
    }
    const sleeps = !this.#slept && chance.happens(0.12);
    this.#slept ||= sleeps;
    this.#pass(sleeps ? chance.between(15, 30) * 60 * MINUTE : chance.between(1, 22) * MINUTE);
  }

  /** The newest happened just now at the latest: what has too little time left happens faster. */
  #pass(ms: number): void {
    const left = this.#now.getTime() - this.#at.getTime();
    this.#at = new Date(this.#at.getTime() + (this.#isRecent ? Math.min(ms, Math.floor(left / 8)) : ms));
  }
}

type StepWithoutTime = Step extends infer S ? (S extends { at: Date } ? Omit<S, 'at'> : never) : never;
