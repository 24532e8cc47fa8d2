import { html, render } from 'lit';
import { channelPreview, previewStyles } from '../../../inbox-elements/settings/channel-preview.ts';
import { inboxAsVisited } from '../../../inbox-elements/settings/inbox-as-visited.ts';
import { sectionStyles } from '../../../inbox-elements/settings/section-styles.ts';
import { defaultWebChatSettings } from '../../../shared/contract/channel.ts';
import { expectAccessible } from '../../accessible.ts';
import { describe, expect, it, mount } from '../../page.ts';
import { ids, sampleInbox, sampleTeammate } from '../sample.ts';

/** The preview beside a form, in a page of that width. */
async function open(width: number, isShown = false, toggle = (): void => {}): Promise<ShadowRoot> {
  const place = await mount<HTMLElement>(html`<div></div>`);
  place.style.inlineSize = `${width}px`;
  const root = place.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sectionStyles, previewStyles].map((styles) => styles.styleSheet!);
  render(
    html`<div class="beside">
      <div class="columns">
        ${channelPreview({
          settings: defaultWebChatSettings,
          workspaceName: 'Kilnmere',
          inbox: { team: [], availability: { open: true, changesAt: null }, offHours: null },
          language: '',
          isShown,
          toggle,
        })}
        <form class="form"><input aria-label="Greeting" /></form>
      </div>
    </div>`,
    root,
  );
  return root;
}

const box = (root: ShadowRoot, selector: string): DOMRect => root.querySelector(selector)!.getBoundingClientRect();

describe('the preview of a channel', () => {
  it('shows the team by first names, and nobody there while every chat is off', () => {
    const open = { open: true, changesAt: null };
    const inbox = sampleInbox({
      availability: open,
      members: [ids.ben, ids.ada].map((teammateId) => ({ teammateId, role: 'agent' })),
    });
    const see = (available: boolean) => {
      const ada = sampleTeammate({ id: ids.ada, name: 'Ada Osei', available });
      const ben = sampleTeammate({ id: ids.ben, name: 'Ben Castillo', available: false });
      const cleo = sampleTeammate({ id: ids.cleo, name: 'Cleo Lind' });
      return inboxAsVisited(inbox, new Map([ada, ben, cleo].map((one) => [one.id, one])));
    };
    expect(see(true).team).to.deep.equal([
      { id: ids.ben, name: 'Ben', available: false },
      { id: ids.ada, name: 'Ada', available: true },
    ]);
    expect(see(true).availability).to.deep.equal(open);
    expect(see(false).availability).to.deep.equal({ open: false, changesAt: null });
    expect(inboxAsVisited({ ...inbox, members: [] }, new Map()).availability).to.deep.equal(open);
  });

  it('stands beside the form where both have room, and stays in sight', async () => {
    const root = await open(900);
    expect(box(root, '.preview').left).to.be.at.least(box(root, '.form').right);
    expect(box(root, '.preview').top).to.equal(box(root, '.form').top);
    expect(getComputedStyle(root.querySelector('.preview')!).position).to.equal('sticky');
    expect(box(root, '.stage').height).to.be.greaterThan(300);
    expect(box(root, 'button').height).to.equal(0);
    await expectAccessible(root.host as HTMLElement);
  });

  it('is folded away above the form on a phone, until it is asked for', async () => {
    let asked = 0;
    const folded = await open(358, false, () => (asked += 1));
    expect(box(folded, '.stage').height).to.equal(0);
    const toggle = folded.querySelector('button')!;
    expect([toggle.ariaExpanded, toggle.textContent.trim()]).to.deep.equal(['false', 'Show the preview']);
    await expectAccessible(folded.host as HTMLElement);
    toggle.click();
    expect(asked).to.equal(1);
    const unfolded = await open(358, true);
    expect(box(unfolded, '.stage').height).to.be.greaterThan(300);
    expect(box(unfolded, '.preview').bottom).to.be.at.most(box(unfolded, '.form').top);
  });
});
