import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Says in the title of a page of our own where one is and how much is unread; gives the title back when the host goes. */
export class PageTitle implements ReactiveController {
  #before: string | null = null;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    if (this.#before !== null) document.title = this.#before;
    this.#before = null;
  }

  show(name: string, unread: number): void {
    this.#before ??= document.title;
    const title = unread > 0 ? `(${unread}) ${name}` : name;
    if (document.title !== title) document.title = title;
  }
}
