import { css } from 'lit';

export const composerStyles = css`
  :host {
    container-type: inline-size;
  }
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-l);
    background: var(--_surface-raised);
    box-shadow: var(--_shadow-small);
    transition:
      background-color var(--_motion),
      border-color var(--_motion);
  }
  .card:focus-within {
    border-color: var(--_focus);
    box-shadow: 0 0 0 1px var(--_focus);
  }
  .card.note {
    border-color: var(--_note-border);
    background: var(--_note);
  }
  .card.note:focus-within {
    box-shadow: 0 0 0 1px var(--_note-border);
  }
  .modes {
    display: flex;
    gap: 2px;
    align-items: center;
    padding: 5px 6px 0;
  }
  .mode {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    min-block-size: 28px;
    padding: 0 10px;
    border: 1px solid transparent;
    border-radius: calc(var(--_radius) * 0.75);
    background: none;
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    font-weight: 500;
    cursor: pointer;
  }
  .mode:hover {
    background: var(--_hover);
  }
  .mode[aria-selected='true'] {
    background: var(--_pressed);
    color: var(--_text);
    font-weight: 600;
  }
  .who {
    margin-inline: auto 8px;
    overflow: hidden;
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .area {
    display: block;
    inline-size: 100%;
    min-block-size: 54px;
    max-block-size: min(40vh, 320px);
    padding: 8px 14px 4px;
    border: 0;
    background: none;
    color: var(--_text);
    line-height: 1.45;
    resize: none;
  }
  /* The card shows the focus. */
  .area:focus-visible {
    outline: 2px solid transparent;
    outline-offset: -2px;
  }
  .area::placeholder {
    color: var(--_text-faint);
    opacity: 1;
  }
  .note .area::placeholder {
    color: var(--_text-muted);
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    align-items: center;
    justify-content: flex-end;
    padding: 4px 8px 8px;
    padding-inline-start: 14px;
  }
  parlour-attachment-tray {
    padding-inline: 10px;
  }
  /* Then it holds why it is not here. */
  parlour-attachment-tray:not(:defined) {
    display: block;
    color: var(--_danger);
    font-size: var(--_font-size-s);
  }
  .attach {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    padding: 0;
    border: 0;
    border-radius: calc(var(--_radius) * 0.75);
    background: none;
    color: var(--_text-muted);
    cursor: pointer;
  }
  .attach:hover {
    background: var(--_hover);
  }
  .hint {
    flex: auto;
    color: var(--_text-faint);
    font-size: var(--_font-size-s);
  }
  /* What the keys do is seen where it has room on the line, whole or not at all: else it goes below its start, and is cut off. */
  .keys {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    block-size: 1lh;
    overflow: hidden;
  }
  .keys::before {
    block-size: 1lh;
    content: '';
  }
  /* Words say more than pictures. */
  @container (max-inline-size: 400px) {
    .foot {
      gap: 4px;
      padding-inline: 8px;
    }
    .button > .icon {
      display: none;
    }
  }
  .note .hint {
    color: var(--_text-muted);
  }
  .hint.wrong {
    color: var(--_danger);
  }
  .note .hint.wrong {
    color: var(--_text);
    font-weight: 600;
  }
  .note .send {
    border-color: transparent;
    background: var(--_text);
    color: var(--_note);
  }
  .note .send:hover {
    background: var(--_text-muted);
  }
  @media (pointer: coarse) {
    .area {
      font-size: max(16px, var(--_font-size));
    }
    .mode {
      min-block-size: 40px;
    }
    .attach {
      inline-size: 44px;
      block-size: 44px;
    }
  }
`;
