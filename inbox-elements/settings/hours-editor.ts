import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { officeHours } from '../../shared/contract/office-hours.ts';
import type { Holiday, Schedule, ScheduleSpan } from '../../shared/contract/schedule.ts';
import { buttons, fields, focusRing, reset, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { closeIcon, plusIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import { ownTimeZone, timeZoneField } from '../form/time-zone-field.ts';
import { holidayRow, timeField } from './holiday-row.ts';
import { hoursStyles } from './hours-styles.ts';
import { freeDate, holidayProblem, minuteOf, nextSpan, problemOf, spansOn, timeText, weekdays } from './hours.ts';
import { sectionStyles } from './section-styles.ts';

/**
 * Edits opening hours: always, or weekly spans in a zone, and dates that are not like their weekday. Holds its own draft; read `value` when it is to be saved.
 *
 * @tag parlour-hours-editor
 * @summary An editor for weekly opening hours and holidays.
 * @fires input - The draft changed.
 */
export class HoursEditor extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    visuallyHidden,
    buttons,
    fields,
    iconStyles,
    sectionStyles,
    hoursStyles,
  ];

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

  /** Goes to the first time or date that is wrong. */
  async focusWrong(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  /** Whether every day can be saved as it is; what is wrong is shown as soon as it is. */
  check(): boolean {
    const { draft } = this;
    if (!draft) return true;
    const holidays = draft.holidays ?? [];
    return (
      weekdays().every(({ day }) => problemOf(spansOn(draft, day)) === null) &&
      holidays.every((holiday) => holidayProblem(holidays, holiday) === null)
    );
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

  #setHolidays(holidays: Holiday[]): void {
    if (this.draft) this.#change({ ...this.draft, holidays });
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
        <legend class="visually-hidden">${msg('Opening hours')}</legend>
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
            <div class="rows">${weekdays().map(({ day, name }) => this.#day(draft, day, name))}</div>
            ${this.#holidays(draft)}`
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
            ${timeField(msg(str`${name}, opens`), span.fromMinute, problem, (text) =>
              this.#setTime(day, index, 'fromMinute', text),
            )}
            <span aria-hidden="true">–</span>
            ${timeField(msg(str`${name}, closes`), span.toMinute, problem, (text) =>
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
            ${
              problem === 'order'
                ? msg(str`The end must come after the start. Set a later one for ${name}, or remove these hours.`)
                : msg(str`These hours overlap. Move or remove some of ${name}.`)
            }
          </p>`
          : nothing
      }
    </div>`;
  }

  #holidays({ holidays = [], timeZone }: Schedule): TemplateResult {
    const set = (index: number, change: Partial<Holiday>): void =>
      this.#setHolidays(holidays.map((holiday, at) => (at === index ? { ...holiday, ...change } : holiday)));
    return html`<div class="rows" role="group" aria-label=${msg('Holidays')}>
        ${holidays.map((holiday, index) =>
          holidayRow(holidays, holiday, {
            set: (change) => set(index, change),
            remove: () => this.#setHolidays(holidays.filter((_, at) => at !== index)),
          }),
        )}
      </div>
      <button
        class="button small add"
        type="button"
        ?disabled=${holidays.length >= 200}
        @click=${() => this.#setHolidays([...holidays, { date: freeDate(holidays, timeZone), spans: [] }])}
      >
        ${icon(plusIcon, { size: 14 })}${msg('Add a holiday')}
      </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-hours-editor': HoursEditor;
  }
}
