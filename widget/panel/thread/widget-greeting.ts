import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import type { PendingMessage } from '../../../shared/state/thread.ts';
import { bubbleStyles } from './bubble-styles.ts';
import { greetingRow } from './greeting-row.ts';

/**
 * A conversation in which nothing has been said, but for what the visitor wrote before what draws messages was here.
 *
 * @tag parlour-widget-greeting
 * @summary What stands where messages will be.
 * @csspart bubble - The greeting, or what was written.
 */
export class WidgetGreeting extends LitElement {
  static override styles = bubbleStyles;
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    greeting: { attribute: false },
    workspaceName: { attribute: false },
    written: { attribute: false },
  };

  greeting = '';
  workspaceName = '';
  written: readonly PendingMessage[] | undefined;

  override render(): TemplateResult {
    return html`<div class="scroll focus-inside" role="log" tabindex="0" aria-label=${msg('Messages')}>
      <div class="rows">
        ${this.greeting ? greetingRow(this.greeting, this.workspaceName) : nothing}
        ${this.written?.map(
          ({ text, state, error }) =>
            html`<div class="row mine starts">
              <div class="column">
                <span class="visually-hidden">${msg('You')}:</span>
                <div part="bubble mine" class="bubble plain" dir="auto">${text}</div>
                <div class="name status">${state === 'waiting' ? msg('Waiting for a connection') : error}</div>
              </div>
            </div>`,
        )}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-greeting': WidgetGreeting;
  }
}
