import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import { focusRing, reset, scrollbars, visuallyHidden } from '../base-styles.ts';
import { numberText, spoken } from '../language.ts';
import { tokens } from '../tokens.ts';
import { drawnHere } from './drawn-here.ts';
import { readEmojiMemory, withUsed } from './emoji-memory.ts';
import type { EmojiMemory } from './emoji-memory.ts';
import { pickerStyles } from './emoji-picker-styles.ts';
import { findEmoji, inTone, loadEmoji } from './emoji-set.ts';
import type { Emoji, EmojiSet, SkinTone } from './emoji-set.ts';
import { groupTexts, toneTexts } from './emoji-texts.ts';

const COLUMNS = 8;
/** Whoever needs more writes another letter. */
const MOST_FOUND = 96;

const tones: readonly SkinTone[] = [0, 1, 2, 3, 4, 5];
const hand = { emoji: '✋', light: '1' };
const signs = ['🕘', '😀', '🧑', '🐻', '🍎', '🚗', '⚽', '💡', '💜', '🏁'];

/** An emoji as it is offered: with its tone. */
type Offer = { emoji: string; name: string };

/**
 * All emoji of this system, by group and by search, one at a time in the order of the keyboard. It shows one group at once: two
 * thousand buttons would hold up the chat. What it knows of emoji is fetched with it, in the reader's language.
 *
 * @tag parlour-emoji-picker
 * @summary Chooses an emoji.
 * @fires parlour-emoji-pick - {emoji, stays} One was chosen; whether the picker stays for another.
 * @fires parlour-emoji-memory - {memory} What is to be remembered has changed.
 */
export class EmojiPicker extends LitElement {
  static override styles = [tokens, reset, focusRing, visuallyHidden, scrollbars, pickerStyles];
  static override properties = {
    memory: { attribute: false },
    set: { state: true },
    hasFailed: { state: true },
    group: { state: true },
    query: { state: true },
    choosesTone: { state: true },
    active: { state: true },
  };

  memory: EmojiMemory = readEmojiMemory(null);
  private set: EmojiSet | null = null;
  private hasFailed = false;
  /** 0 is those used last. */
  private group = 1;
  private query = '';
  private choosesTone = false;
  /** Which one of those shown the keyboard is at. */
  private active = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasUpdated && this.memory.recent.length > 0) this.group = 0;
    if (!this.set) void this.#load();
  }

  async #load(): Promise<void> {
    this.hasFailed = false;
    try {
      this.set = drawnHere(await loadEmoji(spoken.language));
    } catch {
      // The network; "Try again" is offered.
      this.hasFailed = true;
    }
  }

  override updated(changed: PropertyValues): void {
    if (['query', 'group', 'set'].some((key) => changed.has(key)))
      this.renderRoot.querySelector('.page')?.scrollTo({ top: 0 });
  }

  /** To the search; where a keyboard would come up and take the room, to what scrolls. */
  override focus(options?: FocusOptions): void {
    const place = matchMedia('(pointer: coarse)').matches ? '.page' : '.search';
    this.renderRoot.querySelector<HTMLElement>(place)?.focus(options);
  }

  get #offers(): Offer[] {
    const { set, query, group, memory } = this;
    if (!set) return [];
    const offer = (one: Emoji): Offer => ({ emoji: inTone(one, memory.tone), name: one.name });
    if (query.trim()) return findEmoji(set, query).slice(0, MOST_FOUND).map(offer);
    if (group > 0) return (set[group - 1] ?? []).map(offer);
    const names = new Map(set.flat().flatMap((one) => tones.map((tone) => [inTone(one, tone), one.name])));
    return memory.recent
      .flatMap((emoji) => ({ emoji, name: names.get(emoji) ?? [] }) as Offer)
      .filter(({ name }) => name.length > 0);
  }

  #remember(memory: EmojiMemory): void {
    this.memory = memory;
    this.dispatchEvent(new EmojiMemoryEvent(memory));
  }

  #pick({ emoji }: Offer, stays: boolean): void {
    // Those used last are not moved about under the pointer.
    if (this.group > 0 || !stays) this.#remember(withUsed(this.memory, emoji));
    this.dispatchEvent(new EmojiPickEvent(emoji, stays));
  }

  #searched = ({ target }: Event): void => {
    this.query = (target as HTMLInputElement).value;
    this.active = 0;
  };

  #searchKeyed = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229) return;
    const [first] = this.#offers;
    if (event.key === 'ArrowDown' && first) this.#moveTo(0);
    else if (event.key === 'Enter' && this.query && first) this.#pick(first, event.shiftKey);
    else return;
    event.preventDefault();
  };

  #moveTo(index: number): void {
    this.active = index;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.row [tabindex="0"]')?.focus());
  }

  #gridKeyed = (event: KeyboardEvent): void => {
    const forwards = getComputedStyle(this).direction === 'rtl' ? -1 : 1;
    const last = this.#offers.length - 1;
    const column = this.active % COLUMNS;
    const goals: Record<string, number> = {
      ArrowRight: this.active + forwards,
      ArrowLeft: this.active - forwards,
      ArrowDown: this.active + COLUMNS,
      ArrowUp: this.active - COLUMNS,
      PageDown: Math.min(this.active + 5 * COLUMNS, last),
      PageUp: Math.max(this.active - 5 * COLUMNS, column),
      Home: 0,
      End: last,
    };
    const goal = goals[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    if (goal < 0) this.renderRoot.querySelector<HTMLElement>('.search')?.focus();
    else if (goal <= last) this.#moveTo(goal);
  };

  #groupKeyed = (event: KeyboardEvent): void => {
    const forwards = getComputedStyle(this).direction === 'rtl' ? -1 : 1;
    const shown = this.#groups;
    const at = shown.indexOf(this.group);
    const goals: Record<string, number> = {
      ArrowRight: at + forwards,
      ArrowLeft: at - forwards,
      Home: 0,
      End: shown.length - 1,
    };
    const goal = goals[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    this.#show(shown.at(goal % shown.length) ?? this.group);
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus(),
    );
  };

  #show(group: number): void {
    this.group = group;
    this.query = '';
    this.active = 0;
  }

  get #groups(): number[] {
    const { set, memory } = this;
    return [...(memory.recent.length > 0 ? [0] : []), ...(set ?? []).map((_, index) => index + 1)];
  }

  #choseTone(tone: SkinTone): void {
    this.#remember({ ...this.memory, tone });
    this.choosesTone = false;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.tone')?.focus());
  }

  #toneKeyed = (event: KeyboardEvent): void => {
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('.tones button')];
    const at = buttons.indexOf(event.target as HTMLElement);
    const forwards = getComputedStyle(this).direction === 'rtl' ? -1 : 1;
    const steps: Record<string, number> = { ArrowRight: forwards, ArrowLeft: -forwards, ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    buttons.at((at + step) % buttons.length)?.focus();
  };

  #unfold = (): void => {
    this.choosesTone = !this.choosesTone;
    if (this.choosesTone)
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[aria-checked="true"]')?.focus());
  };

  #tones(): TemplateResult | typeof nothing {
    if (!this.choosesTone) return nothing;
    const texts = toneTexts();
    return html`<div class="tones" role="radiogroup" aria-label=${msg('Skin tone')} @keydown=${this.#toneKeyed}>
      ${tones.map(
        (tone) => html`<button
          type="button"
          role="radio"
          aria-checked=${tone === this.memory.tone ? 'true' : 'false'}
          aria-label=${texts[tone] ?? nothing}
          title=${texts[tone] ?? nothing}
          tabindex=${tone === this.memory.tone ? 0 : -1}
          @click=${() => this.#choseTone(tone)}
        >
          ${inTone(hand, tone)}
        </button>`,
      )}
    </div>`;
  }

  #grid(offers: readonly Offer[], label: string): TemplateResult {
    const rows = Array.from({ length: Math.ceil(offers.length / COLUMNS) }, (_, row) =>
      offers.slice(row * COLUMNS, (row + 1) * COLUMNS),
    );
    return html`<div role="grid" aria-label=${label} @keydown=${this.#gridKeyed} @click=${this.#clicked}>
      ${rows.map(
        (row, above) => html`<div class="row" role="row">
          ${row.map(
            ({ emoji, name }, column) => html`<button
              type="button"
              role="gridcell"
              aria-label=${name}
              title=${name}
              tabindex=${above * COLUMNS + column === this.active ? 0 : -1}
              data-index=${above * COLUMNS + column}
            >
              ${emoji}
            </button>`,
          )}
        </div>`,
      )}
    </div>`;
  }

  #clicked = (event: MouseEvent): void => {
    const button = (event.target as Element).closest('button');
    const offer = this.#offers[Number(button?.dataset['index'])];
    if (!offer) return;
    // A finger chooses several; closing would bring the keyboard up in between.
    this.#pick(offer, event.shiftKey || ('pointerType' in event && event.pointerType === 'touch'));
  };

  #page(): TemplateResult {
    if (this.hasFailed)
      return html`<div class="none" role="alert">
        <p>${msg('The emoji could not be loaded.')}</p>
        <button class="retry" type="button" @click=${() => void this.#load()}>${msg('Try again')}</button>
      </div>`;
    const offers = this.#offers;
    const label = this.query ? msg('Found') : (groupTexts()[this.group] ?? '');
    if (this.set && offers.length === 0) return html`<p class="none">${msg('No emoji is called that.')}</p>`;
    return html`<h3 aria-hidden="true">${label}</h3>
      ${this.#grid(offers, label)}`;
  }

  override render(): TemplateResult {
    const texts = groupTexts();
    const count = this.query ? numberText(this.#offers.length) : '';
    return html`<div class="card" role="dialog" aria-label=${msg('Emoji')}>
      <div class="top">
        <input
          class="search"
          type="search"
          enterkeyhint="search"
          autocomplete="off"
          autocapitalize="none"
          placeholder=${msg('Search emoji')}
          aria-label=${msg('Search emoji')}
          .value=${this.query}
          @input=${this.#searched}
          @keydown=${this.#searchKeyed}
        />
        <button
          class="tone"
          type="button"
          aria-label="${msg('Skin tone')}: ${toneTexts()[this.memory.tone]}"
          title=${msg('Skin tone')}
          aria-expanded=${this.choosesTone ? 'true' : 'false'}
          @click=${this.#unfold}
        >
          ${inTone(hand, this.memory.tone)}
        </button>
      </div>
      ${this.#tones()}
      <div class="groups" role="tablist" aria-label=${msg('Kinds of emoji')} @keydown=${this.#groupKeyed}>
        ${this.#groups.map(
          (group) => html`<button
            type="button"
            role="tab"
            aria-selected=${group === this.group ? 'true' : 'false'}
            aria-controls="page"
            aria-label=${texts[group] ?? nothing}
            title=${texts[group] ?? nothing}
            tabindex=${group === this.group ? 0 : -1}
            @click=${() => this.#show(group)}
          >
            ${signs[group]}
          </button>`,
        )}
      </div>
      <div class="page scroll focus-inside" id="page" role="tabpanel" tabindex="0" aria-label=${texts[this.group] ?? nothing}>${this.#page()}</div>
      <p class="visually-hidden" role="status">${count && msg(str`Emoji found: ${count}`)}</p>
    </div>`;
  }
}

/** An emoji was chosen. */
export class EmojiPickEvent extends Event {
  readonly emoji: string;
  /** Whether the picker stays for another one. */
  readonly stays: boolean;

  constructor(emoji: string, stays: boolean) {
    super('parlour-emoji-pick');
    this.emoji = emoji;
    this.stays = stays;
  }
}

/** What is to be remembered for the next time has changed. */
export class EmojiMemoryEvent extends Event {
  readonly memory: EmojiMemory;

  constructor(memory: EmojiMemory) {
    super('parlour-emoji-memory');
    this.memory = memory;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-emoji-picker': EmojiPicker;
  }
  interface HTMLElementEventMap {
    'parlour-emoji-pick': EmojiPickEvent;
    'parlour-emoji-memory': EmojiMemoryEvent;
  }
}
