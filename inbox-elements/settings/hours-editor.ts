import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { officeHours } from '../../shared/contract/office-hours.ts';
import type { Holiday, Schedule, ScheduleSpan } from '../../shared/contract/schedule.ts';
import { buttons, fields, focusRing, reset } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { closeIcon, plusIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../../shared/ui/tokens.ts';
import { ownTimeZone, timeZoneField } from '../form/time-zone-field.ts';
import { freeDate, holidayProblem, minuteOf, nextSpan, problemOf, spansOn, timeText, weekdays } from './hours.ts';
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
  .add {
    justify-self: start;
  }
  .rows:not(:has(*)) {
    display: none;
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

/** Functions, so that each is said in the language of the moment. */
const holidayProblems = {
  order: () => msg('The end must come after the start.'),
  overlap: () => msg('These hours overlap.'),
  twice: () => msg('This date is there twice.'),
};

/**
 * Edits opening hours: always, or weekly spans in a zone, and dates that are not like their weekday. Holds its own draft; read `value` when it is to be saved.
 *
 * @tag parlour-hours-editor
 * @summary An editor for weekly opening hours and holidays.
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

  #holidays({ holidays = [], timeZone }: Schedule): TemplateResult {
    const set = (index: number, change: Partial<Holiday>): void =>
      this.#setHolidays(holidays.map((holiday, at) => (at === index ? { ...holiday, ...change } : holiday)));
    return html`<div class="rows" role="group" aria-label=${msg('Holidays')}>
        ${holidays.map((holiday, index) =>
          this.#holiday(holidays, holiday, {
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

  #holiday(
    all: readonly Holiday[],
    holiday: Holiday,
    { set, remove }: { set: (change: Partial<Holiday>) => void; remove: () => void },
  ): TemplateResult {
    const { date, spans } = holiday;
    const problem = holidayProblem(all, holiday);
    const next = nextSpan(
      1,
      spans.map((span) => ({ day: 1, ...span })),
    );
    const setTime = (index: number, edge: 'fromMinute' | 'toMinute', text: string): void => {
      const minute = minuteOf(text, edge === 'toMinute');
      if (minute !== null) set({ spans: spans.map((span, at) => (at === index ? { ...span, [edge]: minute } : span)) });
    };
    return html`<div class="day" role="group" aria-label=${date}>
      <input
        class="input"
        type="date"
        aria-label=${msg('Date of the holiday')}
        aria-invalid=${problem === 'twice' ? 'true' : 'false'}
        .value=${date}
        @change=${(event: Event) => {
          const { value } = event.target as HTMLInputElement;
          if (value) set({ date: value });
        }}
      />
      <div class="spans">
        ${spans.length === 0 ? html`<span class="closed">${msg('Closed')}</span>` : nothing}
        ${spans.map(
          (span, index) => html`<span class="span">
            ${this.#time(msg(str`${date}, opens`), span.fromMinute, problem, (text) => setTime(index, 'fromMinute', text))}
            <span aria-hidden="true">–</span>
            ${this.#time(msg(str`${date}, closes`), span.toMinute, problem, (text) => setTime(index, 'toMinute', text))}
          </span>`,
        )}
        ${
          spans.length > 0
            ? html`<button class="button small quiet" type="button" @click=${() => set({ spans: [] })}>
              ${msg('Closed all day')}
            </button>`
            : nothing
        }
      </div>
      <span class="span">
        <button
          class="icon-button small"
          type="button"
          aria-label=${msg(str`Add hours on ${date}`)}
          ?disabled=${next === null}
          @click=${() => next && set({ spans: [...spans, { fromMinute: next.fromMinute, toMinute: next.toMinute }] })}
        >
          ${icon(plusIcon, { size: 16 })}
        </button>
        <button class="icon-button small" type="button" aria-label=${msg(str`Remove the holiday on ${date}`)} @click=${remove}>
          ${icon(closeIcon, { size: 14 })}
        </button>
      </span>
      ${problem ? html`<p class="error" role="alert">${holidayProblems[problem]()}</p>` : nothing}
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
