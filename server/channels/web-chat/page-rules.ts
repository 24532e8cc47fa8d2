import type { Greeting } from '../../../shared/contract/channel.ts';
import type { Condition } from '../../../shared/contract/condition.ts';
import { conditionScript, literal } from '../../../shared/state/condition-script.ts';
import type { FactScript } from '../../../shared/state/condition-script.ts';

/** What a page's rules need to know of their channel. */
interface RuledChannel {
  key: string;
  askConsent?: boolean | undefined;
}

interface PageFact extends FactScript {
  /** What may change while the page stays: by the clock, or when the pointer leaves. A change of address is seen anyway. */
  watch?: 'clock' | 'pointer';
}

/** What the visitor reads: the page's language, else the browser's. */
export const languageScript = '(document.documentElement.lang||navigator.language).slice(0,2)';

/** Somebody who comes back sooner is still on the same visit. */
const VISIT_MS = 1_800_000;

/**
 * What a rule may ask of the page and of who is on it, as expressions of `w`, the widget, `t`, when this address was come to, and `e`,
 * the event that happened. Everything else is what the page has said of its visitor.
 */
function pageFact(field: string, { key, askConsent }: RuledChannel): PageFact {
  const since = `localStorage[${literal(`parlour:${key}:since`)}]`;
  const facts: Readonly<Record<string, PageFact>> = {
    url: { value: 'location.href', isText: true },
    path: { value: 'location.pathname', isText: true },
    // The shorter side: a phone on its side is a phone.
    device: {
      value: '(Math.min(screen.width,screen.height)<600?`phone`:`desktop`)',
      is: new Map([
        ['phone', 'Math.min(screen.width,screen.height)<600'],
        ['desktop', 'Math.min(screen.width,screen.height)>=600'],
      ]),
      isText: true,
    },
    language: { value: languageScript, isText: true },
    // Once its moment has passed an availability has turned over; without one there is no number, and nothing is at or above that.
    open: {
      value: '(w.availability.open!=Date.now()>=Date.parse(w.availability.changesAt))',
      is: new Map([[true, 'w.availability.open!=Date.now()>=Date.parse(w.availability.changesAt)']]),
      watch: 'clock',
    },
    seconds: {
      value: '(Date.now()-t)/1e3',
      atLeast: (least) => `Date.now()-t>=${Math.round(least * 1000)}`,
      watch: 'clock',
    },
    scroll: { value: '100*scrollY/(document.documentElement.scrollHeight-innerHeight)', watch: 'clock' },
    // Upwards, to the tabs and the address.
    leaving: { value: '(e?.clientY<=0)', is: new Map([[true, 'e?.clientY<=0']]), watch: 'pointer' },
    // Kept from the first visit on; who must be asked first has it kept when they agree. Where storage is denied this is a new visitor.
    returning: {
      value: `(()=>{try{return Date.now()-${askConsent ? since : `(${since}??=Date.now())`}>${VISIT_MS}}catch{return!1}})()`,
    },
  };
  return Object.hasOwn(facts, field) ? facts[field]! : { value: `w.known[${literal(field)}]` };
}

/** What looks at the rules when something changes, until the widget, `w`, is destroyed; `o` are a listener's options that say so. */
const watchScripts: Record<NonNullable<PageFact['watch']>, string> = {
  // Time, depth and hours are looked at this often rather than listened to: a page scrolls far more often.
  clock: 'let i=setInterval(w.look,1e3);w.on(`destroy`,()=>clearInterval(i))',
  pointer: 'document.documentElement.addEventListener(`mouseleave`,w.look,o)',
};

/** The rules as the function that judges them (`PageRule` in `widget/launcher/panel-port.ts`); `n` is whether a greeting is new. */
export function ruleScript(showWhen: Condition | null, greetings: readonly Greeting[], channel: RuledChannel): string {
  const scriptOf = (rule: Condition): string => conditionScript(rule, (field) => pageFact(field, channel));
  const greets = greetings.map(({ id, when }) => `n(${literal(id)})&&${scriptOf(when)}&&${literal(id)}||`);
  const shows = showWhen ? scriptOf(showWhen) : '';
  return `(w,t,n,e)=>${shows}${shows && greets.length > 0 ? `&&(${greets.join('')}1)` : `${greets.join('')}${shows ? '' : '1'}`}`;
}

/** Statements that watch what must be watched for some rules, and no more. */
export function watchScript(rules: readonly Condition[], channel: RuledChannel): string[] {
  const watched = new Set<keyof typeof watchScripts>();
  for (const rule of rules)
    conditionScript(rule, (field) => {
      const fact = pageFact(field, channel);
      if (fact.watch) watched.add(fact.watch);
      return fact;
    });
  return [...watched].map((what) => watchScripts[what]);
}
