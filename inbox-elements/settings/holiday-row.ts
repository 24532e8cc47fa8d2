import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Holiday } from '../../shared/contract/schedule.ts';
import { icon } from '../../shared/ui/icon.ts';
import { closeIcon, plusIcon } from '../../shared/ui/icons.ts';
import { holidayProblem, minuteOf, nextSpan, timeText } from './hours.ts';

/** Functions, so that each is said in the language of the moment. */
const holidayProblems = {
  order: () => msg('The end must come after the start. Set a later one, or take it as closed.'),
  overlap: () => msg('These hours overlap. Move or remove some.'),
  twice: () => msg('This date is listed twice. Change or remove one.'),
};

/** A date that is not like its weekday. */
export function holidayRow(
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
  return html`<div class="day holiday" role="group" aria-label=${date}>
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
          ${timeField(msg(str`${date}, opens`), span.fromMinute, problem, (text) => setTime(index, 'fromMinute', text))}
          <span aria-hidden="true">–</span>
          ${timeField(msg(str`${date}, closes`), span.toMinute, problem, (text) => setTime(index, 'toMinute', text))}
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

/** A time of the day; `set` hears what was written. */
export function timeField(
  label: string,
  minute: number,
  problem: unknown,
  set: (text: string) => void,
): TemplateResult {
  return html`<input
    class="input"
    type="time"
    aria-label=${label}
    aria-invalid=${problem ? 'true' : 'false'}
    .value=${timeText(minute)}
    @change=${(event: Event) => set((event.target as HTMLInputElement).value)}
  />`;
}
