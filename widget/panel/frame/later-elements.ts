import { define } from '../../../shared/ui/define.ts';

type Tag = 'parlour-widget-thread' | 'parlour-widget-form' | 'parlour-widget-home';

/** What the panel shows only to those who come to it. */
const sources: Record<Tag, () => Promise<{ elements: Record<string, CustomElementConstructor> }>> = {
  'parlour-widget-thread': () => import('../thread/widget-thread.ts'),
  'parlour-widget-form': () => import('../form/widget-form.ts'),
  'parlour-widget-home': () => import('../home/home-elements.ts'),
};

/** Fetches what draws an element, unless it is here. @returns whether it is here now; without a network it may not be */
export async function fetchElement(tag: Tag): Promise<boolean> {
  try {
    if (!customElements.get(tag)) define((await sources[tag]()).elements);
    return true;
  } catch {
    // Whoever needs it still asks again.
    return false;
  }
}
