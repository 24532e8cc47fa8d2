import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chat, Desk } from './chat.ts';
import { House } from './house.ts';
import { expectSoundScreen } from './look.ts';
import { ownerAt, phone, Window } from './visit.ts';

const house = await House.open();
const { inboxId } = await house.setUp();
const owner = await ownerAt(house);
const mara = new Desk(owner.page);

const drawsMessages = /\/assets\/widget-thread-/;

/** A visitor whose chat is open, on a line that they are about to lose. */
async function visit(isPhone: boolean): Promise<{ visitor: Window; chat: Chat }> {
  const visitor = await Window.open({ viewport: isPhone ? phone : { width: 1280, height: 800 }, isMobile: isPhone });
  visitor.expectComplaint(
    /WebSocket connection to 'ws:.*failed|ERR_(INTERNET_DISCONNECTED|FAILED)|dynamically imported/,
  );
  const chat = new Chat(await visitor.context.newPage());
  return { visitor, chat };
}

async function goOffline({ visitor, chat }: { visitor: Window; chat: Chat }): Promise<void> {
  await visitor.context.setOffline(true);
  await chat.dialog.getByText('No connection. What you write is kept and will be sent.').waitFor();
}

/** It is sent, once, and the chat goes on without anybody touching it. */
async function expectRecovery({ visitor, chat }: { visitor: Window; chat: Chat }, text: string): Promise<void> {
  await visitor.context.setOffline(false);
  await chat
    .stateOf(text)
    .getByText(/Sent|Seen/)
    .first()
    .waitFor({ state: 'attached' });
  await mara.choose(text);
  await mara.expectMessages([text]);
  await mara.reply('Yes, we do.');
  await chat.expectMessages([text, 'Yes, we do.']);
  assert.equal(await chat.dialog.getByText('could not be loaded').count(), 0);
  await visitor.close();
}

const fillIn = async (chat: Chat, text: string): Promise<void> => {
  const form = chat.dialog.locator('parlour-widget-form');
  await form.getByLabel('Email').fill('edda@example.com');
  await form.getByLabel('Message').fill(text);
};
const sendForm = (chat: Chat): Promise<void> => chat.dialog.getByRole('button', { name: 'Send message' }).click();

for (const isPhone of [false, true]) {
  const where = isPhone ? 'on a phone' : 'at a desk';

  test(`the first message is written without a line ${where}, before what draws messages is here: it waits in sight and goes out once`, async () => {
    await house.ask('PATCH', `/inboxes/${inboxId}`, { schedule: null });
    const there = await visit(isPhone);
    const { visitor, chat } = there;
    await chat.page.goto(`${house.url}/demo/`);
    await chat.open();
    await chat.page.waitForLoadState('networkidle');
    await goOffline(there);
    assert.deepEqual(
      visitor.asked.filter((url) => drawsMessages.test(url)),
      [],
    );
    const text = `Do you ship to Norway, ${where}?`;
    await chat.send(text);
    await chat.dialog.getByText(text).waitFor();
    await chat.dialog.getByText('Waiting for a connection').waitFor();
    await expectSoundScreen(chat.page, `line-lost-${where}`, chat.page.locator('parlour-widget'));
    await expectRecovery(there, text);
  });

  test(`the form off hours is sent without a line ${where}: what it says waits in sight and goes out once`, async () => {
    await house.ask('PATCH', `/inboxes/${inboxId}`, {
      schedule: { timeZone: 'Europe/Berlin', spans: [] },
      offHours: {
        mode: 'form',
        text: 'Nobody is here at night.',
        autoResponse: null,
        form: { fields: [{ key: 'email', label: '', kind: 'email', required: true }], consent: null },
      },
    });
    const there = await visit(isPhone);
    const { chat } = there;
    await chat.page.goto(`${house.url}/demo/`);
    await chat.open();
    const text = `Do you mend bowls, ${where}?`;
    await fillIn(chat, text);
    await chat.page.waitForLoadState('networkidle');
    await goOffline(there);
    await sendForm(chat);
    await chat.dialog.getByText(text).waitFor();
    await chat.dialog.getByText('Waiting for a connection').waitFor();
    await expectSoundScreen(chat.page, `line-lost-off-hours-${where}`, chat.page.locator('parlour-widget'));
    await expectRecovery(there, text);
  });
}
