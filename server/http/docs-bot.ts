import { code } from './docs-guide.ts';
import { html, type Markup } from './docs-markup.ts';

/** A whole bot, as it lies in `demo/bot/night-bot.mjs`. The tests run it. */
export const botExample = `// Answers what visitors write out of hours: PARLOUR_URL=… PARLOUR_KEY=pk_… node night-bot.mjs
const { PARLOUR_URL, PARLOUR_KEY } = process.env;
const PERSON = 'A person, please';
const answers = new Map([
  ['Where is my order?', 'The link in your receipt shows where it is.'],
  ['May I send it back?', 'Gladly, within 30 days. The label is in the parcel.'],
]);
const buttons = [...answers.keys(), PERSON].map((label, index) => ({ id: \`choice-\${index}\`, label }));

async function ask(method, path, body) {
  const headers = { authorization: \`Bearer \${PARLOUR_KEY}\`, 'content-type': 'application/json' };
  const response = await fetch(\`\${PARLOUR_URL}/api/v1\${path}\`, { method, headers, body: body && JSON.stringify(body) });
  if (!response.ok) throw new Error(\`\${response.status} \${await response.text()}\`);
  return response.json();
}

while (true) {
  const { conversations } = await ask('GET', '/conversations?status=open&assignee=unassigned&limit=100');
  for (const { id, begunOff, lastMessage } of conversations) {
    // What nobody is given, the contact has the last word in, and no person was asked for.
    if (!begunOff || lastMessage.authorKind !== 'contact' || lastMessage.preview === PERSON) continue;
    const text = answers.get(lastMessage.preview) ?? 'We are asleep, but I may know it. What is it about?';
    await ask('POST', \`/conversations/\${id}/replies\`, { text, blocks: [{ type: 'buttons', id: 'topic', buttons }] });
  }
  await new Promise((resolve) => setTimeout(resolve, 2_000));
}`;

/** A program that answers while nobody is there. */
export function bot(publicUrl: string): Markup {
  return html`<p>
      Where an inbox says <strong>Bot</strong> under <strong>Settings, Inboxes, While nobody is there</strong> (or
      <code>offHours.mode</code> is <code>bot</code>, by <a href="#inbox.update">its update</a>), visitors write out of hours as always. Nobody is given
      what they write, and nothing is said by itself: a program of yours answers, with an API key that has the scopes <code>read</code> and
      <code>write</code>. It finds what is new with <a href="#conversation.list">the list</a>, reads <a href="#conversation.parts">what was said</a>, and
      <a href="#conversation.reply">replies</a>, with <a href="#blocks">buttons, cards and forms</a> where it likes. The visitor sees its messages in the
      name of the workspace, the team sees them as those of a program.
    </p>
    <p>
      As soon as somebody is there, because opening hours begin or a teammate turns their chat on, each open conversation in which the contact has the
      last word and which nobody had is given to a teammate in turn, within seconds, if the inbox gives out conversations. So a bot that leaves a
      question unanswered hands it over, and a bot that is down loses none. To hand one over sooner,
      <a href="#conversation.assign">assign it</a>.
    </p>
    <p>
      This one needs Node 20 and nothing else. Start it with <code>PARLOUR_URL=${publicUrl}</code> and the key in <code>PARLOUR_KEY</code>.
    </p>
    ${code(botExample)}`;
}
