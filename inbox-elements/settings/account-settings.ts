import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Teammate } from '../../shared/contract/teammate.ts';
import { avatar } from '../../shared/ui/avatar.ts';
import { formMessage, inputField } from '../form/field.ts';
import { passwordField } from '../form/password-field.ts';
import { Submission } from '../form/submission.ts';
import { saveButton } from './save-button.ts';
import { SettingsSection } from './settings-section.ts';

/**
 * @tag parlour-account-settings
 * @summary A teammate's own name, and their password where they have one.
 */
export class AccountSettings extends SettingsSection {
  @state() private passwordsShown = false;

  readonly #naming = new Submission(this);
  readonly #password = new Submission(this);

  #rename = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const name = String(new FormData(form).get('name'));
    await this.#naming.run(form, () => this.execute('teammate.rename', { name }));
  };

  #changePassword = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const input = { current: String(data.get('current')), password: String(data.get('password')) };
    if (await this.#password.run(form, () => this.execute('teammate.changePassword', input))) form.reset();
  };

  protected override render(): TemplateResult | typeof nothing {
    if (!this.directory) return nothing;
    const { me } = this.directory;
    return html`${this.#name(me)}${this.client?.snapshot?.hasPassword ? this.#passwords(me) : nothing}`;
  }

  #name({ id, name, email }: Teammate): TemplateResult {
    const { fields, message, edited } = this.#naming;
    return html`<section class="section">
      <div class="section-head">
        <h3>${msg('Your account')}</h3>
        <p class="lead">${msg('Your team sees your whole name, visitors the first of it.')}</p>
      </div>
      <div class="person">
        ${avatar({ name, seed: id, size: 40 })}
        <span class="row-words"><span class="row-name">${name}</span><span class="row-facts">${email}</span></span>
      </div>
      <form class="form" novalidate @submit=${this.#rename} @input=${edited}>
        ${formMessage(message)}
        ${inputField({
          name: 'name',
          label: msg('Name'),
          value: name,
          required: true,
          maxlength: 80,
          autocomplete: 'name',
          error: fields['name'],
        })}
        ${saveButton(this.#naming, msg('Save changes'))}
      </form>
    </section>`;
  }

  /** The address is an attribute: the form goes back to it when it is emptied. */
  #passwords({ email }: Teammate): TemplateResult {
    const { fields, message, edited } = this.#password;
    const looks = {
      required: true,
      maxlength: 200,
      shown: this.passwordsShown,
      onToggle: () => (this.passwordsShown = !this.passwordsShown),
    };
    return html`<section class="section">
      <div class="section-head">
        <h3>${msg('Password')}</h3>
        <p class="lead">
          ${msg('A new one signs you out of every other browser.')}
        </p>
      </div>
      <form class="form" novalidate @submit=${this.#changePassword} @input=${edited}>
        ${formMessage(message)}
        <input type="email" autocomplete="username" value=${email} hidden />
        ${passwordField({
          ...looks,
          name: 'current',
          label: msg('Current password'),
          autocomplete: 'current-password',
          error: fields['current'],
        })}
        ${passwordField({
          ...looks,
          name: 'password',
          label: msg('New password'),
          hint: msg('At least 10 characters. Several words are easier to remember than symbols.'),
          autocomplete: 'new-password',
          minlength: 10,
          error: fields['password'],
        })}
        ${saveButton(this.#password, msg('Change password'), msg('Changed'))}
      </form>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-account-settings': AccountSettings;
  }
}
