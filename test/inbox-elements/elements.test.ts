import '../../inbox-elements/elements.ts';
import { defineFrom } from '../../inbox-elements/define-from.ts';
import { describe, expect, it, until } from '../page.ts';

const documented = [
  'session',
  'workspace',
  'inbox',
  'conversation',
  'composer',
  'contact',
  'snippet',
  'sign-in',
  'set-up',
];

describe('elements.js', () => {
  it('brings every documented element by itself', async () => {
    for (const name of documented) {
      await until(() => customElements.get(`parlour-${name}`), `<parlour-${name}> is defined`);
    }
  });

  it('asks again for a module that did not come', async () => {
    class Late extends HTMLElement {}
    let asked = 0;
    await defineFrom(() => {
      asked += 1;
      return asked === 1 ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve({ 'late-element': Late });
    });
    expect(asked).to.equal(2);
    expect(customElements.get('late-element')).to.equal(Late);
  });
});
