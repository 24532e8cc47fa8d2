import { css } from 'lit';

export const workspaceStyles = css`
  :host {
    block-size: 100%;
    min-block-size: 320px;
    overflow: hidden;
    background: var(--_surface);
  }
  :host([full-page]) {
    position: fixed;
    inset: 0;
    block-size: auto;
  }
  :is(parlour-sign-in, parlour-set-up) {
    block-size: 100%;
    overflow-y: auto;
  }
  .whole {
    block-size: 100%;
  }
  .waiting {
    display: grid;
    gap: var(--_space-2);
    place-content: center;
    justify-items: center;
    block-size: 100%;
    padding: var(--_space-6);
    text-align: center;
    background: var(--_surface-sunken);
  }
  .mark {
    color: var(--_text-faint);
    animation: breathe 1.6s ease-in-out 300ms infinite both;
  }
  .sign {
    color: var(--_danger);
  }
  h1 {
    font-size: var(--_font-size-l);
  }
  p {
    max-inline-size: 46ch;
    margin-block-end: var(--_space-3);
    color: var(--_text-muted);
  }
  @keyframes breathe {
    from,
    to {
      opacity: 0;
    }
    50% {
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .mark {
      animation: none;
    }
  }
`;
