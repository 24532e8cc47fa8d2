import { ComposerElement } from '../../../inbox-elements/composer/composer.ts';
import { ConversationElement } from '../../../inbox-elements/conversation/conversation.ts';
import { SnoozeMenu } from '../../../inbox-elements/conversation/snooze-menu.ts';
import { ThreadElement } from '../../../inbox-elements/conversation/thread.ts';
import { unfold } from '../../../inbox-elements/menu/menu-elements.ts';
import { define } from '../../../shared/ui/define.ts';
import { expectAccessible } from '../../accessible.ts';
import { describe, expect, it, until } from '../../page.ts';
import { FakeClient, sessionAround } from '../fake-client.ts';
import { ids, sampleContact, sampleConversation } from '../sample.ts';

// What elements.js holds; the menus are not here until somebody asks for them.
define({
  'parlour-conversation': ConversationElement,
  'parlour-thread': ThreadElement,
  'parlour-composer': ComposerElement,
});

/** Pressed, and gone before the menus came. */
const gone = document.createElement('parlour-snooze-menu');

describe('the menus of a conversation before they have come', () => {
  it('stand there with their words, are accessible, hand the focus on, and open once when they are pressed', async () => {
    const client = new FakeClient();
    const conversation = sampleConversation({ assigneeId: ids.ben });
    client.answers['conversation.get'] = () => ({ conversation, contact: sampleContact() });
    client.answers['conversation.parts'] = () => ({ parts: [], more: false });
    const session = sessionAround(client);
    const element = document.createElement('parlour-conversation');
    element.conversationId = conversation.id;
    session.append(element);
    await until(() => element.shadowRoot?.querySelector('parlour-thread'), 'the thread');

    const [assign, snooze] = [...element.shadowRoot!.querySelectorAll('parlour-assign-menu, parlour-snooze-menu')];
    expect([assign!.matches(':defined'), snooze!.matches(':defined')]).to.deep.equal([false, false]);
    const words = (one: Element) => one.textContent.replace(/\s+/g, ' ').trim();
    expect(words(assign!)).to.match(/Assigned to: Ben Castillo$/);
    expect(words(snooze!)).to.equal('Snooze');
    await expectAccessible(element);

    const boxes = (within: (menu: Element) => ParentNode) =>
      [720, 390].flatMap((width) => {
        element.style.inlineSize = `${width}px`;
        return [assign!, snooze!].map((menu) => {
          const box = within(menu).querySelector('button')!.getBoundingClientRect();
          return [box.x, box.y, box.width, box.height].map(Math.round);
        });
      });
    const before = boxes((menu) => menu);
    snooze!.querySelector('button')!.focus();
    define({ 'parlour-snooze-menu': SnoozeMenu });
    const focused = (menu: Element) => menu.shadowRoot?.activeElement?.getAttribute('part');
    await until(() => focused(snooze!) === 'button', 'the focus is on what takes its place');

    const standsIn = assign!.querySelector('button')!;
    standsIn.click();
    standsIn.click();
    const panel = () => assign!.shadowRoot?.querySelector<HTMLElement>(':popover-open');
    await until(() => panel()?.contains(assign!.shadowRoot!.activeElement), 'the focus is in the menu');
    expect(boxes((menu) => menu.shadowRoot!)).to.deep.equal(before);
    panel()!.hidePopover();
    await until(() => focused(assign!) === 'button', 'the focus is on its button');
    session.remove();
  });

  it('open nothing, and say nothing of it, where they went before the menus came', async () => {
    await unfold(gone);
    expect(document.querySelector(':popover-open')).to.equal(null);
  });
});
