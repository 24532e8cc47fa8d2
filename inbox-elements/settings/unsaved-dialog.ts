import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { buttons, focusRing, reset } from '../../shared/ui/base-styles.ts';
import { tokens } from '../tokens.ts';

/** Whether what is not saved may be lost, as somebody is about to leave it. `answer` is given by whoever can ask. */
export class LeaveEvent extends Event {
  static readonly type = 'parlour-leave';
  answer: Promise<boolean> = Promise.resolve(true);

  constructor() {
    super(LeaveEvent.type, { bubbles: true, composed: true });
  }
}

/**
 * Asks before changes are lost.
 *
 * @tag parlour-unsaved-dialog
 * @summary "Discard your changes?"
 * @csspart dialog - The dialog.
 */
export class UnsavedDialog extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    buttons,
    css`
      :host {
        display: contents;
      }
      dialog {
        inline-size: min(420px, calc(100vw - 32px));
        padding: var(--_space-6);
        border: 0;
        border-radius: calc(var(--_radius) * 2);
        background: var(--_surface-raised);
        color: var(--_text);
        font: 400 var(--_font-size) / 1.45 var(--_font);
        box-shadow: var(--_shadow);
      }
      dialog::backdrop {
        background: color-mix(in oklab, black 48%, transparent);
      }
      h2 {
        font-size: var(--_font-size-l);
      }
      p {
        margin-block: var(--_space-2) var(--_space-6);
        color: var(--_text-muted);
      }
      form {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_space-2);
        justify-content: flex-end;
      }
    `,
  ];

  @query('dialog') private dialog!: HTMLDialogElement;
  #asking: Promise<boolean> | null = null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  /** True when the changes may go. Asked twice at once it is one question. */
  ask(): Promise<boolean> {
    this.#asking ??= this.#answer().finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** What was asked about is saved meanwhile: nothing stands in the way of leaving. */
  withdraw(): void {
    if (this.dialog.open) this.dialog.close('discard');
  }

  async #answer(): Promise<boolean> {
    await this.updateComplete;
    const { dialog } = this;
    dialog.returnValue = '';
    dialog.showModal();
    await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
    return dialog.returnValue === 'discard';
  }

  protected override render(): TemplateResult {
    return html`<dialog part="dialog" aria-labelledby="title" @cancel=${(event: Event) => event.stopPropagation()}>
      <h2 id="title">${msg('Discard your changes?')}</h2>
      <p>${msg('What you changed on this page is not saved yet.')}</p>
      <form method="dialog">
        <button class="button" value="discard">${msg('Discard')}</button>
        <button class="button primary" value="stay" autofocus>${msg('Keep editing')}</button>
      </form>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-unsaved-dialog': UnsavedDialog;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-leave': LeaveEvent;
  }
}
