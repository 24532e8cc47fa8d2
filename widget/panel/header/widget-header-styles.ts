import { css } from 'lit';
import { avatarStyles } from '../../../shared/ui/avatar.ts';
import { focusRing, reset } from '../../../shared/ui/ground-styles.ts';
import { iconStyles } from '../../../shared/ui/icon.ts';
import { roundStyles } from '../round-styles.ts';

/** The properties are those of the card around it. */
export const headerStyles = [
  reset,
  focusRing,
  iconStyles,
  avatarStyles,
  roundStyles,
  css`
    :host {
      flex: none;
    }
    /* The hours have the whole width below the buttons. */
    .bar {
      display: grid;
      grid-template: 'lead name actions' 'lead hours hours' / auto 1fr auto;
      align-items: center;
      padding: 10px;
      padding-inline: 18px 12px;
      background: var(--_accent);
      color: var(--_on-accent);
    }
    /* On one line, and as high where there is no button. */
    .lead,
    .actions {
      display: flex;
      align-items: center;
      align-self: start;
      min-block-size: var(--_round, 40px);
    }
    .lead {
      grid-area: lead;
    }
    .lead > * {
      margin-inline-end: var(--_space-3);
    }
    .actions {
      grid-area: actions;
      gap: 6px;
    }
    .faces {
      display: flex;
    }
    .faces .avatar {
      border-radius: 50%;
      box-shadow: 0 0 0 2px var(--_accent);
    }
    /* The face alone: the ring is of the header's ground, whatever the theme. */
    .faces .disc {
      color-scheme: light;
    }
    .faces .avatar + .avatar {
      margin-inline-start: -7px;
    }
    .logo {
      flex: none;
      block-size: 32px;
      max-inline-size: 96px;
      object-fit: contain;
    }
    .who {
      display: contents;
    }
    /* Each stays a line, so that nothing below moves when the words change. */
    h2,
    .hours {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    h2 {
      grid-area: name;
      font-size: 17px;
      font-weight: 650;
      letter-spacing: -0.01em;
      line-height: 1.25;
      /* A name of the other direction is cut at its own end, and stands where names stand. */
      justify-self: start;
      max-inline-size: 100%;
    }
    .hours {
      grid-area: hours;
      margin-block-start: -6px;
      font-size: 13px;
      line-height: 1.3;
    }
    /* Its room stays: nothing else moves while there is no line. */
    .hours:empty {
      visibility: hidden;
    }
    .hours::before {
      display: inline-block;
      margin-inline-end: 6px;
      inline-size: 8px;
      block-size: 8px;
      border: 1.5px solid;
      border-radius: 50%;
      content: '';
    }
    .open::before {
      background: #4ade80;
    }
    .round {
      transition: background-color var(--_motion);
    }
    .lead .round {
      margin-inline: -10px 0;
    }
    /* A phone held sideways has no room for more than a line of it. */
    @media (min-height: 481px) {
      .bar {
        padding-block: 14px 16px;
      }
      :host([large]) .bar {
        padding-block: 20px 26px;
      }
      :host([large]) .bar:has(.faces) {
        grid-template: 'lead actions' 'name name' 'hours hours' / 1fr auto;
        row-gap: var(--_space-3);
      }
      :host([large]) h2 {
        font-size: 25px;
      }
    }
    @media (max-width: 360px) {
      .faces {
        display: none;
      }
    }
    /* Beside a keyboard, nothing may take the room of the messages: one thin line. */
    @container (max-height: 300px) {
      .bar {
        --_round: 32px;
        padding-block: 0;
      }
      .faces {
        scale: 0.8;
      }
      .hours {
        margin: 0;
      }
    }
    @container (max-height: 300px) and (min-width: 481px) {
      .bar {
        grid-template: 'lead name hours actions' / auto auto 1fr auto;
      }
      .hours {
        margin-inline: 12px;
      }
    }
    @media (forced-colors: active) {
      .bar {
        border-block-end: 1px solid CanvasText;
      }
      .open::before {
        background: CanvasText;
      }
    }
  `,
];
