import { html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { define } from '../../../shared/ui/define.ts';
import { palette } from '../../../shared/state/palette.ts';
import { tokens } from '../../../shared/ui/tokens.ts';
import { describe, expect, it, mount } from '../../page.ts';
import { parseHex } from './contrast.ts';

class Themed extends LitElement {
  static override styles = tokens;

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}

const tag = 'themed-for-test';
define({ [tag]: Themed });

const rgb = (hex: string): string =>
  `rgb(${parseHex(hex)
    .map((part) => Math.round(part * 255))
    .join(', ')})`;

/** What a private property comes to where the element stands. */
function colourOf(element: Element, name: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(--_${name})`;
  element.shadowRoot?.append(probe);
  return getComputedStyle(probe).color;
}

describe('the tokens', () => {
  it('follow the theme attribute, also in elements inside', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const outer = await mount(
        html`<themed-for-test theme=${theme}><themed-for-test></themed-for-test></themed-for-test>`,
      );
      const inner = outer.querySelector(tag) as HTMLElement;
      expect(colourOf(outer, 'surface')).to.equal(rgb(palette.surface[theme]));
      expect(colourOf(inner, 'surface')).to.equal(rgb(palette.surface[theme]));
    }
  });

  it('give way to what the page sets on any ancestor, and derive from it', async () => {
    const plain = await mount<HTMLElement>(html`<themed-for-test theme="light"></themed-for-test>`);
    const branded = await mount<HTMLElement>(html`<div><themed-for-test theme="light"></themed-for-test></div>`);
    branded.style.setProperty('--parlour-accent', 'rgb(0, 80, 160)');
    const inside = branded.querySelector(tag) as HTMLElement;
    expect(colourOf(inside, 'accent')).to.equal('rgb(0, 80, 160)');
    expect(colourOf(inside, 'accent-text')).not.to.equal(colourOf(plain, 'accent-text'));
  });
});

describe('define()', () => {
  it('leaves a tag that is taken to whoever took it', () => {
    class Second extends HTMLElement {}
    define({ [tag]: Second });
    expect(customElements.get(tag)).to.equal(Themed);
  });
});
