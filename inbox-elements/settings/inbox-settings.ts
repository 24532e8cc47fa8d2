import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { Form } from '../../shared/contract/form.ts';
import type { Inbox, Routing } from '../../shared/contract/inbox.ts';
import { administeredInboxes } from '../../shared/state/directory.ts';
import { icon } from '../../shared/ui/icon.ts';
import { alertIcon, plusIcon } from '../../shared/ui/icons.ts';
import { field, formMessage, inputField } from '../form/field.ts';
import { Submission } from '../form/submission.ts';
import type { FormEditor } from './form-editor.ts';
import type { HoursEditor } from './hours-editor.ts';
import type { OffHoursEditor } from './off-hours-editor.ts';
import { saveButton } from './save-button.ts';
import { SettingsSection } from './settings-section.ts';

/** What the form before a chat begins with: nobody is asked for more than is needed to answer. */
const firstForm: Form = {
  fields: [{ key: 'email', label: '', kind: 'email', required: true }],
  consent: null,
};

/**
 * @tag parlour-inbox-settings
 * @summary Name, routing, notifications, opening hours, off hours, the form before a chat and members of the inboxes one is an admin of, and making new ones.
 */
export class InboxSettings extends SettingsSection {
  @state() private inboxId: string | null = null;
  @state() private making = false;
  /** What is chosen but not saved yet. */
  @state() private routing: Routing | null = null;
  /** The same of who is notified. */
  @state() private notifies: Inbox['notifies'] | null = null;
  /** Whether visitors are asked before a chat, if that was changed and not saved yet. */
  @state() private asking: boolean | null = null;
  @query('parlour-hours-editor') private hours!: HoursEditor;
  @query('parlour-off-hours-editor') private offHours!: OffHoursEditor;
  @query('.form > parlour-form-editor') private preChat!: FormEditor | null;

  readonly #submission = new Submission(this);

  get #inbox(): Inbox | undefined {
    const inboxes = this.directory ? administeredInboxes(this.directory) : [];
    return inboxes.find(({ id }) => id === this.inboxId) ?? inboxes[0];
  }

  #choose(inboxId: string | null): void {
    this.inboxId = inboxId;
    this.making = false;
    this.routing = null;
    this.notifies = null;
    this.asking = null;
    this.#submission.clear();
  }

  #chosen = async ({ target }: Event): Promise<void> => {
    const select = target as HTMLSelectElement;
    if (await this.mayLeave()) this.#choose(select.value);
    else select.value = this.#inbox?.id ?? '';
  };

  #toggleMaking = async (): Promise<void> => {
    if (!(await this.mayLeave())) return;
    const making = !this.making;
    this.#choose(this.inboxId);
    this.making = making;
  };

  #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const inbox = this.#inbox;
    const form = event.currentTarget as HTMLFormElement;
    const { hours } = this;
    if (!inbox) return;
    // Each shows what is wrong with it; the first is gone to.
    const wrong = [hours, this.offHours, this.preChat].filter((editor) => editor && !editor.check());
    if (wrong.length > 0) {
      await wrong[0]?.focusWrong();
      return;
    }
    const data = new FormData(form);
    await this.#submission.run(form, () =>
      this.execute('inbox.update', {
        inboxId: inbox.id,
        name: String(data.get('name')),
        routing: this.routing ?? inbox.routing,
        schedule: hours.value,
        offHours: this.offHours.value,
        preChat: this.preChat?.value ?? null,
        askForRating: data.has('askForRating'),
        showQueuePosition: data.has('showQueuePosition'),
        notifies: data.get('notifies') as Inbox['notifies'],
      }),
    );
  };

  #create = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const name = String(new FormData(form).get('newName'));
    let made: string | null = null;
    await this.#submission.run(form, async () => {
      made = (await this.execute('inbox.create', { name })).inboxId;
    });
    if (!made) return;
    // The form goes, and must not take the focus along.
    const held = form.contains(this.shadowRoot!.activeElement);
    this.#choose(made);
    await this.updateComplete;
    if (held) this.renderRoot.querySelector<HTMLElement>('#inbox')?.focus();
  };

  /** What was chosen here is saved by now, and may have been changed elsewhere since. */
  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('directory') && !this.unsaved) this.routing = this.notifies = this.asking = null;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { directory } = this;
    const inbox = this.#inbox;
    if (!directory) return nothing;
    return html`<section class="section">
        <div class="section-head">
          <h3>${msg('Inboxes')}</h3>
          <p class="lead">${msg('A queue with its own members, routing and hours.')}</p>
        </div>
        <div class="chooser">
          ${field(
            { name: 'inbox', label: msg('Inbox') },
            html`<select
              class="input"
              id="inbox"
              @change=${this.#chosen}
            >
              ${administeredInboxes(directory).map(
                ({ id, name }) => html`<option value=${id} ?selected=${id === inbox?.id}>${name}</option>`,
              )}
            </select>`,
          )}
          ${
            directory.me.role === 'agent'
              ? nothing
              : html`<button
                  class="button"
                  type="button"
                  aria-expanded=${this.making}
                  @click=${this.#toggleMaking}
                >
                  ${icon(plusIcon, { size: 16 })}${msg('New inbox')}
                </button>`
          }
        </div>
        ${this.making ? this.#making() : inbox ? keyed(inbox.id, this.#form(inbox)) : nothing}
      </section>
      ${
        this.making || !inbox ? nothing : html`<parlour-member-settings .inboxId=${inbox.id}></parlour-member-settings>`
      }`;
  }

  #making(): TemplateResult {
    const { fields, message, edited } = this.#submission;
    return html`<form class="form" novalidate @submit=${this.#create} @input=${edited}>
      ${formMessage(message)}
      ${inputField({
        name: 'newName',
        label: msg('Name of the new inbox'),
        hint: msg('It starts with rotation, always open, and you as its admin.'),
        required: true,
        maxlength: 80,
        error: fields['newName'] ?? fields['name'],
      })}
      ${saveButton(this.#submission, msg('Create inbox'))}
    </form>`;
  }

  #form(inbox: Inbox): TemplateResult {
    const { fields, message, edited } = this.#submission;
    const routing = this.routing ?? inbox.routing;
    const asking = this.asking ?? inbox.preChat !== null;
    return html`<form class="form long" novalidate @submit=${this.#save} @input=${edited}>
      ${formMessage(message)}
      ${inputField({
        name: 'name',
        label: msg('Name'),
        value: inbox.name,
        required: true,
        maxlength: 80,
        error: fields['name'],
      })}
      <fieldset class="choices">
        <legend>${msg('New conversations')}</legend>
        ${this.#routing('rotate', routing, msg('Rotate'), msg('Each goes to the next available member.'))}
        ${this.#routing('unassigned', routing, msg('Leave unassigned'), msg('Members take them from the queue.'))}
      </fieldset>
      ${routing === 'unassigned' ? warning(msg('Nobody owns new conversations until somebody takes them.')) : nothing}
      <h4>${msg('Notifications')}</h4>
      <fieldset class="choices">
        <legend>${msg('Who is notified of conversations nobody has taken on')}</legend>
        ${this.#notifies('everyone', inbox, msg('Everyone'), msg('New ones in the browser; missed ones by email too. Each chooses for themselves.'))}
        ${this.#notifies('admins', inbox, msg('Admins of this inbox'), msg('Everyone else finds them in the list.'))}
        ${this.#notifies('nobody', inbox, msg('Nobody'), msg('They wait in the list.'))}
      </fieldset>
      ${
        this.#tellsNobody(inbox)
          ? warning(msg('This inbox has no admin, so nobody is notified. You can make a member its admin below.'))
          : nothing
      }
      <p class="lead">
        ${msg('Conversations assigned to a teammate notify them by their own choice, whatever you set here.')}
      </p>
      <h4>${msg('Opening hours')}</h4>
      <parlour-hours-editor .schedule=${this.unlessEdited('parlour-hours-editor', inbox.schedule)}></parlour-hours-editor>
      <h4>${msg('Off hours')}</h4>
      <parlour-off-hours-editor .offHours=${this.unlessEdited('parlour-off-hours-editor', inbox.offHours)}></parlour-off-hours-editor>
      <h4>${msg('Pre-chat form')}</h4>
      <label class="checkbox">
        <input
          type="checkbox"
          name="asking"
          .checked=${asking}
          @change=${(event: Event) => (this.asking = (event.target as HTMLInputElement).checked)}
        />${msg('Show a form before the first message')}
      </label>
      ${asking ? html`<parlour-form-editor .form=${this.unlessEdited('parlour-form-editor', inbox.preChat ?? firstForm)}></parlour-form-editor>` : nothing}
      <h4>${msg('During and after a chat')}</h4>
      <label class="checkbox">
        <input type="checkbox" name="askForRating" .checked=${inbox.askForRating} />${msg(
          'Ask for a rating when a conversation ends',
        )}
      </label>
      <label class="checkbox">
        <input type="checkbox" name="showQueuePosition" .checked=${inbox.showQueuePosition} />${msg(
          'Show visitors their position in the queue while they wait',
        )}
      </label>
      ${saveButton(this.#submission, msg('Save changes'))}
    </form>`;
  }

  #routing(value: Routing, chosen: Routing, title: string, hint: string): TemplateResult {
    return choice({
      name: 'routing',
      value,
      checked: value === chosen,
      title,
      hint,
      choose: () => (this.routing = value),
    });
  }

  #notifies(value: Inbox['notifies'], inbox: Inbox, title: string, hint: string): TemplateResult {
    return choice({
      name: 'notifies',
      value,
      checked: value === inbox.notifies,
      title,
      hint,
      choose: () => (this.notifies = value),
    });
  }

  /** Whether its admins are to be told, and there are none. */
  #tellsNobody({ notifies, members }: Inbox): boolean {
    return (this.notifies ?? notifies) === 'admins' && !members.some(({ role }) => role === 'admin');
  }
}

function warning(words: string): TemplateResult {
  return html`<p class="warning" role="status">${icon(alertIcon, { size: 18 })}${words}</p>`;
}

type Choice = { name: string; value: string; checked: boolean; title: string; hint: string; choose?: () => void };

function choice({ name, value, checked, title, hint, choose }: Choice): TemplateResult {
  return html`<label class="choice">
    <input type="radio" name=${name} value=${value} .checked=${checked} @change=${choose} />
    <span class="choice-words"
      ><span class="choice-title">${title}</span><span class="choice-hint">${hint}</span></span
    >
  </label>`;
}
