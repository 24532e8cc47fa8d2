import { css } from 'lit';

/** The one card before the inbox: `.door` centres `.card`, which opens with `.mark` and a heading. */
export const doorStyles = css`
  .door {
    display: grid;
    place-items: safe center;
    min-block-size: 100%;
    padding: var(--_space-6) var(--_space-4);
    background: radial-gradient(120% 90% at 50% -20%, var(--_accent-soft), transparent 70%) var(--_surface-sunken);
  }
  .card {
    display: grid;
    gap: var(--_space-6);
    inline-size: 100%;
    max-inline-size: 400px;
    padding: var(--_space-8);
    border-radius: calc(var(--_radius) * 2);
    background: var(--_surface-raised);
    box-shadow: var(--_shadow);
  }
  .head {
    display: grid;
    gap: var(--_space);
  }
  .mark {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    margin-block-end: var(--_space-3);
    border-radius: calc(var(--_radius) * 1.5);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  h1 {
    font-size: calc(var(--_font-size) * 1.5714);
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.015em;
    text-wrap: balance;
  }
  .lead {
    color: var(--_text-muted);
    text-wrap: pretty;
  }
  @media (max-width: 480px) {
    .door {
      place-items: start stretch;
      padding: 0;
      background: var(--_surface-raised);
    }
    .card {
      max-inline-size: none;
      padding: var(--_space-6) var(--_space-4);
      border-radius: 0;
      box-shadow: none;
    }
  }
`;
