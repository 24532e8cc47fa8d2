import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { RequestError } from '../../shared/client/client.ts';
import { later } from '../../shared/client/later.ts';
import { MAX_MESSAGE_LENGTH } from '../../shared/contract/limits.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { fillTray, loadAttachments } from '../../shared/ui/attachments/fill-tray.ts';
import type { AttachmentTray } from '../../shared/ui/attachments/attachment-tray.ts';
import { buttons, focusRing, reset, scrollbars, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { fitToText, isSendKey } from '../../shared/ui/composer-core.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { checkIcon, noteIcon, paperclipIcon, replyIcon, sendIcon, smileIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import { ClientFollower } from '../context/client-follower.ts';
import { hintText, nearlyFull } from './composer-hint.ts';
import { composerStyles } from './composer-styles.ts';
import { BeforeSendEvent, SendEvent, SendFailedEvent } from './composer-events.ts';
import type { MessageKind } from './composer-events.ts';
import { deliver } from './deliver.ts';
import { emptyDraft, joinDrafts, keepDraft, readDraft } from './drafts.ts';
import type { Draft, DraftPlace } from './drafts.ts';

const kinds: readonly MessageKind[] = ['reply', 'note'];
/** The network: the next click tries again. */
const toggleEmoji = later((_query, button: HTMLElement, area: () => HTMLTextAreaElement | null) =>
  import('./composer-emoji.ts').then(({ toggle }) => {
    const field = area();
    if (field) toggle(button, field);
  }),
);

/**
 * Where a teammate writes: a reply that the contact sees, or a note that only the team sees. What is written is kept for each
 * conversation while others are looked at.
 *
 * @tag parlour-composer
 * @summary Writes replies and internal notes.
 * @slot tools - Beside the send button: controls of your own.
 * @fires {BeforeSendEvent} parlour-before-send - Something is about to be sent. Cancel it to keep it in the composer.
 * @fires {SendEvent} parlour-send - Something was handed to the line.
 * @fires {SendFailedEvent} parlour-send-failed - The server refused it. Cancel it to show that yourself.
 * @csspart composer - The card around everything.
 * @csspart mode - The choice between reply and note.
 * @csspart input - The text area.
 * @csspart hint - What Enter does, or what is wrong.
 * @csspart attach - The button that attaches files.
 * @csspart emoji - The button that opens the emoji.
 * @csspart send - The send button.
 * @csspart send-and-close - The button that closes the conversation with what is sent.
 */
export class ComposerElement extends LitElement {
  static override styles = [tokens, reset, focusRing, visuallyHidden, buttons, scrollbars, iconStyles, composerStyles];
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  /** Where it is sent. */
  @property({ attribute: 'conversation-id' }) conversationId: string | null = null;
  /** Whether a reply or a note is written. */
  @property({ reflect: true }) kind: MessageKind = 'reply';

  /** Offers to close the conversation with what is sent. */
  @property({ type: Boolean, attribute: 'with-close' }) withClose = false;
  /** How far the conversation is shown (a `seq`): what is sent does not close it over what the contact writes after that. */
  @property({ type: Number, attribute: 'seen-seq' }) seenSeq: number | null = null;

  /** What is written, in either mode. */
  @state() private draft: Draft = emptyDraft;
  @state() private error: string | null = null;
  @query('parlour-attachment-tray') private tray!: (Partial<AttachmentTray> & Element) | null;
  @query('textarea') private area!: HTMLTextAreaElement | null;

  /** Sent when its files have all come, and how. */
  #sent: { closes: boolean; seenSeq: number | null } | null = null;
  /** Who writes; empty before that is known. */
  #teammateId = '';
  readonly #follower = new ClientFollower(this, { begin: ({ snapshot }) => this.#begin(snapshot!.me.id) });

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!kinds.includes(this.kind)) this.kind = 'reply';
    if (changed.has('conversationId') || changed.has('kind')) this.#sent = null;
    if (changed.has('conversationId')) {
      this.#takeUpDraft(changed.get('conversationId') === undefined && changed.has('kind'));
    } else if (changed.has('kind')) {
      this.#keep();
    }
  }

  protected override updated(): void {
    if (this.area) fitToText(this.area);
  }

  /**
   * Sends what is written, as the button does.
   * @param how `closes`: closes the conversation with it, if it is a reply; `seenSeq`: in place of the element's own
   */
  send(how: { closes: boolean; seenSeq?: number | null } = { closes: false }): void {
    const { client } = this.#follower;
    const { conversationId, kind, text } = this;
    const { seenSeq = this.seenSeq } = how;
    this.#sent = this.tray?.busy ? { ...how, seenSeq } : null;
    if (!client || !conversationId || !this.#canSend()) return;
    // A last message is read by the contact, a note never.
    const closes = how.closes && kind === 'reply';
    if (!this.dispatchEvent(new BeforeSendEvent(text, kind, closes))) return;
    const message = { id: uuidv7(), text, kind, closes, seenSeq, attachments: this.tray?.take?.() ?? [] };
    const delivered = deliver(client, conversationId, message);
    this.text = '';
    this.error = null;
    this.#keep();
    this.dispatchEvent(new SendEvent(conversationId, message, delivered));
    delivered.catch((error: unknown) => {
      if (!(error instanceof RequestError)) throw error;
      this.#refused(conversationId, message, error.message);
    });
  }

  #refused(conversationId: string, message: { id: string; text: string; kind: MessageKind }, reason: string): void {
    if (!this.dispatchEvent(new SendFailedEvent(message, reason))) return;
    const { kind, text } = message;
    const place = this.#place(conversationId);
    keepDraft(place, { ...joinDrafts({ [kind]: text }, readDraft(place)), kind });
    if (conversationId !== this.conversationId) return;
    this.#takeUpDraft(false);
    this.error = reason;
  }

  #begin(teammateId: string): void {
    const isFirst = this.#teammateId === '';
    const isAnother = this.#teammateId !== teammateId;
    this.#teammateId = teammateId;
    if (isAnother && this.hasUpdated) {
      const { reply, note } = this.draft;
      // What was written before one knew by whom is theirs, as what they had written before is.
      if (isFirst && (reply || note)) this.#keep(joinDrafts(readDraft(this.#place()), this.draft));
      this.#takeUpDraft(isFirst);
    }
    this.requestUpdate();
  }

  #takeUpDraft(kindIsGiven: boolean): void {
    this.error = null;
    this.draft = readDraft(this.#place());
    // The kind a page has written in the markup holds for the first conversation.
    if (!kindIsGiven || this.kind === 'reply') this.kind = this.draft.kind;
  }

  #keep(draft = this.draft): void {
    // Under nobody's name it would be the next one's.
    if (this.#teammateId && this.conversationId) keepDraft(this.#place(), { ...draft, kind: this.kind });
  }

  #place(conversationId = this.conversationId): DraftPlace {
    return { teammateId: this.#teammateId, conversationId };
  }

  private get text(): string {
    return this.draft[this.kind];
  }

  private set text(text: string) {
    this.draft = { ...this.draft, [this.kind]: text };
  }

  #canSend(): boolean {
    const { text } = this;
    const tray = this.hasUpdated ? this.tray : null;
    const hasFiles = (tray?.attachments?.length ?? 0) > 0;
    return !tray?.busy && (text.trim() !== '' || hasFiles) && text.length <= MAX_MESSAGE_LENGTH;
  }

  #switch(kind: MessageKind): void {
    if (kind === this.kind) return;
    this.error = null;
    this.kind = kind;
  }

  #files = (event: Event): void => {
    if (this.conversationId) fillTray(event, this.tray!);
  };

  #written = (): void => {
    this.#sent = null;
    this.text = this.area?.value ?? '';
    this.error = null;
    this.#keep();
    if (this.kind === 'reply' && this.text.trim() && this.conversationId)
      this.#follower.client?.typing(this.conversationId);
  };

  #emoji = ({ currentTarget }: Event): void => void toggleEmoji(currentTarget as HTMLElement, () => this.area);

  #keyed = (event: KeyboardEvent): void => {
    const closes = this.#offersClose && isCloseKey(event);
    if (!closes && !isSendKey(event)) return;
    event.preventDefault();
    this.send({ closes });
  };

  get #offersClose(): boolean {
    return this.withClose && this.kind === 'reply';
  }

  #close = (): void => {
    this.send({ closes: true });
    // The button goes with the text.
    this.area?.focus();
  };

  #tabKeyed = (event: KeyboardEvent): void => {
    if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return;
    event.preventDefault();
    const target = event.key === 'Home' ? 'reply' : event.key === 'End' || this.kind === 'reply' ? 'note' : 'reply';
    this.#switch(target);
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[role="tab"][tabindex="0"]')?.focus(),
    );
  };

  protected override render(): TemplateResult {
    const { kind } = this;
    const tooLong = this.text.length > MAX_MESSAGE_LENGTH;
    const label = kind === 'note' ? msg('Internal note') : msg('Reply');
    const placeholder = kind === 'note' ? msg('Write a note for your team…') : msg('Write a reply…');
    return html`<form
      class="card ${kind}"
      part="composer"
      @dragover=${this.#files}
      @dragleave=${this.#files}
      @drop=${this.#files}
      @submit=${(event: Event) => {
        event.preventDefault();
        this.send();
      }}
    >
      <div class="modes" part="mode" role="tablist" aria-label=${msg('What to write')} @keydown=${this.#tabKeyed}>
        ${kinds.map(
          (one) => html`<button
            class="mode focus-inside"
            type="button"
            role="tab"
            id="mode-${one}"
            aria-selected=${one === kind ? 'true' : 'false'}
            aria-controls="writing"
            tabindex=${one === kind ? 0 : -1}
            @click=${() => {
              this.#switch(one);
              this.area?.focus();
            }}
          >
            ${one === 'note' ? icon(noteIcon, { size: 16 }) : icon(replyIcon, { size: 16, directional: true })}
            ${one === 'note' ? msg('Note') : msg('Reply')}
          </button>`,
        )}
        ${kind === 'note' ? html`<span class="who">${msg('Only your team sees this')}</span>` : nothing}
      </div>
      <div id="writing" role="tabpanel" aria-labelledby="mode-${kind}">
        <textarea
          class="area scroll"
          part="input"
          rows="2"
          dir="auto"
          enterkeyhint="send"
          aria-label=${label}
          aria-describedby="hint"
          aria-invalid=${tooLong ? 'true' : 'false'}
          placeholder=${placeholder}
          .value=${live(this.text)}
          @input=${this.#written}
          @keydown=${this.#keyed}
          @paste=${this.#files}
        ></textarea>
        <parlour-attachment-tray
          .conversationId=${this.conversationId ?? ''}
          .files=${this.#follower.client}
          @parlour-attachments-change=${(event: CustomEvent<boolean>) => {
            if (event.detail) this.#sent = null;
            if (this.#sent) this.send(this.#sent);
            this.requestUpdate();
          }}
          @parlour-attachments-taken=${() => this.area?.focus()}
        ></parlour-attachment-tray>
      </div>
      <div class="foot">
        <p class="hint ${tooLong || this.error ? 'wrong' : this.text.length > nearlyFull ? '' : 'keys'}" part="hint" id="hint" aria-live="polite">${this.error || hintText(this.text.length)}</p>
        <slot name="tools"></slot>
        <button
          class="attach"
          part="attach"
          type="button"
          title=${msg('Attach files')}
          aria-label=${msg('Attach files')}
          @pointerenter=${loadAttachments}
          @click=${this.#files}
        >
          ${icon(paperclipIcon, { size: 18 })}
        </button>
        <button class="attach" part="emoji" type="button" title=${msg('Emoji')} aria-label=${msg('Emoji')} @click=${this.#emoji}>
          ${icon(smileIcon, { size: 18 })}
        </button>
        ${
          this.#offersClose && (this.text.trim() || this.#canSend())
            ? html`<button
                class="button"
                part="send-and-close"
                type="button"
                aria-keyshortcuts="Control+Shift+Enter Meta+Shift+Enter"
                @click=${this.#close}
              >
                ${icon(checkIcon, { size: 16 })}${msg('Send and close')}
              </button>`
            : nothing
        }
        <button class="button primary send" part="send" type="submit" aria-disabled=${this.#canSend() ? 'false' : 'true'}>
          ${kind === 'note' ? msg('Add note') : msg('Send')}
          ${kind === 'note' ? nothing : icon(sendIcon, { size: 16, directional: true })}
        </button>
      </div>
    </form>`;
  }
}

/** Ctrl or Cmd+Shift+Enter: the new line that Shift+Enter makes, it makes without them. */
function isCloseKey({ key, shiftKey, ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent): boolean {
  return key === 'Enter' && shiftKey && (ctrlKey || metaKey) && !altKey && !isComposing;
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-composer': ComposerElement;
  }
}
