import { css } from 'lit';

export const conversationStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    background: var(--_surface);
    container-type: inline-size;
  }
  .header {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: var(--_space-2) var(--_space-3);
    align-items: center;
    min-block-size: 60px;
    padding: var(--_space-2) var(--_space-4);
    border-block-end: 1px solid var(--_border);
  }
  .back {
    display: none;
    margin-inline: -8px -4px;
  }
  .who {
    flex: 1 1 180px;
    min-inline-size: 0;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_space-2);
    align-items: center;
    min-inline-size: 0;
  }
  .name {
    overflow: hidden;
    font-size: var(--_font-size-l);
    font-weight: 650;
    letter-spacing: -0.01em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .badge {
    display: inline-flex;
    flex: 0 1 auto;
    gap: 4px;
    align-items: center;
    padding: 1px 8px 1px 6px;
    padding-inline: 6px 8px;
    border: 1px solid transparent;
    /* As round as one line can be: a long moment takes two. */
    border-radius: 12px;
    background: var(--_pressed);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    font-weight: 500;
  }
  .badge:is(.open, .pending) {
    background: var(--_online-soft);
    color: var(--_online);
  }
  .badge.snoozed {
    background: var(--_accent-soft);
    color: var(--_accent-text);
  }
  .origin {
    display: flex;
    gap: 2px var(--_space-3);
    min-inline-size: 0;
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
  }
  .fact {
    display: inline-flex;
    flex: none;
    gap: 5px;
    align-items: center;
    min-inline-size: 0;
    color: inherit;
  }
  .page {
    flex: 0 1 auto;
    border-radius: var(--_radius-s);
    text-decoration: none;
  }
  .page:hover {
    color: var(--_text);
    text-decoration: underline;
  }
  .page > [dir] {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .actions {
    display: flex;
    flex: none;
    gap: var(--_space-2);
    align-items: center;
    margin-inline-start: auto;
  }
  .notice {
    display: flex;
    flex: none;
    gap: var(--_space-2);
    align-items: center;
    padding: 6px var(--_space-4);
    border-block-end: 1px solid var(--_border);
    background: var(--_danger-soft);
    color: var(--_text);
  }
  .notice > .icon {
    color: var(--_danger);
  }
  .notice p {
    flex: 1;
  }
  parlour-thread {
    flex: 1;
    min-block-size: 0;
  }
  .composer {
    flex: none;
    inline-size: 100%;
    max-inline-size: 860px;
    margin-inline: auto;
    padding: 0 var(--_space-4) var(--_space-4);
  }

  .skeleton {
    display: flex;
    flex: 1;
    flex-direction: column;
    overflow: hidden;
  }
  .bone-header {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    min-block-size: 60px;
    padding: 0 var(--_space-4);
    border-block-end: 1px solid var(--_border);
  }
  .bone.title {
    inline-size: 180px;
  }
  .bone-thread {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: var(--_space-3);
    justify-content: flex-end;
    inline-size: 100%;
    max-inline-size: 860px;
    margin-inline: auto;
    padding: var(--_space-6) var(--_space-4);
  }
  .bubble-bone {
    inline-size: 38%;
    block-size: 38px;
    border-radius: var(--_radius-bubble);
  }
  .bubble-bone.long {
    inline-size: 60%;
    block-size: 58px;
  }
  .bubble-bone.end {
    align-self: flex-end;
    inline-size: 46%;
  }

  @container (max-inline-size: 640px) {
    .header {
      padding-inline: var(--_space-3);
    }
    .actions {
      flex-wrap: wrap;
      gap: 6px;
      inline-size: 100%;
    }
    /* Beside the snooze menu its picture says it; the words stay for those who hear them. */
    .unsnooze > .label {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    /* What an embedder puts in keeps its size: a finger must still hit it. */
    .actions > *,
    ::slotted(*) {
      flex: none;
    }
    /* The owner's name gives way first; the row breaks only where even a short one has no room. */
    .actions > parlour-assign-menu {
      flex: 1 1 80px;
      min-inline-size: 0;
      max-inline-size: max-content;
    }
    .actions > :last-child {
      margin-inline-start: auto;
    }
    .composer {
      padding: 0 var(--_space-2) max(var(--_space-2), env(safe-area-inset-bottom));
    }
  }
  /* As the menu itself has it. */
  @container (max-inline-size: 430px) {
    parlour-snooze-menu .label {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  :host([with-back]) .back {
    display: inline-flex;
  }
  :host(:not([with-back])) .back-only {
    display: none;
  }
`;
