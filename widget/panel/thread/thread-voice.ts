import type { VisitorPart } from '../../../shared/contract/part.ts';
import type { Thread } from '../../../shared/state/thread.ts';

/** What those hear who listen to a thread: each message that comes, once, and how their own fares. A page of history is not news. */
export class ThreadVoice {
  #news: readonly string[] = [];
  #fate: string | undefined;

  /** Ids of the messages that have come and are not said yet. */
  get news(): readonly string[] {
    return this.#news;
  }

  /** Another thread is shown. */
  begin(): void {
    this.#news = [];
    this.#fate = undefined;
  }

  /** The thread has changed. */
  hear(before: Thread<VisitorPart> | undefined, { parts }: Thread<VisitorPart>): void {
    const { loaded, head } = before ?? {};
    const from = loaded ? parts.findLastIndex(({ publicSeq }) => publicSeq <= (head as number)) + 1 : parts.length;
    this.#news = parts
      .slice(from)
      .filter(({ author }) => author.kind !== 'visitor')
      .map(({ id }) => id);
  }

  /**
   * Says in a live region what is new.
   * @param fate of the visitor's newest message, in a word
   * @param elementOf where a message is drawn
   */
  say(place: Element | null, fate: string, elementOf: (id: string) => Element | undefined): void {
    const said = this.#news.map((id) =>
      [...(elementOf(id)?.querySelectorAll('.column > .visually-hidden, .bubble') ?? [])]
        .map(({ textContent }) => textContent)
        .join(' '),
    );
    if (this.#fate !== undefined && fate && fate !== this.#fate) said.push(fate);
    this.#fate = fate;
    this.#news = [];
    if (said.length > 0) place?.replaceChildren(...said.map(lineOf));
  }
}

function lineOf(text: string): HTMLElement {
  const line = document.createElement('p');
  line.textContent = text;
  return line;
}
