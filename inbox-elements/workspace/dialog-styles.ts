import { css } from 'lit';

export const dialogStyles = css`
  :host {
    display: contents;
  }
  dialog {
    inline-size: min(640px, calc(100vw - 32px));
    max-inline-size: none;
    max-block-size: calc(100dvh - 32px);
    padding: 0;
    border: 0;
    border-radius: calc(var(--_radius) * 2);
    background: var(--_surface-raised);
    color: var(--_text);
    font: 400 var(--_font-size) / 1.45 var(--_font);
    box-shadow: var(--_shadow);
    overflow: hidden;
  }
  dialog::backdrop {
    background: color-mix(in oklab, black 48%, transparent);
  }
  dialog.large {
    inline-size: min(1180px, calc(100vw - 32px));
    block-size: min(840px, calc(100dvh - 32px));
  }
  .box {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    max-block-size: inherit;
  }
  header {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    padding: var(--_space-3) var(--_space-3) var(--_space-3) var(--_space-6);
    padding-inline: var(--_space-6) var(--_space-3);
  }
  .large header {
    border-block-end: 1px solid var(--_border);
  }
  h2 {
    font-size: var(--_font-size-l);
  }
  .body {
    display: grid;
    flex: 1;
    gap: var(--_space-4);
    min-block-size: 0;
    padding: 0 var(--_space-6) var(--_space-6);
    overflow-y: auto;
  }
  .large .body {
    padding: 0;
    overflow: hidden;
  }
  .lead {
    color: var(--_text-muted);
  }
  .failed {
    display: grid;
    gap: var(--_space-4);
    place-content: center;
    justify-items: center;
    max-inline-size: 46ch;
    margin: auto;
    padding: var(--_space-6);
    text-align: center;
  }
  @media (max-width: 640px) {
    dialog.large {
      inline-size: 100vw;
      block-size: 100dvh;
      max-block-size: none;
      border-radius: 0;
    }
    header {
      padding-inline-start: var(--_space-4);
    }
    .body {
      padding: 0 var(--_space-4) var(--_space-4);
    }
  }
`;
