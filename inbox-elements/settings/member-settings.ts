import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Inbox } from '../../shared/contract/inbox.ts';
import { avatar } from '../../shared/ui/avatar.ts';
import { formMessage } from '../form/field.ts';
import { Submission } from '../form/submission.ts';
import { ConfirmButton } from './confirm-button.ts';
import { SettingsSection } from './settings-section.ts';

type Member = Inbox['members'][number];

/**
 * @tag parlour-member-settings
 * @summary Who works in one inbox, and who of them is its admin.
 */
export class MemberSettings extends SettingsSection {
  @property({ attribute: false }) inboxId = '';

  readonly #submission = new Submission(this);
  readonly #confirm = new ConfirmButton(this);

  #put(teammateId: string, role: Member['role']): Promise<boolean> {
    return this.#submission.run(null, () =>
      this.execute('inbox.addMember', { inboxId: this.inboxId, teammateId, role }),
    );
  }

  #remove(teammateId: string): Promise<boolean> {
    return this.#submission.run(null, () => this.execute('inbox.removeMember', { inboxId: this.inboxId, teammateId }));
  }

  #add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const teammateId = new FormData(event.currentTarget as HTMLFormElement).get('teammate');
    if (typeof teammateId === 'string') await this.#put(teammateId, 'agent');
  };

  protected override render(): TemplateResult | typeof nothing {
    const { directory } = this;
    const inbox = directory?.inboxes.get(this.inboxId);
    if (!directory || !inbox) return nothing;
    const isMember = new Set(inbox.members.map(({ teammateId }) => teammateId));
    const others = [...directory.teammates.values()].filter(({ id }) => !isMember.has(id));
    return html`<section class="section">
      <h4>${msg('Members')}</h4>
      ${formMessage(this.#submission.message)}
      <ul class="rows">
        ${
          inbox.members.length === 0
            ? html`<li class="empty">${msg('Nobody works in this inbox yet. Its conversations reach no one.')}</li>`
            : inbox.members.map((member) => this.#member(member))
        }
      </ul>
      ${
        others.length === 0
          ? nothing
          : html`<form class="chooser" @submit=${this.#add}>
            <label class="field">
              <span class="label">${msg('Add a member')}</span>
              <select class="input" name="teammate">
                ${others.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
              </select>
            </label>
            <button class="button" type="submit">${msg('Add')}</button>
          </form>`
      }
    </section>`;
  }

  #member({ teammateId, role }: Member): TemplateResult {
    const teammate = this.directory?.teammates.get(teammateId);
    const name = teammate?.name ?? msg('Former teammate');
    return html`<li class="row">
      ${avatar({ name, seed: teammateId, size: 32 })}
      <span class="row-words"
        ><span class="row-name">${name}</span><span class="row-facts">${teammate?.email ?? ''}</span></span
      >
      <select
        class="input"
        aria-label=${msg(str`Role of ${name} in this inbox`)}
        @change=${(event: Event) =>
          this.#put(teammateId, (event.target as HTMLSelectElement).value === 'admin' ? 'admin' : 'agent')}
      >
        <option value="agent" ?selected=${role === 'agent'}>${msg('Agent')}</option>
        <option value="admin" ?selected=${role === 'admin'}>${msg('Admin')}</option>
      </select>
      ${this.#confirm.render({
        key: teammateId,
        label: msg('Remove'),
        name: msg(str`Remove ${name} from this inbox`),
        sure: msg('Remove'),
        act: () => this.#remove(teammateId),
      })}
    </li>`;
  }
}
