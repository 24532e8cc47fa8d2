import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import { RequestError } from '../../../shared/client/client.ts';
import type { VisitorState } from '../../../shared/state/visitor.ts';
import { icon } from '../../../shared/ui/icon.ts';
import { closedIcon, mailIcon, moreIcon } from '../../../shared/ui/icons.ts';
import { numberText, refusalIn, spoken } from '../../../shared/ui/language.ts';
import type { VisitorChat } from '../visitor-chat.ts';
import { menuStyles } from './widget-menu-styles.ts';

const downloadIcon = 'M10 3.2v9M6.4 8.8 10 12.4l3.6-3.6M3.8 16.4h12.4';

/** What hangs below the button: the choices, one of them being asked about, at work, or what came of it. */
type Sheet = 'choices' | 'email' | 'end' | 'busy' | 'done';

/**
 * What can be done with the whole of a conversation: keep it, have it sent, end it.
 *
 * @tag parlour-widget-menu
 * @summary The menu in the panel's head.
 * @csspart menu - What opens below the button.
 */
export class WidgetMenu extends LitElement {
  static override styles = menuStyles;
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    chat: { attribute: false },
    conversationId: { attribute: false },
    visitor: { attribute: false },
    workspaceName: { attribute: false },
    sheet: { state: true },
    said: { state: true },
    wrong: { state: true },
    progress: { state: true },
  };

  chat: VisitorChat | null = null;
  /** The conversation shown; null is none. */
  conversationId: string | null = null;
  visitor: VisitorState | null = null;
  workspaceName = '';
  private sheet: Sheet | null = null;
  /** What came of it. */
  private said = '';
  /** Why the address is not taken. */
  private wrong = '';
  /** How many messages are here, and how many there are. */
  private progress: readonly [number, number] | null = null;
  /** Counts what was begun here, so that what was given up changes nothing any more. */
  #turn = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#pressed);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    // It takes no room in the head where there is nothing it could do.
    this.hidden = !this.#conversation;
    if (changed.has('conversationId')) this.#leave();
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has('sheet') || !this.sheet) return;
    this.renderRoot.querySelector<HTMLElement>('[data-first]')?.focus();
  }

  get #conversation() {
    return this.conversationId ? this.visitor?.conversations.get(this.conversationId) : undefined;
  }

  #leave(): void {
    this.#turn += 1;
    this.sheet = null;
    this.wrong = '';
    this.progress = null;
  }

  #close = (): void => {
    this.#leave();
    this.renderRoot.querySelector<HTMLElement>('.more')?.focus();
  };

  #toggle = (): void => {
    if (this.sheet) this.#close();
    else this.sheet = 'choices';
  };

  #pressed = (event: Event): void => {
    // What is at work goes on; it is closed by its own button.
    if (this.sheet && this.sheet !== 'busy' && !event.composedPath().includes(this)) this.#leave();
  };

  #keyed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.sheet) {
      // The panel itself stays open.
      event.stopPropagation();
      this.#close();
      return;
    }
    if (this.sheet !== 'choices') return;
    // The way of menus: out of it, and on from where it hangs.
    if (event.key === 'Tab') this.#leave();
    const items = [...this.renderRoot.querySelectorAll<HTMLElement>('.item')];
    const at = items.findIndex((item) => item.matches(':focus'));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    items[to % items.length]?.focus();
  };

  /** Does something that may take a while; what comes of it is said in the sheet. */
  async #carryOut(work: (isWanted: () => boolean) => Promise<string>): Promise<void> {
    const turn = (this.#turn += 1);
    const isWanted = (): boolean => turn === this.#turn;
    this.sheet = 'busy';
    const said = await work(isWanted).catch((error: unknown) => {
      if (error instanceof RequestError) return refusalIn(error);
      throw error;
    });
    if (!isWanted()) return;
    this.progress = null;
    if (!said) return this.#close();
    this.said = said;
    this.sheet = 'done';
  }

  #download = (): void => {
    const { chat, conversationId, workspaceName } = this;
    if (!chat || !conversationId) return;
    void this.#carryOut(async (isWanted) => {
      try {
        const { saveTranscript } = await import('./transcript-file.ts');
        const progress = (count: number, all: number): void => {
          if (isWanted()) this.progress = [count, all];
        };
        await saveTranscript(chat, conversationId, workspaceName, progress, isWanted);
        return '';
      } catch (error) {
        // The network, or a chunk that did not come.
        if (!(error instanceof RequestError)) return msg('The messages could not be loaded.');
        throw error;
      }
    });
  };

  #send = (event: SubmitEvent): void => {
    event.preventDefault();
    const { chat, conversationId } = this;
    const field = this.renderRoot.querySelector('input');
    if (!chat || !conversationId || !field) return;
    if (!field.value.trim() || !field.validity.valid) {
      this.wrong = msg('Please write an email address such as name@example.com.');
      field.focus();
      return;
    }
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const language = spoken.locale ?? spoken.language;
    const email = field.value;
    void this.#carryOut(async () => {
      await chat.tell('conversation.emailTranscript', { conversationId, email, language, timeZone });
      return msg('The transcript is on its way.');
    });
  };

  #end = (): void => {
    const { chat, conversationId } = this;
    if (!chat || !conversationId) return;
    void this.#carryOut(async () => {
      await chat.tell('conversation.end', { conversationId });
      return '';
    });
  };

  #item(outline: string, text: string, act: () => void, isFirst = false): TemplateResult {
    return html`<button class="item" type="button" role="menuitem" tabindex="-1" ?data-first=${isFirst} @click=${act}>
      ${icon(outline)}<span>${text}</span>
    </button>`;
  }

  #cancel(text: string, isFirst = false): TemplateResult {
    return html`<button class="button" type="button" ?data-first=${isFirst} @click=${this.#close}>${text}</button>`;
  }

  #choices(): TemplateResult {
    return html`<div part="menu" class="sheet" role="menu" aria-label=${msg('More')}>
      ${this.#item(downloadIcon, msg('Download transcript'), this.#download, true)}
      ${this.visitor?.mailsTranscripts ? this.#item(mailIcon, msg('Email transcript'), () => (this.sheet = 'email')) : nothing}
      ${this.#conversation?.status === 'open' ? this.#item(closedIcon, msg('End chat'), () => (this.sheet = 'end')) : nothing}
    </div>`;
  }

  #email(): TemplateResult {
    return html`<div part="menu" class="sheet" role="dialog" aria-label=${msg('Email transcript')}>
      <form novalidate @submit=${this.#send}>
      <label
        >${msg('Your email address')}
        <input
          data-first
          type="email"
          autocomplete="email"
          maxlength="254"
          aria-invalid=${this.wrong ? 'true' : 'false'}
          aria-describedby="wrong"
          @input=${() => (this.wrong = '')}
      /></label>
      <p id="wrong" class="wrong" role="alert" ?hidden=${!this.wrong}>${this.wrong}</p>
      <div class="actions">
        <button class="button" type="submit">${msg('Send')}</button>
        ${this.#cancel(msg('Cancel'))}
      </div>
      </form>
    </div>`;
  }

  #ending(): TemplateResult {
    return html`<div part="menu" class="sheet" role="dialog" aria-labelledby="question">
      <div class="ask">
        <p id="question">${msg('End this chat? You can write again at any time.')}</p>
        <div class="actions">
          <button data-first class="button" type="button" @click=${this.#end}>${msg('End chat')}</button>
          ${this.#cancel(msg('Cancel'))}
        </div>
      </div>
    </div>`;
  }

  #busy(): TemplateResult {
    const [count, all] = this.progress ?? [0, 0];
    const said = all ? msg(str`Collecting messages: ${numberText(count)} of ${numberText(all)}`) : msg('Loading…');
    return html`<div part="menu" class="sheet" role="dialog" aria-label=${msg('Loading…')}>
      <div class="ask">
        <p>${said}</p>
        ${all ? html`<progress aria-label=${msg('Loading…')} max=${all} value=${count}></progress>` : nothing}
        <div class="actions">${this.#cancel(msg('Cancel'), true)}</div>
      </div>
    </div>`;
  }

  #done(): TemplateResult {
    return html`<div part="menu" class="sheet" role="dialog" aria-labelledby="said">
      <div class="ask">
        <p id="said" role="status">${this.said}</p>
        <div class="actions">${this.#cancel(msg('Close'), true)}</div>
      </div>
    </div>`;
  }

  override render(): TemplateResult {
    const sheets: Record<Sheet, () => TemplateResult> = {
      choices: () => this.#choices(),
      email: () => this.#email(),
      end: () => this.#ending(),
      busy: () => this.#busy(),
      done: () => this.#done(),
    };
    return html`<div @keydown=${this.#keyed}>
      <button
        class="round more"
        type="button"
        aria-label=${msg('More')}
        aria-haspopup="menu"
        aria-expanded=${this.sheet ? 'true' : 'false'}
        @click=${this.#toggle}
      >
        ${icon(moreIcon)}
      </button>
      ${this.sheet ? sheets[this.sheet]() : nothing}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-menu': WidgetMenu;
  }
}
