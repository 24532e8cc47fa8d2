import type { ServerFrame } from '../../wire/frames.ts';
import { later } from '../later.ts';
import type { Line } from '../line.ts';
import type { Wire, WireEvents } from '../wire.ts';
import type { TabSharing } from './tab-sharing.ts';

type SharingModule = { TabSharing: typeof TabSharing };

/** What tabs do for each other, from the moment that there are two. */
export interface Sharing {
  /** A wire through the tab that has the line; nothing where this one is to open its own. */
  open(hello: string, events: WireEvents): Wire | undefined;
  /** Gives the others what is theirs of a frame. @returns whether it is nothing to this tab */
  heard(frame: ServerFrame): boolean;
  /** This tab's own wire has ended. */
  ended(code: number): void;
}

/** Where it cannot be fetched, a tab goes on alone until another one says something again. */
const fetchSharing = later((_query, use: (module: SharingModule) => void) => import('./tab-sharing.ts').then(use));

/**
 * The tabs of one visitor, of which the holder of a Web Lock has the line (rule 17). A tab that is alone loads nothing for it; without
 * locks or channels each tab has a line of its own.
 */
export class Tabs {
  sharing: Sharing | undefined;
  readonly #name: string;
  #joining: Promise<void> | undefined;
  #leaving = new AbortController();

  /** @param name Tells one visitor of this browser from another: they never share. */
  constructor(name: string) {
    this.#name = `parlour:${name}`;
  }

  /** Settles when it is known whether this tab is to have the line. */
  join(line: Line): Promise<void> {
    return (this.#joining ??= this.#join(line, this.#name, (this.#leaving = new AbortController()).signal));
  }

  leave(): void {
    this.#leaving.abort();
    this.sharing = this.#joining = undefined;
  }

  async #join(line: Line, name: string, signal: AbortSignal): Promise<void> {
    const { locks } = navigator;
    if (!locks || !window.BroadcastChannel) return;
    const channel = new BroadcastChannel(name);
    const left = new Promise<void>((resolve) => {
      signal.onabort = () => {
        channel.close();
        resolve();
      };
    });
    /** Somebody has taken the lock from a tab that seemed dead. */
    const deposed = (): void => {
      if (signal.aborted) return;
      this.leave();
      line.move();
    };
    let isFirst = false;
    const share = (): Promise<unknown> =>
      fetchSharing(({ TabSharing }) => {
        if (!signal.aborted) this.sharing ??= new TabSharing({ name, channel, line, signal, left, deposed }, isFirst);
      });
    await new Promise<unknown>((resolve) => {
      locks
        .request(name, { ifAvailable: true }, (lock) => {
          isFirst = !!lock;
          channel.onmessage = share;
          resolve(lock ?? share());
          return lock && left;
        })
        .catch(() => {
          if (isFirst) deposed();
          // Or a frame without an origin of its own may hold none.
          resolve(null);
        });
    });
  }
}
