import { consume } from '@lit/context';
import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { WorkspaceClient } from '../../shared/client/client.ts';
import type { Alerts } from '../../shared/contract/teammate.ts';
import type { Directory } from '../../shared/state/directory.ts';
import { focusRing, reset } from '../../shared/ui/base-styles.ts';
import { tokens } from '../tokens.ts';
import { clientContext } from '../context/client-context.ts';
import { directoryContext } from '../context/directory-context.ts';
import { Submission } from '../form/submission.ts';
import { switchButton, switchStyles } from '../form/switch-button.ts';
import { chooseDeviceAlerts, deviceAlerts } from './device-alerts.ts';
import type { DeviceAlerts } from './device-alerts.ts';

/**
 * What a teammate wants to be told of while their chat is off, and whether this browser may tell them. Stands in a session.
 *
 * @tag parlour-alert-choices
 * @summary A teammate's own alerts: missed conversations, messages in theirs, notifications in this browser.
 */
export class AlertChoices extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    switchStyles,
    css`
      :host {
        display: block;
      }
      h3,
      p {
        padding: 4px 10px;
        font-size: var(--_font-size-s);
      }
      h3 {
        font-weight: 600;
      }
      p {
        color: var(--_text-muted);
      }
      p[role='alert'] {
        color: var(--_danger);
      }
    `,
  ];

  @consume({ context: clientContext, subscribe: true })
  @state()
  private client: WorkspaceClient | null = null;
  @consume({ context: directoryContext, subscribe: true })
  @state()
  private directory: Directory | null = null;
  @state() private device: DeviceAlerts = deviceAlerts();

  readonly #submission = new Submission(this);

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  #toggle(which: keyof Alerts): void {
    const { client, directory } = this;
    if (!client || !directory) return;
    const alerts = { [which]: !directory.me.alerts[which] };
    void this.#submission.run(null, () => client.execute('teammate.setAlerts', alerts));
  }

  #toggleDevice = async (): Promise<void> => {
    this.device = await chooseDeviceAlerts(this.device !== 'on');
  };

  protected override render(): TemplateResult | typeof nothing {
    const { directory, device } = this;
    if (!directory) return nothing;
    const { missed, yours } = directory.me.alerts;
    const { busy, message } = this.#submission;
    return html`<div role="group" aria-labelledby="title">
      <h3 id="title">${msg('While I am away, notify me about')}</h3>
      ${switchButton({ label: msg('Missed conversations'), on: missed, busy, toggle: () => this.#toggle('missed') })}
      ${switchButton({ label: msg('Messages in my conversations'), on: yours, busy, toggle: () => this.#toggle('yours') })}
      <p>${this.#ways(directory.sendsMail)}</p>
      ${
        device === 'on' || device === 'off'
          ? switchButton({
              label: msg('Notifications in this browser'),
              on: device === 'on',
              toggle: this.#toggleDevice,
            })
          : nothing
      }
      ${
        device === 'blocked'
          ? html`<p>${msg('This browser blocks notifications of this page. Its own settings can allow them.')}</p>`
          : nothing
      }
      ${message ? html`<p role="alert">${message}</p>` : nothing}
    </div>`;
  }

  #ways(sendsMail: boolean): string {
    return sendsMail
      ? msg('By email, and by browser notification while the inbox is open in the background.')
      : msg('By browser notification while the inbox is open in the background. This server sends no email.');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-alert-choices': AlertChoices;
  }
}
