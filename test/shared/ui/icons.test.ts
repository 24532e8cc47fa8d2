import { html } from 'lit';
import { icon } from '../../../shared/ui/icon.ts';
import * as outlines from '../../../shared/ui/icons.ts';
import { describe, expect, it, mount } from '../../page.ts';

describe('an icon', () => {
  for (const [name, outline] of Object.entries(outlines)) {
    it(`draws ${name} within its grid, and near its middle`, async () => {
      const place = await mount(html`<span>${icon(outline)}</span>`);
      const { x, y, width, height } = (place.querySelector('path') as SVGPathElement).getBBox();
      expect(Math.max(width, height), 'no part of it can be read').to.be.above(8);
      expect(Math.min(x, y), 'the stroke leaves the grid').to.be.at.least(0.8);
      expect(Math.max(x + width, y + height), 'the stroke leaves the grid').to.be.at.most(19.2);
      expect(Math.abs(x + width / 2 - 10), 'left or right of the middle').to.be.at.most(1.5);
    });
  }

  it('is hidden from screen readers and takes no focus', async () => {
    const place = await mount(html`<span>${icon(outlines.sendIcon, { size: 16 })}</span>`);
    const drawn = place.querySelector('svg');
    expect(drawn?.getAttribute('aria-hidden')).to.equal('true');
    expect(drawn?.tabIndex).to.equal(-1);
    expect(drawn?.getAttribute('width')).to.equal('16');
  });
});
