import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { officeHours } from '../../shared/contract/office-hours.ts';
import type { Schedule, ScheduleSpan } from '../../shared/contract/schedule.ts';
import { buttons, fields, focusRing, reset } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { closeIcon, plusIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../../shared/ui/tokens.ts';
import { ownTimeZone, timeZoneField } from '../form/time-zone-field.ts';
import { minuteOf, nextSpan, problemOf, spansOn, timeText, weekdays } from './hours.ts';
import { sectionStyles } from './section-styles.ts';

const hoursStyles = css`
  :host {
    display: grid;
    gap: var(--_space-4);
  }
  .day {
    display: grid;
    grid-template-columns: minmax(96px, 1fr) 5fr auto;
    gap: var(--_space-2) var(--_space-3);
    align-items: center;
    padding: 8px 12px;
  }
  .day + .day {
    border-block-start: 1px solid var(--_border);
  }
  .day-name {
    font-weight: 550;
  }
  .spans {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2) var(--_space-4);
  }
  .span {
    display: inline-flex;
    gap: 6px;
    align-items: center;
  }
  .span .input {
    inline-size: auto;
    min-block-size: 32px;
    padding: 3px 8px;
    font-variant-numeric: tabular-nums;
  }
  .closed {
    color: var(--_text-faint);
  }
  .day .error {
    grid-column: 2 / -1;
  }
  @media (max-width: 560px) {
    .day {
      grid-template-columns: 1fr auto;
    }
    .spans {
      grid-row: 2;
      grid-column: 1 / -1;
    }
  }
`;

/**
 * Edits opening hours: always, or weekly spans in a zone. Holds its own draft; read `value` when it is to be saved.
 *
 * @tag parlour-hours-editor
 * @summary An editor for weekly opening hours.
 * @fires input - The draft changed.
 */
export class HoursEditor extends LitElement {
  static override styles = [tokens, reset, focusRing, buttons, fields, iconStyles, sectionStyles, hoursStyles];

  /** What is saved now; giving another one starts a new draft. `null` is always open. */
  @property({ attribute: false }) schedule: Schedule | null = null;

  @state() private draft: Schedule | null = null;
  /** What weekly hours were before "always" was tried, so that trying costs nothing. */
  #weekly: Schedule | null = null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  get value(): Schedule | null {
    return this.draft;
  }

  /** Whether every day can be saved as it is. */
  get valid(): boolean {
    const { draft } = this;
    return !draft || weekdays().every(({ day }) => problemOf(spansOn(draft, day)) === null);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Every event makes new records; only other hours are a reason to throw a draft away.
    if (changed.has('schedule') && JSON.stringify(changed.get('schedule')) !== JSON.stringify(this.schedule)) {
      this.draft = this.schedule;
    }
  }

  #change(draft: Schedule | null): void {
    this.draft = draft;
    this.dispatchEvent(new Event('input', { bubbles: true }));
  }

  #setAlways(always: boolean): void {
    if (always) this.#weekly = this.draft;
    this.#change(always ? null : (this.#weekly ?? officeHours(ownTimeZone())));
  }

  #setDay(day: number, spans: readonly ScheduleSpan[]): void {
    if (this.draft)
      this.#change({ ...this.draft, spans: [...this.draft.spans.filter((span) => span.day !== day), ...spans] });
  }

  #setTime(day: number, index: number, edge: 'fromMinute' | 'toMinute', text: string): void {
    const minute = minuteOf(text, edge === 'toMinute');
    if (minute === null || !this.draft) return;
    this.#setDay(
      day,
      spansOn(this.draft, day).map((span, at) => (at === index ? { ...span, [edge]: minute } : span)),
    );
  }

  protected override render(): TemplateResult {
    const { draft } = this;
    return html`<fieldset class="choices">
        <legend>${msg('Opening hours')}</legend>
        <div class="inline-choices">
          ${this.#choice(false, msg('Weekly hours'))} ${this.#choice(true, msg('Always open'))}
        </div>
      </fieldset>
      ${
        draft
          ? html`<div
              @change=${(event: Event) => this.#change({ ...draft, timeZone: (event.target as HTMLSelectElement).value })}
            >
              ${timeZoneField({ name: 'timeZone', label: msg('Time zone'), value: draft.timeZone })}
            </div>
            <div class="rows">${weekdays().map(({ day, name }) => this.#day(draft, day, name))}</div>`
          : nothing
      }`;
  }

  #choice(always: boolean, label: string): TemplateResult {
    return html`<label class="checkbox">
      <input
        type="radio"
        name="always"
        .checked=${(this.draft === null) === always}
        @change=${() => this.#setAlways(always)}
      />${label}
    </label>`;
  }

  #day(schedule: Schedule, day: number, name: string): TemplateResult {
    const spans = spansOn(schedule, day);
    const problem = problemOf(spans);
    const next = nextSpan(day, spans);
    return html`<div class="day" role="group" aria-label=${name}>
      <span class="day-name">${name}</span>
      <div class="spans">
        ${spans.length === 0 ? html`<span class="closed">${msg('Closed')}</span>` : nothing}
        ${spans.map(
          (span, index) => html`<span class="span">
            ${this.#time(msg(str`${name}, opens`), span.fromMinute, problem, (text) =>
              this.#setTime(day, index, 'fromMinute', text),
            )}
            <span aria-hidden="true">–</span>
            ${this.#time(msg(str`${name}, closes`), span.toMinute, problem, (text) =>
              this.#setTime(day, index, 'toMinute', text),
            )}
            <button
              class="icon-button small"
              type="button"
              aria-label=${msg(str`Remove ${timeText(span.fromMinute)} to ${timeText(span.toMinute)} on ${name}`)}
              @click=${() =>
                this.#setDay(
                  day,
                  spans.filter((_, at) => at !== index),
                )}
            >
              ${icon(closeIcon, { size: 14 })}
            </button>
          </span>`,
        )}
      </div>
      <button
        class="icon-button small"
        type="button"
        aria-label=${msg(str`Add hours on ${name}`)}
        ?disabled=${next === null}
        @click=${() => next && this.#setDay(day, [...spans, next])}
      >
        ${icon(plusIcon, { size: 16 })}
      </button>
      ${
        problem
          ? html`<p class="error" role="alert">
            ${problem === 'order' ? msg('The end must come after the start.') : msg('These hours overlap.')}
          </p>`
          : nothing
      }
    </div>`;
  }

  #time(label: string, minute: number, problem: unknown, set: (text: string) => void): TemplateResult {
    return html`<input
      class="input"
      type="time"
      aria-label=${label}
      aria-invalid=${problem ? 'true' : 'false'}
      .value=${timeText(minute)}
      @change=${(event: Event) => set((event.target as HTMLInputElement).value)}
    />`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-hours-editor': HoursEditor;
  }
}
