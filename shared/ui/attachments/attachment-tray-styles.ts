import { css } from 'lit';
import { clearGround } from './attachment-styles.ts';

export const trayStyles = css`
  :host {
    display: flow-root;
  }
  ul {
    display: flex;
    flex-direction: column;
    gap: 6px;
    max-block-size: min(178px, 30cqb - 6px);
    /* Not a padding, into which rows are scrolled. Three rows for fingers fit above it. */
    margin: 0 0 6px;
    padding: 2px;
    overflow-y: auto;
    list-style: none;
  }
  .file {
    position: relative;
    flex: none;
    padding: 4px 4px 4px 8px;
    padding-inline: 8px 4px;
    overflow: hidden;
  }
  canvas,
  .sign {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 8px;
    object-fit: cover;
  }
  canvas {
    background: ${clearGround};
  }
  progress {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    inline-size: 100%;
    block-size: 3px;
    border: 0;
    background: var(--_hover);
    appearance: none;
  }
  progress::-webkit-progress-bar {
    background: transparent;
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }
  button {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    padding: 0;
    border: 0;
    border-radius: 8px;
    background: none;
    color: var(--_text-muted);
    cursor: pointer;
  }
  button:hover {
    background: var(--_hover);
  }
  .drop {
    margin-block-end: 8px;
    padding: 12px;
    border: 1px dashed var(--_focus);
    border-radius: 12px;
    background: var(--_accent-soft);
    font-size: 13px;
    text-align: center;
  }
  .notice {
    padding: 0 4px 8px;
    color: var(--_danger);
    font-size: 13px;
  }
  @media (pointer: coarse) {
    button {
      inline-size: 44px;
      block-size: 44px;
    }
  }
`;
