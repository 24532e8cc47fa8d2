import { ImageViewer } from '../../../../shared/ui/attachments/image-viewer.ts';
import { define } from '../../../../shared/ui/define.ts';
import { afterEach, describe, expect, it, settled } from '../../../page.ts';

const clear = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

describe('the image viewer', () => {
  afterEach(() => document.querySelector('parlour-image-viewer')?.remove());

  it('lets nothing of the page shine through, and shows clear pictures on a ground of their own', async () => {
    define({ 'parlour-image-viewer': ImageViewer });
    const viewer = Object.assign(document.createElement('parlour-image-viewer'), { url: clear });
    document.body.append(viewer);
    await settled(viewer);
    const style = (part: string): CSSStyleDeclaration =>
      getComputedStyle(viewer.renderRoot.querySelector(part) as HTMLElement);
    // With an alpha it would be rgba().
    expect(style('dialog').backgroundColor).to.match(/^rgb\(/);
    expect(style('img').backgroundImage).to.contain('conic-gradient');
  });
});
