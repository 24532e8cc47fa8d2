import type { Greeting, WebChatSettings } from '../../shared/contract/channel.ts';
import type { Condition } from '../../shared/contract/condition.ts';

/** What the settings' form can say of where the launcher shows. */
export interface ShowRule {
  /** Addresses, one per line; a star stands for anything. */
  showOn: string;
  hideOn: string;
  device: '' | 'phone' | 'desktop';
  whileOpen: boolean;
}

/** What it can say of when a greeting comes. */
export interface GreetingRule {
  text: string;
  seconds: string;
  scroll: string;
  pages: string;
  leaving: boolean;
  returning: boolean;
}

const lines = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** An address that begins with a slash is one of the site's own paths. */
const onPage = (glob: string): Condition => ({
  field: glob.startsWith('/') ? 'path' : 'url',
  operator: 'matches',
  value: glob,
});
const is = (field: string, value: string | boolean): Condition => ({ field, operator: 'is', value });
const onPages = (text: string): Condition[] => (lines(text).length > 0 ? [{ any: lines(text).map(onPage) }] : []);
const atLeast = (field: string, value: string): Condition[] =>
  Number(value) > 0 ? [{ field, operator: 'atLeast', value: Number(value) }] : [];

export function showWhenOf({ showOn, hideOn, device, whileOpen }: ShowRule): WebChatSettings['showWhen'] {
  const all: Condition[] = [
    ...onPages(showOn),
    ...onPages(hideOn).map((not) => ({ not })),
    ...(device ? [is('device', device)] : []),
    ...(whileOpen ? [is('open', true)] : []),
  ];
  return all.length > 0 ? { all } : null;
}

/** @param id of the greeting as it was; visitors who dismissed it are not asked again. */
export function greetingsOf(rule: GreetingRule, id: string, translations: Greeting['translations'] = {}): Greeting[] {
  if (!rule.text.trim()) return [];
  const all: Condition[] = [
    ...atLeast('seconds', rule.seconds),
    ...atLeast('scroll', rule.scroll),
    ...onPages(rule.pages),
    ...(rule.leaving ? [is('leaving', true)] : []),
    ...(rule.returning ? [is('returning', true)] : []),
  ];
  const always: Condition = { field: 'seconds', operator: 'atLeast', value: 0 };
  return [{ id, text: rule.text, translations, when: { all: all.length > 0 ? all : [always] } }];
}

type Parts = { any?: Condition[]; not?: Condition; field?: string; value?: unknown };

const partsOf = (condition: Condition | null): Parts[] =>
  condition && 'all' in condition ? (condition.all as Parts[]) : [];
const pagesIn = (part: Parts | undefined): string =>
  (part?.any ?? []).map((each) => String((each as Parts).value ?? '')).join('\n');

/** The database puts the fields of an object into an order of its own. */
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
const same = (one: unknown, other: unknown): boolean => ordered(one) === ordered(other);

/** A rule as the form says it; `null` where it says more than the form can: somebody wrote it through the API. */
export function showRuleOf(showWhen: WebChatSettings['showWhen']): ShowRule | null {
  const parts = partsOf(showWhen);
  const device = parts.find(({ field }) => field === 'device')?.value;
  const rule: ShowRule = {
    showOn: pagesIn(parts.find(({ any }) => any)),
    hideOn: pagesIn(parts.find(({ not }) => not)?.not as Parts | undefined),
    device: device === 'phone' || device === 'desktop' ? device : '',
    whileOpen: parts.some(({ field }) => field === 'open'),
  };
  return same(showWhenOf(rule), showWhen) ? rule : null;
}

/** The same for greetings. */
export function greetingRuleOf(greetings: readonly Greeting[]): GreetingRule | null {
  const [greeting] = greetings;
  const parts = partsOf(greeting?.when ?? null);
  const number = (name: string): string => String(parts.find(({ field }) => field === name)?.value || '');
  const rule: GreetingRule = {
    text: greeting?.text ?? '',
    seconds: number('seconds'),
    scroll: number('scroll'),
    pages: pagesIn(parts.find(({ any }) => any)),
    leaving: parts.some(({ field }) => field === 'leaving'),
    returning: parts.some(({ field }) => field === 'returning'),
  };
  const told = greetings.map(({ id, text, translations, when }) => ({ id, text, translations, when }));
  return same(greetingsOf(rule, greeting?.id ?? '', greeting?.translations), told) ? rule : null;
}
