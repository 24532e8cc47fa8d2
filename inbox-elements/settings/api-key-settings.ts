import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { RequestError } from '../../shared/client/client.ts';
import type { WorkspaceClient } from '../../shared/client/client.ts';
import type { ApiKey, ApiKeyScope } from '../../shared/contract/api-key.ts';
import { spoken } from '../../shared/ui/language.ts';
import { ClientFollower } from '../context/client-follower.ts';
import { formMessage, inputField } from '../form/field.ts';
import { Submission } from '../form/submission.ts';
import { moduleOrigin } from '../session/server-origin.ts';
import { CopyButton } from '../snippet/copy-button.ts';
import { ConfirmButton } from './confirm-button.ts';
import { saveButton } from './save-button.ts';
import { secretBox } from './secret-box.ts';
import { SettingsSection } from './settings-section.ts';

/**
 * @tag parlour-api-key-settings
 * @summary Keys for other programs: made, shown once, revoked.
 */
export class ApiKeySettings extends SettingsSection {
  @state() private keys: readonly ApiKey[] | null = null;
  @state() private problem: string | null = null;
  @state() private secret: string | null = null;

  readonly #submission = new Submission(this);
  readonly #revoking = new Submission(this);
  readonly #confirm = new ConfirmButton(this);
  readonly #copy = new CopyButton(this);
  readonly #follower = new ClientFollower(this, {
    begin: (client) => void this.#load(client),
    end: () => {
      this.secret = null;
    },
  });

  async #load(client: WorkspaceClient): Promise<void> {
    try {
      this.keys = (await client.query('apiKey.list', {})).apiKeys;
      this.problem = null;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.problem = error.message;
    }
  }

  #create = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    this.secret = null;
    const made = await this.#submission.run(form, async () => {
      const scopes = data.getAll('scopes') as ApiKeyScope[];
      this.secret = (await this.execute('apiKey.create', { name: String(data.get('name')), scopes })).secret;
    });
    if (!made) return;
    form.reset();
    await this.#reload();
  };

  async #revoke(apiKeyId: string): Promise<void> {
    const revoked = await this.#revoking.run(null, () => this.execute('apiKey.revoke', { apiKeyId }));
    if (revoked) await this.#reload();
  }

  /** Keys are nobody's news: their events are not sent to anyone, so whoever changes them looks again. */
  async #reload(): Promise<void> {
    const { client } = this.#follower;
    if (client) await this.#load(client);
  }

  protected override render(): TemplateResult {
    const { fields, message, edited } = this.#submission;
    return html`<section class="section">
      <div class="section-head">
        <h3>${msg('API keys')}</h3>
        <p class="lead">
          ${msg('For your own programs: conversations, contacts and settings, over HTTP.')}
          <a href="${moduleOrigin}/docs" target="_blank" rel="noopener">${msg('API reference')}</a>
        </p>
      </div>
      <form class="form" novalidate @submit=${this.#create} @input=${edited}>
        ${formMessage(message)}
        ${inputField({
          name: 'name',
          label: msg('Key name'),
          placeholder: msg('Order system'),
          required: true,
          maxlength: 80,
          error: fields['name'],
        })}
        <fieldset aria-describedby=${fields['scopes'] ? 'scopes-description' : nothing}>
          <legend>${msg('Permissions')}</legend>
          <div class="inline-choices">
            ${this.#scope('read', msg('Read everything'), true)}
            ${this.#scope('write', msg('Write conversations and contacts'))}
            ${this.#scope('admin', msg('Change settings'))}
          </div>
          ${fields['scopes'] ? html`<p class="error" id="scopes-description">${fields['scopes']}</p>` : nothing}
        </fieldset>
        ${saveButton(this.#submission, msg('Create key'), msg('Created'))}
      </form>
      ${
        this.secret
          ? secretBox(this.#copy, {
              sentence: msg('Copy the key now. It is shown only this once.'),
              secret: this.secret,
            })
          : nothing
      }
    </section>
    <section class="section">
      <h4>${msg('Active keys')}</h4>
      ${formMessage(this.problem ?? this.#revoking.message)} ${this.#list()}
    </section>`;
  }

  #scope(scope: ApiKeyScope, label: string, checked = false): TemplateResult {
    return html`<label class="checkbox">
      <input type="checkbox" name="scopes" value=${scope} ?checked=${checked} />${label}
    </label>`;
  }

  #list(): TemplateResult | typeof nothing {
    const { keys } = this;
    if (!keys) return this.problem ? nothing : html`<p class="lead" aria-busy="true">${msg('Loading…')}</p>`;
    if (keys.length === 0) return html`<p class="lead">${msg('None yet.')}</p>`;
    return html`<ul class="rows">
      ${keys.map(
        (key) => html`<li class="row">
          <span class="row-words">
            <span class="row-name">${key.name}</span>
            <span class="row-facts"><code>${key.prefix}…</code> · ${key.scopes.join(', ')} · ${usedText(key)}</span>
          </span>
          ${this.#confirm.render({
            key: key.id,
            label: msg('Revoke'),
            name: msg(str`Revoke ${key.name}`),
            sure: msg('Revoke permanently'),
            act: () => this.#revoke(key.id),
          })}
        </li>`,
      )}
    </ul>`;
  }
}

function usedText({ lastUsedAt }: ApiKey): string {
  if (!lastUsedAt) return msg('never used');
  const day = new Intl.DateTimeFormat(spoken.locale, { dateStyle: 'medium' }).format(new Date(lastUsedAt));
  return msg(str`last used ${day}`);
}
