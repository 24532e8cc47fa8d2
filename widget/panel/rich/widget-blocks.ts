import { html } from 'lit';
import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import { keptJson } from '../../../shared/client/kept-json.ts';
import type { BlockAnswer, RichBlock, RichBlockOf } from '../../../shared/contract/block.ts';
import type { BlockReply, PendingMessage } from '../../../shared/state/thread.ts';
import type { FormValues } from '../../../shared/ui/blocks/block-form.ts';
import { Blocks, articleWords } from '../../../shared/ui/blocks/blocks.ts';
import { ReadEvent } from '../home/home-events.ts';
import type { ChatEvent } from '../chat-event.ts';
import type { ThreadRow } from '../thread/thread-rows.ts';
import type { VisitorChat } from '../visitor-chat.ts';
import { keep, recordOf } from '../visitor-memory.ts';
import { WidgetEvent } from '../widget-event.ts';

/**
 * The rich blocks of one message, for its visitor to answer.
 *
 * @tag parlour-widget-blocks
 * @summary Buttons, cards, forms, articles and ratings of a message.
 * @fires parlour-widget-choice - {reply, words} The visitor answers a block.
 * @fires parlour-widget-read - {articleId} The visitor wants to read an article.
 */
export class WidgetBlocks extends Blocks {
  static override properties: PropertyDeclarations = {
    row: { attribute: false },
    underway: { attribute: false },
    draft: { attribute: false },
  };

  row: ThreadRow | null = null;
  /** What the server does not have yet. */
  underway: readonly PendingMessage[] = [];
  /** What the browser keeps a form as, until it is sent, begins with this. */
  draft = '';

  protected override get answerable(): boolean {
    return true;
  }

  override willUpdate(_changed: PropertyValues<this>): void {
    const { row } = this;
    if (!row) return;
    this.blocks = row.blocks;
    const given = Object.entries(row.answers ?? {}).map(([id, { answer }]) => [id, answer] as const);
    // What is on its way counts as said; what failed may be said again.
    const said = this.underway.flatMap(({ answer, state }) =>
      answer && answer.partId === row.id && state !== 'failed' ? [[answer.blockId, answer.answer] as const] : [],
    );
    this.answers = Object.fromEntries([...given, ...said]);
    // One that could not be sent is still there to be mended.
    for (const [blockId] of given) keep(this.#nameOf(blockId), '', 'sessionStorage');
  }

  protected override answer(block: RichBlock, answer: BlockAnswer, words: string): void {
    if (!this.row || !('id' in block)) return;
    const [partId, blockId] = [this.row.id, block.id];
    // An answer that could not be sent is said anew, not twice.
    const failed = this.underway.find(
      (one) => one.state === 'failed' && one.answer?.partId === partId && one.answer.blockId === blockId,
    );
    this.dispatchEvent(new ChoiceEvent({ partId, blockId, answer }, words, failed?.id));
  }

  protected override valuesOf({ id }: RichBlockOf<'form'>): FormValues {
    return keptJson<FormValues>(recordOf(this.#nameOf(id), 'sessionStorage'), {});
  }

  protected override keepValues({ id }: RichBlockOf<'form'>, values: FormValues): void {
    keep(this.#nameOf(id), JSON.stringify(values), 'sessionStorage');
  }

  #nameOf(blockId: string): string {
    return `${this.draft}:${this.row?.id}:${blockId}`;
  }

  protected override article({ articleId, title, excerpt }: RichBlockOf<'article'>): TemplateResult {
    // The second half of a double click was meant for what stood here before the first one moved it.
    const read = ({ detail }: MouseEvent): unknown => detail < 2 && this.dispatchEvent(new ReadEvent(articleId));
    return html`<button class="sheet article" type="button" @click=${read}>
      ${articleWords(title, excerpt)}
    </button>`;
  }
}

/** The visitor answers a block. `words` is the answer as a message, `messageId` the one that said so before and failed. */
export class ChoiceEvent extends WidgetEvent implements ChatEvent {
  readonly reply: BlockReply;
  readonly words: string;
  readonly messageId: string | undefined;

  constructor(reply: BlockReply, words: string, messageId: string | undefined) {
    super('parlour-widget-choice');
    this.reply = reply;
    this.words = words;
    this.messageId = messageId;
  }

  carryOut(chat: VisitorChat, conversationId: string): string {
    chat.answer(conversationId, this.reply, this.words, this.messageId);
    return conversationId;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-blocks': WidgetBlocks;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-widget-choice': ChoiceEvent;
  }
}
