import { toggleEmoji } from '../../../../shared/ui/emoji/emoji-opener.ts';
import type { EmojiPicker } from '../../../../shared/ui/emoji/emoji-picker.ts';
import { readEmojiMemory } from '../../../../shared/ui/emoji/emoji-memory.ts';
import type { EmojiMemory } from '../../../../shared/ui/emoji/emoji-memory.ts';
import { expectAccessible } from '../../../accessible.ts';
import { describe, expect, it, mount, until } from '../../../page.ts';

interface Scene {
  place: HTMLElement;
  button: HTMLButtonElement;
  field: HTMLTextAreaElement;
  picker: EmojiPicker;
  shadow: ShadowRoot;
  remembered: EmojiMemory[];
  toggle: () => void;
}

/** A field with `ab` in it, the caret between the two letters, and the emoji open. */
async function open(memory: EmojiMemory = readEmojiMemory(null), dir = 'ltr'): Promise<Scene> {
  const place = document.createElement('div');
  place.dir = dir;
  const button = document.createElement('button');
  button.textContent = 'Emoji';
  const field = document.createElement('textarea');
  field.ariaLabel = 'Message';
  place.append(button, field);
  await mount(place);
  field.value = 'ab';
  field.setSelectionRange(1, 1);
  const remembered: EmojiMemory[] = [];
  const toggle = (): void =>
    toggleEmoji({
      button,
      field,
      memory,
      remember: (changed) => remembered.push(changed),
      show(picker) {
        picker.style.inlineSize = '352px';
        picker.style.blockSize = '320px';
        place.prepend(picker);
      },
    });
  toggle();
  const picker = place.querySelector('parlour-emoji-picker');
  const shadow = picker?.shadowRoot;
  if (!picker || !shadow) throw new Error('No picker came up');
  await until(() => cells(shadow).length > 0, 'the emoji are there');
  return { place, button, field, picker, shadow, remembered, toggle };
}

const cells = (shadow: ShadowRoot): HTMLElement[] => [...shadow.querySelectorAll<HTMLElement>('[role="gridcell"]')];
const signs = (shadow: ShadowRoot): string[] => cells(shadow).map(({ textContent }) => textContent.trim());
const tabNamed = (shadow: ShadowRoot, name: string): HTMLElement | null =>
  shadow.querySelector(`[role="tab"][aria-label="${name}"]`);

function press(shadow: ShadowRoot, key: string, init: KeyboardEventInit = {}): void {
  shadow.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init }),
  );
}

async function search(scene: Scene, words: string): Promise<void> {
  const field = scene.shadow.querySelector<HTMLInputElement>('.search');
  if (!field) throw new Error('There is no search');
  field.value = words;
  field.dispatchEvent(new InputEvent('input'));
  await scene.picker.updateComplete;
}

describe('The emoji picker', () => {
  it('is accessible: with a group, with what was found, with nothing found, and with the skin tones unfolded', async () => {
    const scene = await open();
    await expectAccessible(scene.place);
    await search(scene, 'heart');
    await expectAccessible(scene.place);
    await search(scene, 'xyzzy');
    expect(scene.shadow.querySelector('.none')?.textContent).to.contain('No emoji');
    await expectAccessible(scene.place);
    scene.shadow.querySelector<HTMLElement>('.tone')?.click();
    await scene.picker.updateComplete;
    await expectAccessible(scene.place);
  });

  it('has the focus in its search when it comes up, and says by its button that it is open', async () => {
    const { shadow, button } = await open();
    expect(shadow.activeElement?.className).to.equal('search');
    expect(button.getAttribute('aria-expanded')).to.equal('true');
  });

  it('puts what is chosen at the caret, tells the field, and gives it the focus', async () => {
    const scene = await open();
    let heard = '';
    scene.field.addEventListener('input', () => (heard = scene.field.value));
    await search(scene, 'party popper');
    press(scene.shadow, 'Enter');
    expect(heard).to.equal('a🎉b');
    expect(scene.field.selectionStart).to.equal('a🎉'.length);
    expect(document.activeElement).to.equal(scene.field);
    expect(scene.picker.isConnected).to.equal(false);
    expect(scene.button.hasAttribute('aria-expanded')).to.equal(false);
  });

  it('stays for another one while Shift is held', async () => {
    const scene = await open();
    cells(scene.shadow)[0]?.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }));
    cells(scene.shadow)[1]?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(scene.field.value).to.equal('a😀😃b');
    expect(scene.picker.isConnected).to.equal(false);
  });

  it('is walked with the arrow keys, as the lines run', async () => {
    for (const dir of ['ltr', 'rtl']) {
      const { shadow, picker } = await open(undefined, dir);
      const [next, back] = dir === 'ltr' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
      const at = async (key: string): Promise<number> => {
        press(shadow, key);
        await picker.updateComplete;
        return cells(shadow).indexOf(shadow.activeElement as HTMLElement);
      };
      expect(await at('ArrowDown')).to.equal(0);
      expect(await at(next)).to.equal(1);
      expect(await at('ArrowDown')).to.equal(9);
      expect(await at(back)).to.equal(8);
      expect(await at('End')).to.equal(cells(shadow).length - 1);
      expect(await at('Home')).to.equal(0);
      expect(cells(shadow).filter(({ tabIndex }) => tabIndex === 0)).to.have.length(1);
      await at('ArrowUp');
      expect(shadow.activeElement?.className).to.equal('search');
      press(shadow, 'Escape');
    }
  });

  it('closes by Escape, which reaches nobody else, by its button, by a click elsewhere and by a step elsewhere', async () => {
    const scene = await open();
    let heard = 0;
    const hear = (): void => void (heard += 1);
    document.addEventListener('keydown', hear);
    press(scene.shadow, 'Escape');
    document.removeEventListener('keydown', hear);
    expect(heard).to.equal(0);
    expect(scene.picker.isConnected).to.equal(false);
    expect(document.activeElement).to.equal(scene.field);

    scene.toggle();
    expect(scene.place.querySelectorAll('parlour-emoji-picker')).to.have.length(1);
    scene.toggle();
    expect(scene.place.querySelectorAll('parlour-emoji-picker')).to.have.length(0);

    scene.toggle();
    scene.field.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    expect(scene.place.querySelectorAll('parlour-emoji-picker')).to.have.length(0);

    scene.toggle();
    const again = scene.place.querySelector('parlour-emoji-picker');
    await until(() => again?.shadowRoot?.activeElement, 'it has the focus');
    scene.field.focus();
    expect(scene.place.querySelectorAll('parlour-emoji-picker')).to.have.length(0);
  });

  it('shows hands and people in the tone that was chosen, and remembers it', async () => {
    const scene = await open();
    scene.shadow.querySelector<HTMLElement>('.tone')?.click();
    await scene.picker.updateComplete;
    press(scene.shadow, 'ArrowRight');
    (scene.shadow.activeElement as HTMLElement).click();
    await scene.picker.updateComplete;
    expect(scene.remembered.at(-1)?.tone).to.equal(1);
    expect((scene.shadow.activeElement as HTMLElement).className).to.equal('tone');
    tabNamed(scene.shadow, 'People')?.click();
    await scene.picker.updateComplete;
    expect(signs(scene.shadow)).to.include('👋🏻').and.not.include('👋');
  });

  it('offers what was used last first, with the names of today', async () => {
    const scene = await open({ tone: 0, recent: ['🎉', '👍🏽', 'not an emoji'] });
    expect(tabNamed(scene.shadow, 'Recently used')?.ariaSelected).to.equal('true');
    expect(signs(scene.shadow)).to.deep.equal(['🎉', '👍🏽']);
    cells(scene.shadow)[1]?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(scene.remembered.at(-1)?.recent.slice(0, 2)).to.deep.equal(['👍🏽', '🎉']);
  });

  it('leaves nothing behind when what it stands in goes', async () => {
    const { place, picker } = await open();
    place.remove();
    expect(picker.isConnected).to.equal(false);
    document.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    expect(document.querySelector('parlour-emoji-picker')).to.equal(null);
  });
});
