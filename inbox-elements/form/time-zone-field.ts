import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { describedBy, field } from './field.ts';
import type { FieldFrame } from './field.ts';

/** The zone the reader's own clock is in. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

let known: readonly string[] | undefined;

/** Every zone the browser knows, with the given one among them: browsers leave aliases such as UTC out of the list. */
function timeZones(chosen: string): readonly string[] {
  known ??= [...new Set([...Intl.supportedValuesOf('timeZone'), ownTimeZone(), 'UTC'])].sort();
  return known.includes(chosen) ? known : [chosen, ...known];
}

/** A choice among all zones, the reader's own unless a value is given. */
export function timeZoneField(options: FieldFrame & { value?: string }): TemplateResult {
  const chosen = options.value ?? ownTimeZone();
  return field(
    options,
    html`<select
      class="input"
      part="input"
      id=${options.name}
      name=${options.name}
      aria-invalid=${options.error ? 'true' : 'false'}
      aria-describedby=${ifDefined(describedBy(options))}
    >
      ${timeZones(chosen).map(
        (zone) => html`<option value=${zone} ?selected=${zone === chosen}>${zone.replaceAll('_', ' ')}</option>`,
      )}
    </select>`,
  );
}
