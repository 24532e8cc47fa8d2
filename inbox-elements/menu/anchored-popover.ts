import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { returnFocus } from './return-focus.ts';

const marginPx = 8;
const gapPx = 4;

/**
 * Places a native popover beside the button that opens it, and gives the focus that stood in it back to that button. The browser
 * does the rest: light dismissal and Escape. Bind `beforeToggle` and `toggled` to the popover's events of those names.
 */
export class AnchoredPopover implements ReactiveController {
  open = false;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #opened: (panel: HTMLElement) => void;
  #panel: HTMLElement | null = null;

  /** @param opened Called when the popover has come up: the place to move focus into it. */
  constructor(host: ReactiveControllerHost & HTMLElement, opened: (panel: HTMLElement) => void) {
    this.#host = host;
    this.#opened = opened;
    host.addController(this);
  }

  /** The focus that stood on what was in the menu's place, before it came, is on the button now. */
  hostUpdated(): void {
    const { shadowRoot } = this.#host;
    if (this.#host.matches(':focus-within') && !shadowRoot?.activeElement) shadowRoot?.querySelector('button')?.focus();
  }

  hostDisconnected(): void {
    this.#closed();
  }

  readonly beforeToggle = ({ currentTarget, newState }: ToggleEvent): void => {
    const panel = currentTarget as HTMLElement;
    const trigger = this.#trigger(panel);
    if (newState !== 'open') return returnFocus(panel, trigger);
    if (trigger) place(panel, trigger.getBoundingClientRect());
    this.#panel = panel;
    this.open = true;
    window.addEventListener('resize', this.close);
    this.#host.requestUpdate();
  };

  readonly toggled = ({ currentTarget, newState }: ToggleEvent): void => {
    if (newState === 'open') this.#opened(currentTarget as HTMLElement);
    else this.#closed();
  };

  /** Closes the popover, if it is up. */
  readonly close = (): void => {
    const panel = this.#panel;
    if (panel?.matches(':popover-open')) panel.hidePopover();
  };

  #closed(): void {
    window.removeEventListener('resize', this.close);
    this.#panel = null;
    if (!this.open) return;
    this.open = false;
    this.#host.requestUpdate();
  }

  #trigger(panel: HTMLElement): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>(`[popovertarget="${panel.id}"]`) ?? null;
  }
}

/** Below the button where there is room, else above; its outer edge on the button's, never beyond the window. */
function place(panel: HTMLElement, button: DOMRect): void {
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const below = height - button.bottom;
  const goesUp = below < 320 && button.top > below;
  const alignsEnd = button.left + button.right > width;
  const style = panel.style;
  style.setProperty('inset', 'auto');
  style.setProperty(goesUp ? 'bottom' : 'top', px(goesUp ? height - button.top + gapPx : button.bottom + gapPx));
  style.setProperty('max-block-size', px((goesUp ? button.top : below) - gapPx - marginPx));
  const inset = alignsEnd ? width - button.right : button.left;
  style.setProperty(
    alignsEnd ? 'right' : 'left',
    `clamp(${px(marginPx)}, ${px(inset)}, calc(100vw - 280px - ${px(marginPx)}))`,
  );
}

function px(value: number): string {
  return `${Math.round(value)}px`;
}
