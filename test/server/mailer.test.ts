/** What the mailer tells a mail server, and what it keeps to itself. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMailer, needsSecrecy } from '../../server/mail/mailer.ts';
import { MailServer } from '../mail-server.ts';

const mail = {
  to: 'jo@jo.example',
  subject: 'Hello',
  text: 'Hello',
  html: '<p>Hello</p>',
  id: 'one',
  date: new Date(),
};
const from = 'Tide & Ember <chat@tide.example>';

describe('a password for the mail server', () => {
  it('needs secrecy on its way to any other machine', () => {
    const of = (address: string): boolean => needsSecrecy(`smtp://${address}`);
    assert.ok(of('jo:secret@mail.example.com:587'));
    assert.ok(of('jo@mail.example.com'));
    assert.ok(of('jo:secret@127.0.0.1.example.com'));
    for (const here of ['jo:secret@localhost:25', 'jo:secret@127.0.0.1', 'jo:secret@127.8.0.1', 'jo:secret@[::1]:25'])
      assert.ok(!of(here), here);
    assert.ok(!of('mail.example.com:25'), 'there is none');
  });

  it('is not told a server that speaks in the open', async () => {
    const said: string[] = [];
    const open = await MailServer.open({
      authOptional: false,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth({ username }, _session, done) {
        said.push(username ?? '');
        done(null, { user: username ?? '' });
      },
    });
    // An address of this machine that does not look like one.
    const elsewhere = createMailer({ smtpUrl: `smtp://jo:secret@[::ffff:127.0.0.1]:${open.port}`, from });
    const delivery = await elsewhere(mail);
    assert.equal(delivery.state, 'later');
    assert.deepEqual([said, open.mails], [[], []]);
    const here = createMailer({ smtpUrl: `smtp://jo:secret@127.0.0.1:${open.port}`, from });
    assert.deepEqual(await here(mail), { state: 'sent' });
    assert.deepEqual(said, ['jo']);
  });
});
