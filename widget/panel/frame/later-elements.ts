import { define } from '../../../shared/ui/define.ts';

type Elements = Record<string, CustomElementConstructor>;

/** What the panel shows only to those who come to it: nobody else downloads it. */
const sources = {
  'parlour-widget-thread': async () => ({
    'parlour-widget-thread': (await import('../thread/widget-thread.ts')).WidgetThread,
  }),
  'parlour-widget-form': async () => ({ 'parlour-widget-form': (await import('../form/widget-form.ts')).WidgetForm }),
  'parlour-widget-home': async () => (await import('../home/home-elements.ts')).homeElements,
} satisfies Record<string, () => Promise<Elements>>;

/** Fetches what draws an element, unless it is here. @returns whether it is here now; without a network it may not be */
export async function fetchElement(tag: keyof typeof sources): Promise<boolean> {
  try {
    if (!customElements.get(tag)) define(await sources[tag]());
    return true;
  } catch {
    // Whoever needs it still asks again.
    return false;
  }
}
