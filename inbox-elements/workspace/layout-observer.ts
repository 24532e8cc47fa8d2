import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** `wide`: all panels. `medium`: the contact comes over the conversation. `phone`: one panel at a time. */
export type Layout = 'wide' | 'medium' | 'phone';

/** The narrowest `medium` and `wide`, in CSS pixels of the element: a host page may give it less than the window. */
const mediumPx = 720;
const widePx = 1100;

function layoutOf(width: number): Layout {
  return width > widePx ? 'wide' : width >= mediumPx ? 'medium' : 'phone';
}

/** Knows how much room the host has. */
export class LayoutObserver implements ReactiveController {
  layout: Layout = layoutOf(innerWidth);
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #observer: ResizeObserver;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
    this.#observer = new ResizeObserver(() => this.#measure());
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
    this.#measure();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  #measure(): void {
    const width = this.#host.clientWidth;
    const layout = width > 0 ? layoutOf(width) : this.layout;
    if (layout === this.layout) return;
    this.layout = layout;
    this.#host.requestUpdate();
  }
}
