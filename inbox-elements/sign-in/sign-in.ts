import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { signIn } from '../../shared/client/session.ts';
import { buttons, fields, focusRing, reset } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { chatBubbleIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import { doorStyles } from '../form/door-styles.ts';
import { formMessage, formStyles, inputField } from '../form/field.ts';
import { passwordField } from '../form/password-field.ts';
import { SignedInEvent } from '../form/signed-in-event.ts';
import { Submission } from '../form/submission.ts';
import { moduleOrigin, serverOrigin } from '../session/server-origin.ts';

/**
 * Asks for email and password and leaves the browser with a session cookie.
 *
 * @tag parlour-sign-in
 * @summary The sign-in form.
 * @fires parlour-signed-in - The browser holds a session now.
 * @csspart card - The card around the form.
 * @csspart field - A label with its input and its error.
 * @csspart input - An input.
 * @csspart message - What went wrong with the form as a whole.
 * @csspart submit - The submit button.
 */
export class SignIn extends LitElement {
  static override styles = [tokens, reset, focusRing, buttons, fields, iconStyles, formStyles, doorStyles];

  /** Origin of the server; where this module came from when left out. */
  @property() server = moduleOrigin;
  /** Why one has to sign in, said in place of the usual line. */
  @property() reason = '';
  /** Of the set-up link that one came by, which has been used then. */
  @property() token = '';
  /** Replaces the request, for hosts that sign in another way. */
  @property({ attribute: false }) signIn: typeof signIn = signIn;

  @state() private passwordShown = false;

  readonly #submission = new Submission(this);

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLInputElement>('#email')?.focus({ preventScroll: true });
  }

  #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const credentials = { email: String(data.get('email')), password: String(data.get('password')) };
    const done = await this.#submission.run(form, () => this.signIn(serverOrigin(this.server), credentials));
    if (done) this.dispatchEvent(new SignedInEvent());
  };

  get #why(): string {
    return this.token
      ? msg('This set-up link has been used: the workspace is there. Sign in with the account made then.')
      : this.reason || msg('Sign in to your team’s inbox.');
  }

  protected override render(): TemplateResult {
    const { busy, fields: errors, message, edited } = this.#submission;
    return html`<div class="door">
      <div class="card" part="card">
        <div class="head">
          <span class="mark">${icon(chatBubbleIcon, { size: 24 })}</span>
          <h1>${msg('Welcome back')}</h1>
          <p class="lead">${this.#why}</p>
        </div>
        <form class="form" method="post" novalidate @submit=${this.#submit} @input=${edited}>
          ${formMessage(message)}
          ${inputField({
            name: 'email',
            label: msg('Email'),
            type: 'email',
            autocomplete: 'username',
            required: true,
            error: errors['email'],
          })}
          ${passwordField({
            name: 'password',
            label: msg('Password'),
            autocomplete: 'current-password',
            required: true,
            error: errors['password'],
            shown: this.passwordShown,
            onToggle: () => (this.passwordShown = !this.passwordShown),
          })}
          <button class="button primary wide" part="submit" type="submit" aria-disabled=${busy}>
            ${busy ? msg('Signing in…') : msg('Sign in')}
          </button>
        </form>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-sign-in': SignIn;
  }
}
