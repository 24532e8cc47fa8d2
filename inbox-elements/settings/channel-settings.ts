import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { Channel, WebChatSettings } from '../../shared/contract/channel.ts';
import { icon } from '../../shared/ui/icon.ts';
import { plusIcon } from '../../shared/ui/icons.ts';
import { palette } from '../../shared/state/palette.ts';
import { field, formMessage, inputField } from '../form/field.ts';
import type { FieldFrame } from '../form/field.ts';
import { Submission } from '../form/submission.ts';
import { CopyButton } from '../snippet/copy-button.ts';
import { moduleOrigin } from '../session/server-origin.ts';
import {
  consentFields,
  lookFields,
  ruleFields,
  settingsFrom,
  translationFields,
  welcomeFields,
} from './channel-fields.ts';
import { channelPreview, previewStyles } from './channel-preview.ts';
import { channelTranslations } from './channel-words.ts';
import { inboxAsVisited } from './inbox-as-visited.ts';
import type { VisitedInbox } from './inbox-as-visited.ts';
import { saveButton } from './save-button.ts';
import { SettingsSection } from './settings-section.ts';

/**
 * @tag parlour-channel-settings
 * @summary How each web chat looks, greets, where it may run and which inbox it feeds; and connecting new ones.
 */
export class ChannelSettings extends SettingsSection {
  static override styles = [...SettingsSection.styles, previewStyles];

  @state() private channelId: string | null = null;
  @state() private making = false;
  /** Chosen but not saved yet; `undefined` is what is saved. */
  @state() private ownColor: boolean | undefined;
  /** As the form stands, saved or not; null is as saved. */
  @state() private edited: Partial<WebChatSettings> | null = null;
  /** What the preview speaks: the language that is being written; empty is the reader's own. */
  @state() private language = '';
  /** Whether the preview's module has come. Without it there is only no preview. */
  @state() private canPreview = false;
  /** Whether it is unfolded where it has no room of its own. */
  @state() private previewing = false;

  readonly #submission = new Submission(this);
  readonly #copy = new CopyButton(this);

  get #channel(): Channel | undefined {
    const channels = [...(this.directory?.channels.values() ?? [])];
    return channels.find(({ id }) => id === this.channelId) ?? channels[0];
  }

  #choose(channelId: string | null): void {
    this.channelId = channelId;
    this.making = false;
    this.ownColor = undefined;
    this.edited = null;
    this.language = '';
    this.#submission.clear();
  }

  /** What was chosen here is saved by now, and may have been changed elsewhere since. */
  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('directory') || this.unsaved) return;
    this.ownColor = undefined;
    this.edited = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#fetchPreview();
  }

  async #fetchPreview(): Promise<void> {
    try {
      await import(/* @vite-ignore */ `${moduleOrigin}/widget-preview.js`);
      this.canPreview = true;
    } catch {
      // The network, or a policy of the host page: the settings work as well without.
    }
  }

  #changed = (event: Event): void => {
    this.#submission.edited(event);
    const channel = this.#channel;
    const form = event.currentTarget as HTMLFormElement;
    if (channel) this.edited = settingsFrom(form, channel.settings);
    this.language = form.querySelector('parlour-translation-editor')?.language ?? '';
  };

  #chosen = async ({ target }: Event): Promise<void> => {
    const select = target as HTMLSelectElement;
    if (await this.mayLeave()) this.#choose(select.value);
    else select.value = this.#channel?.id ?? '';
  };

  #toggleMaking = async (): Promise<void> => {
    if (!(await this.mayLeave())) return;
    const making = !this.making;
    this.#choose(this.channelId);
    this.making = making;
  };

  #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const channel = this.#channel;
    if (!channel) return;
    const data = new FormData(form);
    const settings = settingsFrom(form, channel.settings);
    await this.#submission.run(form, () =>
      this.execute('channel.update', {
        channelId: channel.id,
        name: String(data.get('name')),
        inboxId: String(data.get('inboxId')),
        settings,
      }),
    );
  };

  #create = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    let made: string | null = null;
    await this.#submission.run(form, async () => {
      const input = { name: String(data.get('newName')), inboxId: String(data.get('newInboxId')) };
      made = (await this.execute('channel.create', input)).channelId;
    });
    if (!made) return;
    // The form goes, and must not take the focus along.
    const held = form.contains(this.shadowRoot!.activeElement);
    this.#choose(made);
    await this.updateComplete;
    if (held) this.renderRoot.querySelector<HTMLElement>('#channel')?.focus();
  };

  protected override render(): TemplateResult | typeof nothing {
    const { directory } = this;
    const channel = this.#channel;
    if (!directory) return nothing;
    return html`<section class="section wide">
        <div class="section-head">
          <h3>${msg('Channels')}</h3>
          <p class="lead">${msg('Where conversations come from. Several channels can share one inbox.')}</p>
        </div>
        <div class="chooser">
          ${
            channel
              ? field(
                  { name: 'channel', label: msg('Channel') },
                  html`<select
                  class="input"
                  id="channel"
                  @change=${this.#chosen}
                >
                  ${[...directory.channels.values()].map(
                    ({ id, name }) => html`<option value=${id} ?selected=${id === channel.id}>${name}</option>`,
                  )}
                </select>`,
                )
              : html`<p class="lead">${msg('No channel is connected yet.')}</p>`
          }
          <button
            class="button"
            type="button"
            aria-expanded=${this.making}
            @click=${this.#toggleMaking}
          >
            ${icon(plusIcon, { size: 16 })}${msg('New channel')}
          </button>
        </div>
        ${this.making ? this.#making() : channel ? this.#beside(channel) : nothing}
      </section>
      ${
        this.making || !channel
          ? nothing
          : html`<section class="section">
            <h4>${msg('Install on your site')}</h4>
            <parlour-snippet channel-id=${channel.id}></parlour-snippet>
          </section>`
      }`;
  }

  #inboxes(frame: FieldFrame, chosen: string | undefined): TemplateResult {
    return field(
      frame,
      html`<select class="input" id=${frame.name} name=${frame.name}>
        ${[...(this.directory?.inboxes.values() ?? [])].map(
          ({ id, name }) => html`<option value=${id} ?selected=${id === chosen}>${name}</option>`,
        )}
      </select>`,
    );
  }

  #making(): TemplateResult {
    const { fields, message, edited } = this.#submission;
    return html`<form class="form" novalidate @submit=${this.#create} @input=${edited}>
      ${formMessage(message)}
      <div class="two">
        ${inputField({
          name: 'newName',
          label: msg('Name of the new web chat'),
          required: true,
          maxlength: 80,
          error: fields['newName'] ?? fields['name'],
        })}
        ${this.#inboxes({ name: 'newInboxId', label: msg('Inbox') }, undefined)}
      </div>
      ${saveButton(this.#submission, msg('Connect channel'))}
    </form>`;
  }

  #beside(channel: Channel): TemplateResult {
    return html`<div class="beside">
      <div class="columns">
        ${
          this.canPreview
            ? channelPreview({
                settings: { ...channel.settings, ...this.edited },
                workspaceName: this.directory?.workspace.name ?? '',
                inbox: this.#visited(channel),
                language: this.language,
                isShown: this.previewing,
                toggle: () => (this.previewing = !this.previewing),
              })
            : nothing
        }
        ${keyed(channel.id, this.#form(channel))}
      </div>
    </div>`;
  }

  /** Whoever writes the welcome wants to read it, also while the chat would begin with other words. */
  #visited({ inboxId, settings }: Channel): VisitedInbox {
    const visited = inboxAsVisited(this.directory?.inboxes.get(inboxId), this.directory?.teammates ?? new Map());
    const isWriting = this.language !== '' || (this.edited?.greeting ?? settings.greeting) !== settings.greeting;
    return isWriting ? { ...visited, offHours: null } : visited;
  }

  #form({ name, inboxId, settings }: Channel): TemplateResult {
    const { fields, message } = this.#submission;
    const now = { ...settings, ...this.edited };
    return html`<form class="form long" novalidate @submit=${this.#save} @input=${this.#changed}>
      ${formMessage(message)}
      <div class="two">
        ${inputField({ name: 'name', label: msg('Name'), value: name, required: true, maxlength: 80, error: fields['name'] })}
        ${this.#inboxes({ name: 'inboxId', label: msg('Inbox') }, inboxId)}
      </div>
      <h4>${msg('Appearance')}</h4>
      <div class="two">
        ${this.#color(settings.color, fields['color'])}
        <fieldset>
          <legend>${msg('Position')}</legend>
          <div class="inline-choices">
            ${this.#position('right', msg('Bottom right'), settings)}
            ${this.#position('left', msg('Bottom left'), settings)}
          </div>
        </fieldset>
      </div>
      ${lookFields(settings, fields)} ${welcomeFields(settings, fields)} ${ruleFields(settings, fields, this.#copy)}
      ${consentFields(now, fields)} ${translationFields(this.unlessEdited('parlour-translation-editor', channelTranslations(settings)), now)}
      ${saveButton(this.#submission, msg('Save changes'))}
    </form>`;
  }

  #color(saved: string | null, error: string | undefined): TemplateResult {
    const own = this.ownColor ?? saved === null;
    return field(
      { name: 'color', label: msg('Colour'), error },
      html`<div class="color">
        <input
          type="color"
          id="color"
          name="color"
          .value=${saved ?? palette.accent.light}
          ?disabled=${own}
        />
        <label class="checkbox">
          <input
            type="checkbox"
            name="ownColor"
            .checked=${own}
            @change=${(event: Event) => (this.ownColor = (event.target as HTMLInputElement).checked)}
          />${msg('Default colour')}
        </label>
      </div>`,
    );
  }

  #position(value: 'left' | 'right', label: string, settings: WebChatSettings): TemplateResult {
    return html`<label class="checkbox">
      <input type="radio" name="position" value=${value} .checked=${settings.position === value} />${label}
    </label>`;
  }
}
