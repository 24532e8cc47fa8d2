import { css, html } from 'lit';
import type { TemplateResult } from 'lit';

/** A labelled on/off switch. It shows what the server says: `toggle` asks, and the answer arrives as another `on`. */
export function switchButton(options: {
  label: string;
  on: boolean;
  busy?: boolean;
  toggle: () => unknown;
}): TemplateResult {
  return html`<button
    class="switch"
    type="button"
    role="switch"
    aria-checked=${options.on}
    aria-busy=${options.busy ?? false}
    @click=${options.toggle}
  >
    <span>${options.label}</span><span class="track" aria-hidden="true"><span class="thumb"></span></span>
  </button>`;
}

/** `.switch` is a row with its label first; `.track` and `.thumb` follow `aria-checked` of the button around them. */
export const switchStyles = css`
  .switch {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    justify-content: space-between;
    inline-size: 100%;
    min-block-size: 36px;
    padding: 4px 10px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .switch:hover {
    background: var(--_hover);
  }
  .track {
    flex: none;
    inline-size: 30px;
    block-size: 18px;
    padding: 2px;
    border: 1px solid transparent;
    border-radius: 9px;
    background: var(--_offline);
    transition: background-color var(--_motion);
  }
  .thumb {
    display: block;
    inline-size: 12px;
    block-size: 12px;
    border-radius: 50%;
    background: var(--_surface);
    transition: translate var(--_motion) var(--_ease);
  }
  [aria-checked='true'] > .track {
    background: var(--_online);
  }
  [aria-checked='true'] > .track > .thumb {
    translate: 12px 0;
  }
  [aria-checked='true'] > .track > .thumb:dir(rtl) {
    translate: -12px 0;
  }
  @media (forced-colors: active) {
    .track {
      border-color: ButtonText;
    }
    .thumb {
      background: ButtonText;
    }
  }
`;
