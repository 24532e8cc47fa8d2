/** This close to its end counts as being there, in CSS pixels. */
const NEAR_END = 48;

export function isNearEnd(list: Element): boolean {
  return fromEnd(list) < NEAR_END;
}

/** Tells what a list's reader has scrolled from what has grown around them: only the one takes them from its end. */
export class ListEnd {
  /** Where the list was last brought to its end, and how much of it was in sight there. */
  #endedAt = 0;
  #endView = 0;

  goTo(list: Element): void {
    list.scrollTop = list.scrollHeight;
    this.#endedAt = list.scrollTop;
    this.#endView = list.clientHeight;
  }

  /** Whether whoever was brought there is there still. */
  isKept(list: Element): boolean {
    return this.#movedUp(list) <= 1 || fromEnd(list) < 1;
  }

  /** Whether the reader has scrolled up, and it is not yet heard: sizes may change in the same frame. */
  isBeingLeft(list: Element): boolean {
    return this.#movedUp(list) > 1 && !isNearEnd(list);
  }

  /** A list that is given more room, as by a composer that has sent its files, is moved up by so much without anybody scrolling. */
  #movedUp({ scrollTop, clientHeight }: Element): number {
    return this.#endedAt - scrollTop - Math.max(clientHeight - this.#endView, 0);
  }
}

function fromEnd({ scrollHeight, scrollTop, clientHeight }: Element): number {
  return scrollHeight - scrollTop - clientHeight;
}
