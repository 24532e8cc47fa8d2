import { html, render } from 'lit';
import type { Block } from '../../../shared/contract/body.ts';
import { bodyStyles, renderBody, safeHref } from '../../../shared/ui/text.ts';
import { describe, expect, it } from '../../page.ts';

function drawn(body: readonly Block[]): HTMLElement {
  const place = document.createElement('div');
  render(renderBody(body), place);
  return place;
}

const link = (href: string): Block[] => [{ type: 'paragraph', content: [{ type: 'link', text: 'here', href }] }];

describe('a message body', () => {
  it('is drawn with the elements its blocks mean', () => {
    const place = drawn([
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'Plain ' },
          { type: 'text', text: 'both', strong: true, emphasis: true },
          { type: 'break' },
          { type: 'text', text: 'x = 1', code: true },
        ],
      },
      { type: 'list', ordered: true, items: [[{ type: 'text', text: 'one' }], [{ type: 'text', text: 'two' }]] },
      { type: 'list', ordered: false, items: [[{ type: 'text', text: 'dot' }]] },
      { type: 'code', text: 'a\n  b' },
      { type: 'quote', content: [{ type: 'text', text: 'said' }] },
    ]);
    expect([...place.children].map((element) => element.localName)).to.deep.equal([
      'p',
      'ol',
      'ul',
      'pre',
      'blockquote',
    ]);
    expect(place.querySelector('p > strong > em')?.textContent).to.equal('both');
    expect(place.querySelectorAll('p > br').length).to.equal(1);
    expect(place.querySelector('p > code')?.textContent).to.equal('x = 1');
    expect(place.querySelectorAll('ol > li').length).to.equal(2);
    expect(place.querySelector('pre')?.textContent).to.equal('a\n  b');
  });

  it('shows the lines of a text whose marks are not read any more', () => {
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [bodyStyles.styleSheet!];
    document.body.append(host);
    const heights = ['a', 'a\nb\nc'].map((text) => {
      render(
        html`<div class="body-text">${renderBody([{ type: 'paragraph', content: [{ type: 'text', text }] }])}</div>`,
        root,
      );
      return root.querySelector('p')!.getBoundingClientRect().height;
    });
    host.remove();
    expect(heights[1]).to.be.closeTo(3 * heights[0]!, 1);
  });

  it('shows markup as the text it is', () => {
    const evil = '<img src=x onerror=alert(1)><script>alert(1)</script>';
    const place = drawn([
      { type: 'paragraph', content: [{ type: 'text', text: evil }] },
      { type: 'code', text: evil },
    ]);
    expect(place.querySelector('img, script')).to.equal(null);
    expect(place.querySelector('p')?.textContent).to.equal(evil);
  });

  it('opens links elsewhere, telling the other page nothing', () => {
    const anchor = drawn(link('https://example.com/a?b=c')).querySelector('a');
    expect(anchor?.getAttribute('href')).to.equal('https://example.com/a?b=c');
    expect(anchor?.target).to.equal('_blank');
    expect(anchor?.rel).to.equal('noopener noreferrer nofollow');
  });

  it('draws a link that could run code or reach into this site as text', () => {
    for (const href of [
      'javascript:alert(1)',
      ' JavaScript:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'blob:https://example.com/1',
      'file:///etc/passwd',
      '/settings',
      '//example.com',
      '',
    ]) {
      const place = drawn(link(href));
      expect(place.querySelector('a'), href).to.equal(null);
      expect(place.textContent, href).to.equal('here');
    }
  });

  it('keeps addresses of pages, mail and telephones', () => {
    expect(safeHref('mailto:a@example.com')).to.equal('mailto:a@example.com');
    expect(safeHref('tel:+441234')).to.equal('tel:+441234');
    expect(safeHref('http://example.com')).to.equal('http://example.com/');
  });

  it('passes over a kind of block it does not know', () => {
    const place = drawn([{ type: 'hologram' } as unknown as Block, { type: 'code', text: 'kept' }]);
    expect(place.textContent).to.equal('kept');
  });
});
