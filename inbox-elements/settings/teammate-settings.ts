import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { Teammate, TeammateRole } from '../../shared/contract/teammate.ts';
import { avatar } from '../../shared/ui/avatar.ts';
import { icon } from '../../shared/ui/icon.ts';
import { plusIcon } from '../../shared/ui/icons.ts';
import { field, formMessage, inputField } from '../form/field.ts';
import { passwordField } from '../form/password-field.ts';
import { Submission } from '../form/submission.ts';
import { returnFocus } from '../menu/return-focus.ts';
import { SettingsPageEvent } from './settings-page-event.ts';
import { saveButton } from './save-button.ts';
import { SettingsSection } from './settings-section.ts';

/**
 * @tag parlour-teammate-settings
 * @summary Who is on the team, and adding somebody.
 */
export class TeammateSettings extends SettingsSection {
  @state() private adding = false;
  @state() private passwordShown = false;
  @query('.chooser button') private opener!: HTMLElement;

  readonly #submission = new Submission(this);

  #add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const password = String(data.get('password'));
    const added = await this.#submission.run(form, () =>
      this.execute('teammate.create', {
        name: String(data.get('name')),
        email: String(data.get('email')),
        role: data.get('role') === 'admin' ? 'admin' : 'agent',
        inboxIds: data.getAll('inboxIds').map(String),
        ...(password ? { password } : {}),
      }),
    );
    if (!added) return;
    returnFocus(form, this.opener);
    this.adding = false;
  };

  protected override render(): TemplateResult | typeof nothing {
    const { directory } = this;
    if (!directory) return nothing;
    return html`<section class="section">
      <div class="chooser">
        <div class="section-head">
          <h3>${msg('Teammates')}</h3>
          <p class="lead">${msg('Everyone who can answer.')}</p>
        </div>
        <button
          class="button"
          type="button"
          aria-expanded=${this.adding}
          @click=${() => (this.adding = !this.adding)}
        >
          ${icon(plusIcon, { size: 16 })}${msg('Add teammate')}
        </button>
      </div>
      ${this.adding ? this.#form([...directory.inboxes.values()]) : nothing}
      <ul class="rows">
        ${[...directory.teammates.values()].map((teammate) => this.#teammate(teammate))}
      </ul>
    </section>`;
  }

  #teammate({ id, name, email, role, available }: Teammate): TemplateResult {
    const online = this.directory?.online.has(id);
    const state = !available ? msg('Away') : online ? msg('Available, online') : msg('Available, not online');
    return html`<li class="row">
      ${avatar({ name, seed: id, size: 32 })}
      <span class="row-words"
        ><span class="row-name">${name}</span><span class="row-facts">${email}</span></span
      >
      <span class="row-facts">${state}</span>
      <span class="badge">${roleLabel(role)}</span>
      ${
        id === this.directory?.me.id
          ? html`<button
            class="button small"
            type="button"
            aria-label=${msg('Edit your account')}
            @click=${() => this.dispatchEvent(new SettingsPageEvent('account'))}
          >
            ${msg('Edit')}
          </button>`
          : nothing
      }
    </li>`;
  }

  #form(inboxes: readonly { id: string; name: string }[]): TemplateResult {
    const { fields, message, edited } = this.#submission;
    return html`<form class="form" novalidate @submit=${this.#add} @input=${edited}>
      ${formMessage(message)}
      <div class="two">
        ${inputField({ name: 'name', label: msg('Name'), required: true, maxlength: 80, error: fields['name'] })}
        ${inputField({
          name: 'email',
          label: msg('Email'),
          type: 'email',
          required: true,
          maxlength: 254,
          error: fields['email'],
        })}
      </div>
      <div class="two">
        ${passwordField({
          name: 'password',
          label: msg('Password'),
          hint: msg(
            'At least 10 characters. Share it with them yourself. Without a password they can sign in only through your own app.',
          ),
          autocomplete: 'new-password',
          minlength: 10,
          maxlength: 200,
          error: fields['password'],
          shown: this.passwordShown,
          onToggle: () => (this.passwordShown = !this.passwordShown),
        })}
        ${field(
          { name: 'role', label: msg('Role'), hint: msg('Admins change settings; agents answer.') },
          html`<select class="input" id="role" name="role" aria-describedby="role-description">
            <option value="agent">${msg('Agent')}</option>
            <option value="admin">${msg('Admin')}</option>
          </select>`,
        )}
      </div>
      <fieldset>
        <legend>${msg('Member of')}</legend>
        <div class="inline-choices">
          ${inboxes.map(
            ({ id, name }, index) => html`<label class="checkbox">
              <input type="checkbox" name="inboxIds" value=${id} ?checked=${index === 0} />${name}
            </label>`,
          )}
        </div>
      </fieldset>
      ${saveButton(this.#submission, msg('Add to the team'))}
    </form>`;
  }
}

function roleLabel(role: TeammateRole): string {
  const labels: Record<TeammateRole, string> = { owner: msg('Owner'), admin: msg('Admin'), agent: msg('Agent') };
  return labels[role];
}
