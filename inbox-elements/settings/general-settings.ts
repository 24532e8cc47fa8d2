import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formMessage, inputField } from '../form/field.ts';
import { Submission } from '../form/submission.ts';
import { saveButton } from './save-button.ts';
import { SettingsSection } from './settings-section.ts';

/**
 * @tag parlour-general-settings
 * @summary The workspace's name.
 */
export class GeneralSettings extends SettingsSection {
  readonly #submission = new Submission(this);

  #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const name = String(new FormData(form).get('name'));
    await this.#submission.run(form, () => this.execute('workspace.rename', { name }));
  };

  protected override render(): TemplateResult | typeof nothing {
    if (!this.directory) return nothing;
    const { fields, message, edited } = this.#submission;
    return html`<section class="section">
      <div class="section-head">
        <h3>${msg('Workspace')}</h3>
        <p class="lead">${msg('The name your team and your visitors see.')}</p>
      </div>
      <form class="form" novalidate @submit=${this.#submit} @input=${edited}>
        ${formMessage(message)}
        ${inputField({
          name: 'name',
          label: msg('Workspace name'),
          value: this.directory.workspace.name,
          required: true,
          maxlength: 80,
          error: fields['name'],
        })}
        ${saveButton(this.#submission, msg('Save changes'))}
      </form>
    </section>`;
  }
}
