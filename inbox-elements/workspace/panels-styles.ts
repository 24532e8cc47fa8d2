import { css } from 'lit';

export const panelsStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    overflow: hidden;
    background: var(--_surface);
  }
  .frame {
    display: grid;
    position: relative;
    flex: 1;
    min-block-size: 0;
    grid-template: 'rail list conversation contact' minmax(0, 1fr) / 244px minmax(288px, 344px) minmax(0, 1fr) auto;
  }
  .rail {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-area: rail;
    min-block-size: 0;
    border-inline-end: 1px solid var(--_border);
  }
  .list {
    grid-area: list;
    border-inline-end: 1px solid var(--_border);
  }
  .conversation {
    grid-area: conversation;
  }
  .contact {
    grid-area: contact;
    inline-size: 300px;
    border-inline-start: 1px solid var(--_border);
  }
  :is(.list, .conversation, .contact) {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    background: var(--_surface);
    outline: none;
  }
  /* That a conversation is missing is said where it would stand. */
  .frame[data-layout='wide'] .contact:has(parlour-contact:state(gone)) {
    display: none;
  }
  :is(.list, .conversation, .contact):focus-visible {
    box-shadow: inset 0 0 0 2px var(--_focus);
  }
  :is(parlour-inbox, parlour-conversation, parlour-contact) {
    flex: 1;
    min-block-size: 0;
  }

  .frame[data-layout='medium'] {
    grid-template: 'rail list conversation' minmax(0, 1fr) / 60px minmax(260px, 320px) minmax(0, 1fr);
  }
  .frame[data-layout='medium'] .contact {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    z-index: 3;
    inline-size: min(340px, 90%);
    border: 0;
    box-shadow: var(--_shadow);
    transition:
      translate var(--_motion-slow) var(--_ease),
      visibility var(--_motion-slow);
  }
  .frame[data-layout='medium']:not([data-front='contact']) .contact {
    visibility: hidden;
    translate: calc(100% + 24px) 0;
  }
  .frame[data-layout='medium']:not([data-front='contact']) .contact:dir(rtl) {
    translate: calc(-100% - 24px) 0;
  }
  .scrim {
    position: absolute;
    inset: 0;
    z-index: 2;
    background: color-mix(in oklab, black 36%, transparent);
    animation: appear var(--_motion-slow) both;
  }

  .frame[data-layout='phone'] {
    grid-template: 'rail' auto 'panel' minmax(0, 1fr) / minmax(0, 1fr);
  }
  .frame[data-layout='phone'] .rail {
    border: 0;
  }
  .frame[data-layout='phone'] :is(.list, .conversation, .contact) {
    grid-area: panel;
    inline-size: auto;
    border: 0;
  }
  /* Out of sight rather than out of the layout, so that each keeps its scroll position. */
  .frame[data-layout='phone'][data-front='list'] :is(.conversation, .contact),
  .frame[data-layout='phone'][data-front='conversation'] :is(.rail, .list, .contact),
  .frame[data-layout='phone'][data-front='contact'] :is(.rail, .list, .conversation) {
    visibility: hidden;
  }
  .frame[data-layout='phone']:not([data-front='list']) :is(.conversation, .contact) {
    grid-row: 1 / -1;
    grid-column: 1;
    z-index: 1;
  }

  /* Its header holds six controls in 390 px. */
  .frame[data-layout='phone'] .icon-button[slot='actions'] {
    inline-size: 28px;
  }
  .contact-head {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
    min-block-size: 52px;
    padding-inline: var(--_space-2) var(--_space-4);
    border-block-end: 1px solid var(--_border);
  }
  .skip {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-start: 8px;
    z-index: 5;
  }
  .offline {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
    justify-content: center;
    padding: 7px 14px;
    border-block-end: 1px solid var(--_note-border);
    background: var(--_note);
    color: var(--_text);
    font-weight: 500;
    max-block-size: 6em;
    overflow: hidden;
    /* A line that is back within a second is not worth a word. */
    animation: unfold var(--_motion-slow) 1s both;
  }
  @keyframes unfold {
    from {
      max-block-size: 0;
      padding-block: 0;
      border-block-end-width: 0;
      visibility: hidden;
    }
  }
  @keyframes appear {
    from {
      opacity: 0;
      visibility: hidden;
    }
  }

  .welcome {
    display: grid;
    flex: 1;
    align-content: safe center;
    justify-items: center;
    gap: var(--_space-2);
    min-block-size: 0;
    padding: var(--_space-6);
    text-align: center;
  }
  .welcome {
    background: radial-gradient(90% 70% at 50% 0, var(--_accent-soft), transparent 75%);
  }
  .welcome-card {
    display: grid;
    gap: var(--_space-3);
    justify-items: center;
    inline-size: 100%;
    max-inline-size: 600px;
  }
  .welcome parlour-snippet {
    inline-size: 100%;
    margin-block-start: var(--_space-4);
  }
  .emblem {
    display: grid;
    place-items: center;
    inline-size: 60px;
    block-size: 60px;
    margin-block-end: var(--_space-2);
    border-radius: 20px;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  h2 {
    font-size: var(--_font-size-l);
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  .welcome h2 {
    font-size: var(--_font-size-xl);
  }
  .lead {
    max-inline-size: 46ch;
    color: var(--_text-muted);
    text-wrap: balance;
  }
`;
