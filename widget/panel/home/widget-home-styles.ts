import { css } from 'lit';
import { avatarStyles } from '../../../shared/ui/avatar.ts';
import { focusRing, reset, scrollbars, visuallyHidden } from '../../../shared/ui/base-styles.ts';
import { iconStyles } from '../../../shared/ui/icon.ts';
import { tokens } from '../../../shared/ui/tokens.ts';
import { buttonStyles } from '../button-styles.ts';
import { rowStyles } from './row-styles.ts';

export const homeStyles = [
  tokens,
  reset,
  focusRing,
  visuallyHidden,
  buttonStyles,
  scrollbars,
  iconStyles,
  avatarStyles,
  rowStyles,
  css`
    :host {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-block-size: 0;
    }
    .scroll {
      display: grid;
      flex: 1;
      align-content: start;
      gap: var(--_space-6);
      padding: 20px var(--_space-3) var(--_space-4);
    }
    .welcome {
      display: grid;
      gap: var(--_space-3);
      padding: 0 var(--_space-2);
    }
    .greeting {
      font-size: 17px;
      line-height: 1.4;
      overflow-wrap: anywhere;
      white-space: pre-line;
    }
    .team {
      display: flex;
      flex-wrap: wrap;
      gap: var(--_space-3) var(--_space-4);
    }
    .team li {
      display: grid;
      justify-items: center;
      gap: 6px;
      max-inline-size: 72px;
      color: var(--_text-muted);
      font-size: var(--_font-size-s);
      line-height: 1.2;
    }
    .team .name {
      overflow: hidden;
      max-inline-size: 100%;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .hours,
    .promise {
      display: flex;
      align-items: center;
      gap: 6px;
      color: var(--_text-muted);
      font-size: 13px;
    }
    /* Its room stays: nothing else moves while there is no line. */
    .hours:empty {
      visibility: hidden;
      min-block-size: 1lh;
    }
    .hours::before {
      flex: none;
      inline-size: 8px;
      block-size: 8px;
      margin-inline: 4px;
      border: 2px solid var(--_offline);
      border-radius: 50%;
      content: '';
    }
    .hours.open::before {
      border-color: var(--_online);
      background: var(--_online);
    }
    @media (forced-colors: active) {
      .hours.open::before {
        background: CanvasText;
      }
    }
    .preview {
      overflow: hidden;
      grid-column: 1;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .unread .preview {
      font-weight: 650;
    }
    .mark {
      padding: 0 7px;
      border-radius: calc(var(--_radius) * 12);
      background: var(--_accent);
      color: var(--_on-accent);
      font-weight: 600;
    }
    .foot {
      flex: none;
      padding: var(--_space-3) var(--_space-4) var(--_space-4);
    }
    .foot .button {
      inline-size: 100%;
    }
  `,
];
