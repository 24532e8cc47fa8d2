import type { ReactiveController } from 'lit';
import { smallWindow } from '../placement.ts';
import type { WidgetPanel } from './widget-panel.ts';

const filling = new WeakSet<WidgetPanel>();

/** Has a panel fill a small window, once. */
export function fillScreen(panel: WidgetPanel): void {
  if (!filling.has(panel)) new FullScreen(panel);
  filling.add(panel);
}

/**
 * For a panel that fills a small window: it stays above the keyboard and inside of the screen's safe areas, and the keyboard's focus stays
 * in it, because there is nothing else to be seen. Fetched when a panel opens in one.
 */
class FullScreen implements ReactiveController {
  readonly #panel: WidgetPanel;
  readonly #small = matchMedia(smallWindow);
  #ending = new AbortController();

  constructor(panel: WidgetPanel) {
    this.#panel = panel;
    panel.addController(this);
  }

  hostConnected(): void {
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    this.#small.addEventListener('change', this.#fit, { signal });
    visualViewport?.addEventListener('resize', this.#fit, { signal });
    visualViewport?.addEventListener('scroll', this.#fit, { signal });
    this.#panel.addEventListener('keydown', this.#keyed, { signal });
  }

  hostUpdated(): void {
    this.#fit();
  }

  hostDisconnected(): void {
    this.#ending.abort();
  }

  get #fills(): boolean {
    return this.#panel.open && this.#small.matches;
  }

  #fit = (): void => {
    const { style, renderRoot } = this.#panel;
    const fills = this.#fills;
    const card = renderRoot.querySelector('[role="dialog"]');
    if (card) card.ariaModal = fills ? 'true' : null;
    const { offsetTop = 0, height = 0, scale = 1 } = visualViewport ?? {};
    // Whoever has magnified the page wants a part of it large, not all of it small.
    const follows = fills && height > 0 && scale < 1.01;
    const below = Math.max(0, document.documentElement.clientHeight - offsetTop - height);
    style.insetBlock = follows ? `${offsetTop}px ${below}px` : '';
    const edge = (side: string): string => `env(safe-area-inset-${side})`;
    // The keyboard covers the lower edge itself.
    const lower = below > 0 ? '0px' : edge('bottom');
    style.padding = fills ? `${edge('top')} ${edge('right')} ${lower} ${edge('left')}` : '';
    style.background = fills ? 'var(--_surface)' : '';
  };

  #keyed = (event: KeyboardEvent): void => {
    if (event.key !== 'Tab' || !this.#fills || event.defaultPrevented) return;
    const stops = [...stopsIn(this.#panel.renderRoot)];
    const [first, last] = [stops[0], stops.at(-1)];
    const [end, start] = event.shiftKey ? [first, last] : [last, first];
    if (!start || deepActive() !== end) return;
    event.preventDefault();
    start.focus();
  };
}

function deepActive(): Element | null {
  let { activeElement } = document;
  while (activeElement?.shadowRoot?.activeElement) ({ activeElement } = activeElement.shadowRoot);
  return activeElement;
}

/** Where Tab stops, in its order. */
function* stopsIn(root: ParentNode): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (element.shadowRoot) yield* stopsIn(element.shadowRoot);
    else if (
      element.tabIndex >= 0 &&
      !element.matches(':disabled') &&
      element.checkVisibility({ visibilityProperty: true })
    )
      yield element;
  }
}
