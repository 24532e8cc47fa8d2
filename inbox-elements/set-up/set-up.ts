import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { RequestError } from '../../shared/client/client.ts';
import { setUp } from '../../shared/client/session.ts';
import { buttons, fields, focusRing, reset } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { chatBubbleIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import { doorStyles } from '../form/door-styles.ts';
import { formMessage, formStyles, inputField } from '../form/field.ts';
import { passwordField } from '../form/password-field.ts';
import { SignedInEvent } from '../form/signed-in-event.ts';
import { Submission } from '../form/submission.ts';
import { timeZoneField } from '../form/time-zone-field.ts';
import { moduleOrigin, serverOrigin } from '../session/server-origin.ts';

/**
 * Makes the workspace and its owner, once, with the token of the set-up link that the server printed.
 *
 * @tag parlour-set-up
 * @summary The first form of a new server.
 * @fires parlour-signed-in - The workspace is there and the browser holds its owner's session.
 * @csspart card - The card around the form.
 * @csspart field - A label with its control and its error.
 * @csspart input - A control.
 * @csspart message - What went wrong with the form as a whole.
 * @csspart submit - The submit button.
 */
export class SetUp extends LitElement {
  static override styles = [tokens, reset, focusRing, buttons, fields, iconStyles, formStyles, doorStyles];

  /** Origin of the server; where this module came from when left out. */
  @property() server = moduleOrigin;
  /** The token of the set-up link. Without one the form is not shown: it could only be refused. */
  @property() token = '';
  /** Replaces the request, for hosts that reach the server in another way. */
  @property({ attribute: false }) setUp: typeof setUp = setUp;

  @state() private passwordShown = false;
  /** Whether somebody else was faster. */
  @state() private taken = false;

  readonly #submission = new Submission(this);

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLInputElement>('#ownerName')?.focus({ preventScroll: true });
  }

  #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const text = (name: string): string => String(data.get(name));
    const done = await this.#submission.run(form, () =>
      this.setUp(serverOrigin(this.server), {
        token: this.token,
        name: text('name'),
        ownerName: text('ownerName'),
        email: text('email'),
        password: text('password'),
        timeZone: text('timeZone'),
      }).catch((error: unknown) => {
        this.taken = error instanceof RequestError && error.code === 'gone';
        throw error;
      }),
    );
    if (done) this.dispatchEvent(new SignedInEvent());
    if (!this.taken) return;
    await this.updateComplete;
    this.renderRoot.querySelector('a')?.focus();
  };

  protected override render(): TemplateResult {
    return html`<div class="door">
      <div class="card" part="card">
        <div class="head">
          <span class="mark">${icon(chatBubbleIcon, { size: 24 })}</span>
          <h1>${msg('Set up your inbox')}</h1>
          <p class="lead">
            ${
              this.token
                ? msg('You will own this workspace. Its name, hours and chat can be changed later.')
                : msg(
                    'Open the set-up link that the server printed when it started. It holds the token this page needs.',
                  )
            }
          </p>
        </div>
        ${this.token ? this.#form() : ''}
      </div>
    </div>`;
  }

  #form(): TemplateResult {
    const { fields: errors, message, edited } = this.#submission;
    return html`<form class="form" method="post" novalidate @submit=${this.#submit} @input=${edited}>
      ${formMessage(message ?? errors['token'] ?? null)}
      ${this.taken ? this.#wayOut() : this.#fields()}
    </form>`;
  }

  /** The page anew, without the token. */
  #wayOut(): TemplateResult {
    return html`<a class="button primary wide" href="${location.pathname}${location.search}">${msg('Sign in')}</a>`;
  }

  #fields(): TemplateResult {
    const { busy, fields: errors } = this.#submission;
    return html`${inputField({
      name: 'ownerName',
      label: msg('Your name'),
      autocomplete: 'name',
      required: true,
      maxlength: 80,
      error: errors['ownerName'],
    })}
      ${inputField({
        name: 'name',
        label: msg('Workspace name'),
        hint: msg('Visitors see it at the top of the chat.'),
        autocomplete: 'organization',
        required: true,
        maxlength: 80,
        error: errors['name'],
      })}
      ${inputField({
        name: 'email',
        label: msg('Email'),
        type: 'email',
        autocomplete: 'username',
        required: true,
        maxlength: 254,
        error: errors['email'],
      })}
      ${passwordField({
        name: 'password',
        label: msg('Password'),
        hint: msg('At least 10 characters. Several words are easier to remember than symbols.'),
        autocomplete: 'new-password',
        required: true,
        minlength: 10,
        maxlength: 200,
        error: errors['password'],
        shown: this.passwordShown,
        onToggle: () => (this.passwordShown = !this.passwordShown),
      })}
      ${timeZoneField({
        name: 'timeZone',
        label: msg('Time zone'),
        hint: msg('For opening hours: Monday to Friday, 9 to 17, to begin with.'),
        error: errors['timeZone'],
      })}
      <button class="button primary wide" part="submit" type="submit" aria-disabled=${busy}>
        ${busy ? msg('Setting up…') : msg('Create workspace')}
      </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-set-up': SetUp;
  }
}
