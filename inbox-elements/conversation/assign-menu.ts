import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { MAX_MESSAGE_LENGTH } from '../../shared/contract/limits.ts';
import type { Teammate } from '../../shared/contract/teammate.ts';
import { avatar, avatarStyles } from '../../shared/ui/avatar.ts';
import { buttons, fields, focusRing, reset, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { isSendKey } from '../../shared/ui/composer-core.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { checkIcon, chevronDownIcon, userIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import { AnchoredPopover } from '../menu/anchored-popover.ts';
import { menuStyles } from '../menu/menu-styles.ts';
import { ownerLabel, ownerStyles } from './owner-label.ts';

/** `teammate: null` is nobody. */
type Choice = { id: string; teammate: Teammate | null; label: string };

/**
 * Shows who answers and lets the person choose another: a leaf that asks and changes nothing itself.
 *
 * @tag parlour-assign-menu
 * @summary A button with the owner's name and a searchable list of teammates.
 * @fires {AssignEvent} parlour-assign - Somebody was chosen, or nobody.
 * @csspart button - The button.
 * @csspart menu - What it opens.
 * @csspart option - A choice.
 * @csspart note - The field for a note to go with it.
 */
export class AssignMenu extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    visuallyHidden,
    buttons,
    fields,
    iconStyles,
    avatarStyles,
    menuStyles,
    ownerStyles,
  ];

  /** Which conversation it is about: a note for one goes with no other. */
  @property({ attribute: 'conversation-id' }) conversationId = '';
  /** What goes with the choice, internally. It stays while the menu is closed. */
  @property({ attribute: false }) note = '';
  /** Who answers now. */
  @property({ attribute: 'assignee-id' }) assigneeId: string | null = null;
  /** Who looks: offered first, as "Assign to me". */
  @property({ attribute: 'me-id' }) meId = '';
  /** Everyone who may be chosen. */
  @property({ attribute: false }) teammates: readonly Teammate[] = [];
  /** Who answers now, where they may no longer be chosen. */
  @property({ attribute: false }) owner: Teammate | null = null;
  /** Teammates with an open line. */
  @property({ attribute: false }) online: ReadonlySet<string> = new Set();
  @property({ type: Boolean }) disabled = false;

  @state() private search = '';
  @state() private active = 0;
  @query('input') private field!: HTMLInputElement | null;

  readonly #popover = new AnchoredPopover(this, () => {
    this.search = '';
    this.active = 0;
    this.field?.focus();
  });

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('conversationId')) this.note = '';
  }

  #choices(): Choice[] {
    const search = this.search.trim().toLocaleLowerCase();
    const found = ({ name, email }: Teammate) =>
      !search || name.toLocaleLowerCase().includes(search) || email.toLocaleLowerCase().includes(search);
    const others = this.teammates.filter((teammate) => teammate.id !== this.meId && found(teammate));
    const sorted = others.sort(
      (one, other) =>
        Number(this.online.has(other.id)) - Number(this.online.has(one.id)) || one.name.localeCompare(other.name),
    );
    const me = this.teammates.find(({ id }) => id === this.meId);
    const choices = sorted.map((teammate): Choice => ({ id: teammate.id, teammate, label: teammate.name }));
    if (me && (found(me) || !search))
      choices.unshift({ id: me.id, teammate: me, label: me.id === this.assigneeId ? msg('You') : msg('Assign to me') });
    if (!search && this.assigneeId) choices.push({ id: '', teammate: null, label: msg('Unassign') });
    return choices;
  }

  #choose(choice: Choice): void {
    this.#popover.close();
    const assigneeId = choice.teammate?.id ?? null;
    const note = this.note.trim() ? this.note : undefined;
    this.note = '';
    if (note || assigneeId !== this.assigneeId) this.dispatchEvent(new AssignEvent(assigneeId, note));
  }

  #keyed = (event: KeyboardEvent): void => {
    const choices = this.#choices();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && choices.length > 0) {
      event.preventDefault();
      this.active = (this.active + step + choices.length) % choices.length;
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector('.active')?.scrollIntoView({ block: 'nearest' }),
      );
    } else this.#entered(event);
  };

  #entered = (event: KeyboardEvent): void => {
    if (!isSendKey(event)) return;
    event.preventDefault();
    const choice = this.#choices()[this.active];
    if (choice) this.#choose(choice);
  };

  #searched = (): void => {
    this.search = this.field?.value ?? '';
    this.active = 0;
  };

  protected override render(): TemplateResult {
    const { assigneeId, meId } = this;
    const owner = this.teammates.find(({ id }) => id === assigneeId) ?? this.owner;
    return html`<button
        class="button small"
        part="button"
        type="button"
        popovertarget="menu"
        aria-haspopup="dialog"
        aria-expanded=${this.#popover.open ? 'true' : 'false'}
        ?disabled=${this.disabled}
      >
        ${ownerLabel(owner, assigneeId, meId)}${icon(chevronDownIcon, { size: 14 })}
      </button>
      <div
        class="menu"
        part="menu"
        id="menu"
        popover
        role="dialog"
        aria-label=${msg('Assign')}
        @beforetoggle=${this.#popover.beforeToggle}
        @toggle=${this.#popover.toggled}
      >
        ${this.#popover.open ? this.#list() : nothing}
      </div>`;
  }

  /** What Enter does, said before it does it: whoever writes the note may have chosen nobody yet. */
  #offer({ id, teammate, label }: Choice): string {
    if (id === this.assigneeId) return msg('Add note');
    return teammate && id !== this.meId ? msg(str`Assign to ${label}`) : label;
  }

  #list(): TemplateResult {
    const choices = this.#choices();
    const choice = choices[this.active];
    return html`<div class="menu-search">
        <input
          class="input"
          type="text"
          role="combobox"
          aria-label=${msg('Search teammates')}
          aria-expanded="true"
          aria-controls="people"
          aria-autocomplete="list"
          aria-activedescendant=${choices.length > 0 ? `choice-${this.active}` : nothing}
          autocomplete="off"
          spellcheck="false"
          placeholder=${msg('Search teammates')}
          .value=${this.search}
          @input=${this.#searched}
          @keydown=${this.#keyed}
        />
      </div>
      <ul id="people" role="listbox" aria-label=${msg('Teammates')}>
        ${choices.map(
          (choice, index) => html`<li
            class="menu-item ${index === this.active ? 'active' : ''}"
            part="option"
            id="choice-${index}"
            role="option"
            aria-selected=${choice.teammate?.id === this.assigneeId ? 'true' : 'false'}
            @click=${() => this.#choose(choice)}
            @pointermove=${() => {
              this.active = index;
            }}
          >
            ${
              choice.teammate
                ? avatar({
                    name: choice.teammate.name,
                    seed: choice.teammate.id,
                    size: 24,
                    online: choice.teammate.available && this.online.has(choice.teammate.id),
                  })
                : icon(userIcon)
            }
            <span class="grow" dir="auto">${choice.label}</span>
            ${choice.teammate && !choice.teammate.available ? html`<span class="aside">${msg('Away')}</span>` : nothing}
            ${choice.teammate?.id === this.assigneeId ? icon(checkIcon, { size: 16 }) : nothing}
          </li>`,
        )}
      </ul>
      ${choices.length === 0 ? html`<p class="menu-part hint" role="status">${msg('No teammate of that name')}</p>` : nothing}
      <div class="menu-line"></div>
      <div class="menu-part">
        <textarea
          class="input"
          part="note"
          rows="2"
          dir="auto"
          maxlength=${MAX_MESSAGE_LENGTH}
          aria-label=${msg('Internal note')}
          placeholder=${msg('Add a note (optional)')}
          .value=${this.note}
          @input=${({ target }: Event) => {
            this.note = (target as HTMLTextAreaElement).value;
          }}
          @keydown=${this.#entered}
        ></textarea>
        ${this.note.trim() && choice ? html`<button class="button small primary" type="button" @click=${() => this.#choose(choice)}>${this.#offer(choice)}</button>` : nothing}
      </div>`;
  }
}

/** Who shall answer; `null` is nobody. */
export class AssignEvent extends Event {
  static readonly type = 'parlour-assign';
  readonly assigneeId: string | null;
  /** What the team, and nobody else, is to read with it. */
  readonly note: string | undefined;

  constructor(assigneeId: string | null, note?: string) {
    super(AssignEvent.type);
    this.assigneeId = assigneeId;
    this.note = note;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-assign-menu': AssignMenu;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-assign': AssignEvent;
  }
}
