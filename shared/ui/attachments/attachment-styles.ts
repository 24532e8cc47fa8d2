import { css } from 'lit';

/** Behind pictures that one can see through: neither dark nor light ink is lost on it, whatever the theme. */
export const clearGround = css`repeating-conic-gradient(#b4b4b8 0 25%, #9c9ca1 0 50%) 50% / 16px 16px`;

/** A file as a row: picture or icon, name, what is to be said of it, and what can be done. */
export const fileRowStyles = css`
  .file {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
    min-inline-size: 0;
    padding: 8px 10px;
    border: 1px solid var(--_border);
    border-radius: 12px;
    background: var(--_surface-raised);
    color: var(--_text);
    font-size: 13px;
    line-height: 1.35;
    text-decoration: none;
  }
  .about {
    flex: 1;
    min-inline-size: 0;
  }
  .about > * {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .title {
    /* No wider than its name, which runs and is cut in its own direction: it stands where its row begins. */
    inline-size: fit-content;
    max-inline-size: 100%;
    font-weight: 550;
  }
  .more {
    color: var(--_text-muted);
    font-size: 12px;
  }
  .wrong {
    color: var(--_danger);
    white-space: normal;
  }
`;
