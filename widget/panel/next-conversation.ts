import { jsonText } from '../../shared/client/json-text.ts';
import type { Properties } from '../../shared/contract/form.ts';
import { draftOwner, keep, recordOf, visitorRecord } from './visitor-memory.ts';

/**
 * What the page knows of what the next new conversation is about: kept for the tab until it begins, as its draft is. It is of whoever is
 * here when it is said, and of nobody else: they may have left since, in another tab too. Who is nobody yet becomes somebody by it.
 */
export class NextConversation {
  readonly #channelKey: string;

  constructor(channelKey: string) {
    this.#channelKey = channelKey;
  }

  get properties(): Properties | undefined {
    try {
      const { whose, said } = JSON.parse(recordOf(this.#name, 'sessionStorage')) as { whose: string; said: Properties };
      if (whose === draftOwner(this.#channelKey)) return said;
      this.properties = undefined;
    } catch {
      // There is none, or it is broken.
    }
    return undefined;
  }

  set properties(said: Properties | undefined) {
    if (said) visitorRecord(this.#channelKey);
    const whose = draftOwner(this.#channelKey);
    keep(this.#name, said ? (jsonText({ whose, said }) ?? '') : '', 'sessionStorage');
  }

  get #name(): string {
    return `${this.#channelKey}:about`;
  }
}
