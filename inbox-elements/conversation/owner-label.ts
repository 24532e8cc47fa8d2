import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import type { Teammate } from '../../shared/contract/teammate.ts';
import { avatar } from '../../shared/ui/avatar.ts';
import { icon } from '../../shared/ui/icon.ts';
import { userIcon } from '../../shared/ui/icons.ts';

/** A long name ends in dots where there is no room for it. */
export const ownerStyles = css`
  .button {
    max-inline-size: 100%;
  }
  .button > .avatar,
  .button > .icon {
    flex: none;
  }
  .owner {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
`;

/** Who answers, as the button says it that chooses another. */
export function ownerLabel(
  owner: Teammate | null | undefined,
  assigneeId: string | null,
  meId: string | undefined,
): TemplateResult {
  const name = owner?.name ?? (assigneeId ? msg('Former teammate') : msg('Unassigned'));
  return html`${assigneeId ? avatar({ name, seed: assigneeId, size: 18 }) : icon(userIcon, { size: 16 })}
    <span class="visually-hidden">${msg('Assigned to:')}</span>
    <span class="owner">${assigneeId === meId ? msg('You') : name}</span>`;
}
