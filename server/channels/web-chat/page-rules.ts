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
    device: { value: '(Math.min(screen.width,screen.height)<600?`phone`:`desktop`)', isText: true },
    language: { value: '(document.documentElement.lang||navigator.language).slice(0,2)', isText: true },
    // Once its moment has passed an availability has turned over; without one there is no number, and nothing is at or above that.
    open: { value: '(({open:o,changesAt:c})=>o!=Date.now()>=Date.parse(c))(w.availability)', watch: 'clock' },
    seconds: { value: '(Date.now()-t)/1e3', watch: 'clock' },
    scroll: { value: '100*scrollY/(document.documentElement.scrollHeight-innerHeight)', watch: 'clock' },
    // Upwards, to the tabs and the address.
    leaving: { value: '(e?.clientY<=0)', watch: 'pointer' },
    // Kept from the first visit on; who must be asked first has it kept when they agree. Where storage is denied this is a new visitor.
    returning: {
      value: `(()=>{try{return Date.now()-${askConsent ? since : `(${since}??=Date.now())`}>${VISIT_MS}}catch{return!1}})()`,
    },
  };
  return Object.hasOwn(facts, field) ? facts[field]! : { value: `w.known[${literal(field)}]` };
}

/** Listens until the widget, `w`, is destroyed; `l` looks at the rules. */
const pointerScript =
  '(l,w)=>{let d=document.documentElement,n=`mouseleave`;d.addEventListener(n,l);w.on(`destroy`,()=>d.removeEventListener(n,l))}';

/** A rule as the function that judges it (`PageRule` in `widget/launcher/panel-port.ts`). */
export function ruleScript(rule: Condition, channel: RuledChannel): string {
  const script = conditionScript(rule, (field) => pageFact(field, channel));
  // Most rules ask for the address alone.
  return `${/\b[wte]\b/.test(script) ? '(w,t,e)' : '()'}=>${script}`;
}

/** What must be watched for some rules, and no more: how often to look by the clock, and a script that listens. */
export function watchFor(rules: readonly Condition[], channel: RuledChannel): { everyMs?: number; watch?: string } {
  const watched = new Set<PageFact['watch']>();
  for (const rule of rules)
    conditionScript(rule, (field) => {
      const fact = pageFact(field, channel);
      watched.add(fact.watch);
      return fact;
    });
  return { ...(watched.has('clock') && { everyMs: 1000 }), ...(watched.has('pointer') && { watch: pointerScript }) };
}
