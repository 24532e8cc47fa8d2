import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import { later } from '../../../shared/client/later.ts';
import type { FileLine } from '../../../shared/client/uploads.ts';
import type { Attachment } from '../../../shared/contract/attachment.ts';
import { MAX_MESSAGE_LENGTH } from '../../../shared/contract/limits.ts';
import type { AttachmentTray } from '../../../shared/ui/attachments/attachment-tray.ts';
import { fillTray, loadAttachments } from '../../../shared/ui/attachments/fill-tray.ts';
import { fitToText, isSendKey } from '../../../shared/ui/composer-core.ts';
import { icon } from '../../../shared/ui/icon.ts';
import { paperclipIcon, sendIcon, smileIcon } from '../../../shared/ui/first-icons.ts';
import { numberText } from '../../../shared/ui/language.ts';
import { WidgetEvent } from '../widget-event.ts';
import { UNNAMED, keep, recordOf } from '../visitor-memory.ts';
import { composerStyles } from './widget-composer-styles.ts';

/** From here on it is said how much room is left. */
const NEAR_LIMIT = MAX_MESSAGE_LENGTH - 500;

const toggleEmoji = later((_query, composer: WidgetComposer, button: HTMLElement) =>
  import('../emoji/widget-emoji.ts').then(({ toggle }) => toggle(composer, button)),
);

const drags = ['dragover', 'dragleave', 'drop'] as const;

/**
 * Where a visitor writes. Enter sends, Shift+Enter makes a new line; the Enter that confirms a word in an input method does not
 * send. What is written and not sent stays with its conversation.
 *
 * @tag parlour-widget-composer
 * @summary The visitor's message field and send button.
 * @fires parlour-widget-send - {text, attachments} The visitor sends a message.
 * @fires parlour-widget-write - The visitor is writing.
 * @csspart composer - The text area with its buttons.
 * @csspart field - The text area.
 * @csspart attach - The button that attaches files.
 * @csspart emoji - The button that opens the emoji.
 * @csspart send - The send button.
 */
export class WidgetComposer extends LitElement {
  static override styles = composerStyles;
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    conversationId: { attribute: false },
    draft: { attribute: false },
    placeholder: { attribute: false },
    files: { attribute: false },
    text: { state: true },
  };

  conversationId = '';
  /** What the browser keeps the text as, for the next page or for the same one when it comes back. */
  draft = '';
  placeholder = '';
  /** The line that files go over. Nothing until there is one: the icons, the first that a page draws, take as long as the field, which is to be there first. */
  files: FileLine | undefined;
  /** What is written and not sent. */
  text = '';
  /** Files may be dropped anywhere on the panel. */
  #around: EventTarget | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const root = this.getRootNode();
    this.#around = root instanceof ShadowRoot ? root.host : this;
    for (const type of drags) this.#around.addEventListener(type, this.#files);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const type of drags) this.#around?.removeEventListener(type, this.#files);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    // One that only gets its name is the same.
    if (changed.get('conversationId') === UNNAMED) changed.delete('conversationId');
    if (!changed.has('conversationId')) return;
    this.#isSent = false;
    this.text = recordOf(this.draft, 'sessionStorage');
    if (recordOf(`${this.draft}files`, 'sessionStorage')) void loadAttachments();
  }

  override updated(changed: PropertyValues<this>): void {
    const { draft, text } = this;
    const before = changed.get('draft');
    // A conversation has another name once it is begun; what is written meanwhile goes with it.
    if (before && !changed.has('conversationId')) keep(before, '', 'sessionStorage');
    if (draft && (before || changed.has('text'))) keep(draft, text, 'sessionStorage');
    // Most browsers do it by style, without measuring.
    if (this.field && !('fieldSizing' in this.field.style)) fitToText(this.field);
  }

  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  private get field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  private get tray(): (Partial<AttachmentTray> & Element) | null {
    return this.renderRoot.querySelector('parlour-attachment-tray');
  }

  #files = (event: Event): void => fillTray(event, this.tray!);

  /** Whether there is something to send, and all of it is there. */
  get #isReady(): boolean {
    const { tray } = this;
    return !tray?.busy && !!(this.text.trim() || tray?.attachments?.length) && this.text.length <= MAX_MESSAGE_LENGTH;
  }

  /** Sent when its files have all come. */
  #isSent: boolean | undefined;

  #typed = (event: InputEvent): void => {
    this.#isSent = false;
    this.text = (event.target as HTMLTextAreaElement).value;
    if (this.text) this.dispatchEvent(new WidgetEvent('parlour-widget-write'));
  };

  #keyed = (event: KeyboardEvent): void => {
    if (!isSendKey(event)) return;
    event.preventDefault();
    this.#send();
  };

  #emoji = ({ currentTarget }: Event): void => void toggleEmoji(this, currentTarget as HTMLElement);

  #send = (click?: Event): void => {
    const text = this.text.trim();
    if (click) this.focus();
    this.#isSent = this.tray?.busy;
    if (!this.#isReady) return;
    this.text = '';
    this.dispatchEvent(new SendEvent(text, this.tray?.take?.() ?? []));
  };

  override render(): TemplateResult {
    const draw = (...drawn: Parameters<typeof icon>) => this.files && icon(...drawn);
    const room = MAX_MESSAGE_LENGTH - this.text.length;
    return html`
      <parlour-attachment-tray
        .conversationId=${this.conversationId}
        .draft=${this.draft}
        .recall=${recordOf}
        .keep=${keep}
        .files=${this.files}
        @parlour-attachments-change=${(event: CustomEvent<boolean>) => {
          this.#isSent &&= !event.detail;
          if (this.#isSent) this.#send();
          this.requestUpdate();
        }}
        @parlour-attachments-taken=${() => this.focus()}
      ></parlour-attachment-tray>
      <div part="composer" class="box">
        <button
          part="attach"
          class="send plain"
          type="button"
          aria-label=${msg('Attach files')}
          @pointerenter=${loadAttachments}
          @click=${this.#files}
        >
          ${draw(paperclipIcon)}
        </button>
        <button part="emoji" class="send plain" type="button" aria-label=${msg('Emoji')} @click=${this.#emoji}>
          ${draw(smileIcon)}
        </button>
        <textarea
          part="field"
          rows="1"
          dir=${this.text ? 'auto' : nothing}
          enterkeyhint="send"
          maxlength=${MAX_MESSAGE_LENGTH}
          placeholder=${this.placeholder}
          aria-label=${msg('Your message')}
          aria-describedby=${this.text.length > NEAR_LIMIT ? 'room' : nothing}
          .value=${this.text}
          @input=${this.#typed}
          @keydown=${this.#keyed}
          @paste=${this.#files}
        ></textarea>
        <button
          part="send"
          class="send"
          type="button"
          aria-label=${msg('Send')}
          aria-disabled=${!(this.hasUpdated && this.#isReady)}
          @click=${this.#send}
        >
          ${draw(sendIcon, { directional: true })}
        </button>
      </div>
      <p id="room" class="room" role="status">${this.text.length > NEAR_LIMIT ? roomText(room) : nothing}</p>
    `;
  }
}

function roomText(room: number): string {
  const most = numberText(MAX_MESSAGE_LENGTH);
  if (room <= 0) return msg(str`A message has at most ${most} characters. Send this one, then write another.`);
  return msg(str`Characters left: ${numberText(room)}`);
}

/** The visitor sends a message. */
export class SendEvent extends WidgetEvent {
  readonly text: string;
  readonly attachments: readonly Attachment[];

  constructor(text: string, attachments: readonly Attachment[] = []) {
    super('parlour-widget-send');
    this.text = text;
    this.attachments = attachments;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-composer': WidgetComposer;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-widget-send': SendEvent;
    'parlour-widget-write': WidgetEvent;
  }
}
