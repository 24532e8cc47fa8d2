import { css } from 'lit';

export const threadStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    /* The reader's place is held here, alike in every browser. */
    overflow-anchor: none;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  .content {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    min-block-size: 100%;
    max-inline-size: 860px;
    margin-inline: auto;
    padding: var(--_space-4) var(--_space-4) var(--_space-3);
  }
  .parts {
    display: flex;
    flex-direction: column;
    gap: 3px;
  }
  .older {
    padding-block: var(--_space-2);
    color: var(--_text-faint);
    font-size: var(--_font-size-s);
    text-align: center;
  }

  .message {
    position: relative;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    max-inline-size: min(78%, 600px);
    min-inline-size: 0;
  }
  .message.first:not(:first-child) {
    margin-block-start: var(--_space-3);
  }
  .theirs {
    padding-inline-start: 36px;
  }
  .ours,
  .note {
    align-self: flex-end;
    align-items: flex-end;
  }
  .face {
    position: absolute;
    inset-block-end: 21px;
    inset-inline-start: 0;
  }
  .author {
    display: flex;
    flex-wrap: wrap;
    gap: 2px var(--_space-2);
    align-items: center;
    padding-inline: 4px;
    margin-block-end: 3px;
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    font-weight: 500;
  }
  .note-label {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    font-weight: 400;
  }
  .bubble {
    max-inline-size: 100%;
    padding: 8px 13px;
    border: 1px solid transparent;
    border-radius: var(--_radius-bubble);
    line-height: 1.45;
  }
  .theirs .bubble {
    border-end-start-radius: var(--_radius-s);
    background: var(--_bubble-theirs);
  }
  .theirs:not(.first) .bubble {
    border-start-start-radius: var(--_radius-s);
  }
  .ours .bubble {
    border-end-end-radius: var(--_radius-s);
    background: var(--_bubble-mine);
    color: var(--_on-bubble-mine);
  }
  .ours:not(.first) .bubble {
    border-start-end-radius: var(--_radius-s);
  }
  .note .bubble {
    border-color: var(--_note-border);
    border-radius: var(--_radius);
    background: var(--_note);
  }
  .below {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 6px;
    align-items: center;
    padding-inline: 4px;
    margin-block-start: 2px;
    color: var(--_text-faint);
    font-size: var(--_font-size-s);
    font-variant-numeric: tabular-nums;
  }
  .seen {
    display: inline-flex;
    gap: 3px;
    align-items: center;
  }
  .pending:not(.failed) .bubble {
    opacity: 0.82;
  }
  .failed .bubble {
    border-color: var(--_danger);
  }
  .failure {
    justify-content: flex-end;
    color: var(--_danger);
  }
  .link {
    min-block-size: 24px;
    padding: 0 3px;
    border: 0;
    border-radius: var(--_radius-s);
    background: none;
    color: var(--_text);
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 0.18em;
    cursor: pointer;
  }

  .activity {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    justify-content: center;
    padding: 8px var(--_space-4);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    text-align: center;
  }
  .activity time {
    color: var(--_text-faint);
    font-variant-numeric: tabular-nums;
  }
  .activity + .activity {
    padding-block-start: 0;
  }
  /* Begin with a number as often as not, and stand among words of the page's direction. */
  time,
  .day span {
    unicode-bidi: plaintext;
  }
  .day,
  .new {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    padding-block: var(--_space-4) var(--_space-2);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    font-weight: 600;
  }
  .day::before,
  .day::after,
  .new::before,
  .new::after {
    content: '';
    flex: 1;
    block-size: 1px;
    background: var(--_border);
  }
  .new {
    color: var(--_accent-text);
  }
  .new::before,
  .new::after {
    background: var(--_accent-text);
    opacity: 0.4;
  }

  .typing {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
    padding-block-start: var(--_space-2);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
  }
  .typing.ours {
    flex-direction: row-reverse;
  }
  .typing.ours .dots {
    background: var(--_accent-soft);
  }
  .dots {
    display: inline-flex;
    gap: 3px;
    padding: 7px 9px;
    border-radius: 99px;
    background: var(--_bubble-theirs);
  }
  .dots i {
    inline-size: 5px;
    block-size: 5px;
    border-radius: 50%;
    background: var(--_text-muted);
    animation: hop 1.2s ease-in-out infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes hop {
    0%,
    60%,
    100% {
      translate: 0;
      opacity: 0.5;
    }
    30% {
      translate: 0 -2px;
      opacity: 1;
    }
  }
  .pill {
    position: absolute;
    inset-block-end: var(--_space-3);
    inset-inline: 0;
    display: flex;
    gap: 6px;
    align-items: center;
    inline-size: fit-content;
    min-block-size: 32px;
    margin-inline: auto;
    padding: 0 14px;
    border: 1px solid transparent;
    border-radius: 99px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: var(--_font-size-s);
    font-weight: 600;
    box-shadow: var(--_shadow);
    cursor: pointer;
  }
  @media (prefers-reduced-motion: reduce) {
    .dots i {
      animation: none;
    }
  }
`;
