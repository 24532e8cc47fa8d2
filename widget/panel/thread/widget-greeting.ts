import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import { bubbleStyles } from './bubble-styles.ts';
import { greetingRow } from './greeting-row.ts';

/**
 * A conversation in which nothing has been said. Everything that messages need is fetched when the visitor begins to write.
 *
 * @tag parlour-widget-greeting
 * @summary What stands where messages will be.
 * @csspart bubble - The greeting.
 */
export class WidgetGreeting extends LitElement {
  static override styles = bubbleStyles;
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    greeting: { attribute: false },
    workspaceName: { attribute: false },
  };

  greeting = '';
  workspaceName = '';

  override render(): TemplateResult {
    return html`<div class="scroll focus-inside" role="log" tabindex="0" aria-label=${msg('Messages')}>
      <div class="rows">${this.greeting ? greetingRow(this.greeting, this.workspaceName) : nothing}</div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-greeting': WidgetGreeting;
  }
}
