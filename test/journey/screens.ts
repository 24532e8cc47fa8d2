/** What the journeys through all screens have in common: at which sizes they look, and what there is to see. */
import type { BrowserContextOptions } from 'playwright-core';
import type { House } from './house.ts';
import { desktop, phone } from './visit.ts';

export const sizes: { size: string; isPhone: boolean; options: BrowserContextOptions }[] = [
  { size: 'desktop', isPhone: false, options: { viewport: desktop } },
  { size: 'phone', isPhone: true, options: { viewport: phone, hasTouch: true, isMobile: true } },
];

export async function haveConversations(house: House): Promise<void> {
  await house.hire('Jonas Brandt');
  await house.hire('Noor Haddad');
  const words: [string, string][] = [
    ['Hanna Weiss', 'Hello, the glaze of my planter has a crack. Can I send it back?'],
    ['Bo Lund', 'When do the tide bowls come back?'],
    ['Ines Ferreira', 'Do you ship to Portugal?'],
    [
      'Samuel Okafor',
      'I would like sixty mugs for our office, with a small mark at the foot. Is there a price for that many?',
    ],
    ['Mina Sato', 'Thank you, everything arrived whole.'],
    ['Per Nyström', 'Is the ember teapot safe on a gas flame?'],
  ];
  for (const [name, text] of words) {
    const id = await house.receive(text, name);
    if (name === 'Bo Lund') await house.ask('POST', `/conversations/${id}/close`, {});
    if (name === 'Ines Ferreira') {
      const until = new Date(Date.now() + 86_400_000).toISOString();
      await house.ask('POST', `/conversations/${id}/snooze`, { until });
    }
    if (name === 'Mina Sato') await house.ask('PUT', `/conversations/${id}/assignee`, { assigneeId: null });
    if (name !== 'Per Nyström') continue;
    await house.ask('PUT', `/conversations/${id}/assignee`, { assigneeId: house.office.ownerId });
    await house.ask('POST', `/conversations/${id}/replies`, {
      text: 'Not on a **naked** flame:\n\n- gas: with a *diffuser*\n- electric: yes\n\n> Warm it slowly.\n\nSee [care](https://example.com/care) or `care@kilnmere.example`.',
    });
    await house.ask('POST', `/conversations/${id}/notes`, {
      text: 'Second question about gas this week: put it on the page?',
    });
  }
}
