import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { AssigneeFilter, Category, StatusFilter } from '../../shared/contract/conversation.ts';
import type { Inbox } from '../../shared/contract/inbox.ts';
import { icon } from '../../shared/ui/icon.ts';
import { chevronDownIcon } from '../../shared/ui/icons.ts';
import { spoken } from '../../shared/ui/language.ts';
import type { Counts } from './inbox-feed.ts';

export const statuses: readonly StatusFilter[] = ['open', 'snoozed', 'closed'];
export const assignees: readonly AssigneeFilter[] = ['mine', 'unassigned', 'all'];
export const piles: readonly (Category | null)[] = [null, 'new', 'missed', 'yours', 'others'];

type Filter = {
  status: StatusFilter;
  assignee: AssigneeFilter;
  category: Category | null;
  inboxId: string | null;
  counts: Counts | null;
  inboxes: ReadonlyMap<string, Inbox> | undefined;
};
export type FilterChanges = {
  status?: StatusFilter;
  assignee?: AssigneeFilter;
  category?: Category | null;
  inboxId?: string | null;
};
type Change = (changes: FilterChanges) => void;

/** The inbox's name, and where there are several the choice of one. */
export function inboxHeader({ inboxId, inboxes, counts }: Filter, change: Change): TemplateResult {
  const all = [...(inboxes?.values() ?? [])];
  const chosen = all.find(({ id }) => id === inboxId);
  const unread = counts?.unread ?? 0;
  const only = all.length === 1 ? all[0]?.name : undefined;
  return html`<div class="header" part="header">
    ${all.length > 1 ? inboxSwitch(all, chosen, change) : html`<h2 class="title">${only ?? msg('Inbox')}</h2>`}
    ${unread > 0 ? html`<span class="unread-count">${msg(str`${formatted(unread)} unread`)}</span>` : nothing}
  </div>`;
}

/** The browser's own list of choices, under a name that looks like a heading. */
function inboxSwitch(inboxes: readonly Inbox[], chosen: Inbox | undefined, change: Change): TemplateResult {
  return html`<label class="switch">
    <span class="title" aria-hidden="true">${chosen?.name ?? msg('All inboxes')}</span>
    ${icon(chevronDownIcon, { size: 16 })}
    <select
      aria-label=${msg('Inbox')}
      @change=${(event: Event) => change({ inboxId: (event.target as HTMLSelectElement).value || null })}
    >
      <option value="" .selected=${!chosen}>${msg('All inboxes')}</option>
      ${inboxes.map((inbox) => html`<option value=${inbox.id} .selected=${inbox === chosen}>${inbox.name}</option>`)}
    </select>
  </label>`;
}

export function statusTabs(
  { status, assignee, counts }: Filter,
  change: Change,
  keyed: (event: KeyboardEvent) => void,
): TemplateResult {
  return html`<div class="tabs" part="tabs" role="tablist" aria-label=${msg('Status')} @keydown=${keyed}>
    ${statuses.map(
      (one) => html`<button
        class="tab focus-inside"
        part="tab"
        type="button"
        role="tab"
        id="tab-${one}"
        aria-selected=${one === status ? 'true' : 'false'}
        aria-controls="panel"
        tabindex=${one === status ? 0 : -1}
        @click=${() => change({ status: one, category: null })}
      >
        ${statusLabel(one)}${number(counts?.[one][assignee])}
      </button>`,
    )}
  </div>`;
}

/** Whose conversations; and of the open ones those that were missed. */
export function pileChoice({ status, assignee, category, counts }: Filter, change: Change): TemplateResult {
  const choice = (label: string, count: number | undefined, chosen: boolean, to: FilterChanges) => html`<button
    class="choice"
    type="button"
    aria-pressed=${chosen ? 'true' : 'false'}
    @click=${() => change(to)}
  >
    ${label}${number(count)}
  </button>`;
  return html`<div class="filter" part="filter" role="group" aria-label=${msg('Assigned to')}>
    ${assignees.map((one) =>
      choice(assigneeLabel(one), counts?.[status][one], one === assignee && !category, {
        assignee: one,
        category: null,
      }),
    )}
    ${
      status === 'open'
        ? choice(msg('Missed'), counts?.open.missed, category === 'missed', { category: 'missed' })
        : nothing
    }
  </div>`;
}

function number(count: number | undefined): TemplateResult | typeof nothing {
  return count ? html`<span class="count">${formatted(count)}</span>` : nothing;
}

function formatted(count: number): string {
  return new Intl.NumberFormat(spoken.locale, { notation: 'compact' }).format(count);
}

function statusLabel(status: StatusFilter): string {
  const labels: Record<StatusFilter, string> = { open: msg('Open'), snoozed: msg('Snoozed'), closed: msg('Closed') };
  return labels[status];
}

function assigneeLabel(assignee: AssigneeFilter): string {
  const labels: Record<AssigneeFilter, string> = { mine: msg('Mine'), unassigned: msg('Unassigned'), all: msg('All') };
  return labels[assignee];
}
