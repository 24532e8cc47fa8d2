import { jsonText } from '../../shared/client/json-text.ts';
import type { Properties } from '../../shared/contract/form.ts';
import { draftOwner, keep, recordOf } from './visitor-memory.ts';

/** What the page knows of what the next new conversation is about: kept for the tab until it begins, as its draft is. */
export class NextConversation {
  readonly #channelKey: string;
  #said: Properties | undefined;

  constructor(channelKey: string) {
    this.#channelKey = channelKey;
  }

  get properties(): Properties | undefined {
    return (this.#said ??= this.#kept());
  }

  set properties(said: Properties | undefined) {
    this.#said = said;
    const whose = draftOwner(this.#channelKey);
    keep(this.#name, said ? (jsonText({ whose, said }) ?? '') : '', 'sessionStorage');
  }

  get #name(): string {
    return `${this.#channelKey}:about`;
  }

  /** Said before anybody was known it is of whoever writes, else of them alone: another tab may have signed them out. */
  #kept(): Properties | undefined {
    const record = recordOf(this.#name, 'sessionStorage');
    if (!record) return undefined;
    const { whose, said } = JSON.parse(record) as { whose: string; said: Properties };
    return !whose || whose === draftOwner(this.#channelKey) ? said : undefined;
  }
}
