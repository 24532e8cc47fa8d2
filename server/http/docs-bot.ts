import { code } from './docs-guide.ts';
import { html, type Markup } from './docs-markup.ts';

/** A whole bot, as it lies in `demo/bot/night-bot.mjs`. The tests run it. */
export const botExample = `// Answers what visitors write out of hours: PARLOUR_URL=… PARLOUR_KEY=pk_… PARLOUR_INBOX=… node night-bot.mjs
import { createHash } from 'node:crypto';

const { PARLOUR_URL, PARLOUR_KEY, PARLOUR_INBOX } = process.env;
const PERSON = 'A person, please';
const answers = new Map([
  ['Where is my order?', 'The link in your receipt shows where it is.'],
  ['May I send it back?', 'Gladly, within 30 days. The label is in the parcel.'],
]);
const buttons = [...answers.keys(), PERSON].map((label, index) => ({ id: \`choice-\${index}\`, label }));

async function ask(method, path, body, name) {
  const headers = { authorization: \`Bearer \${PARLOUR_KEY}\`, 'content-type': 'application/json' };
  if (name) headers['idempotency-key'] = name;
  const signal = AbortSignal.timeout(10_000);
  const response = await fetch(\`\${PARLOUR_URL}/api/v1\${path}\`, { method, headers, signal, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(\`\${response.status} \${await response.text()}\`);
  return response.json();
}

// What was begun out of hours, no teammate has answered, and nobody was given: page after page.
async function* waiting() {
  const filter = { category: 'missed', assignee: 'unassigned', inboxId: PARLOUR_INBOX, limit: '100' };
  for (let cursor = ''; cursor !== null;) {
    const page = await ask('GET', \`/conversations?\${new URLSearchParams({ ...filter, ...(cursor && { cursor }) })}\`);
    yield* page.conversations;
    cursor = page.next;
  }
}

// A UUIDv7 that is the same for the same message: so it is answered once, however often this asks.
function nameOf({ id, inboundSeq, lastMessage }) {
  const time = Date.parse(lastMessage.at).toString(16).padStart(12, '0');
  const hex = createHash('sha256').update(\`\${id} \${inboundSeq}\`).digest('hex');
  return \`\${time.slice(0, 8)}-\${time.slice(8)}-7\${hex.slice(0, 3)}-8\${hex.slice(3, 6)}-\${hex.slice(6, 18)}\`;
}

async function answer(conversation) {
  const { preview, authorKind } = conversation.lastMessage;
  // The contact has the last word, and asked for no person.
  if (authorKind !== 'contact' || preview === PERSON) return;
  const text = answers.get(preview) ?? 'We are asleep, but I may know it. What is it about?';
  const reply = { text, blocks: [{ type: 'buttons', id: 'topic', buttons }] };
  await ask('POST', \`/conversations/\${conversation.id}/replies\`, reply, nameOf(conversation));
}

const complain = (error) => process.stderr.write(\`\${error.message}\\n\`);

while (true) {
  try {
    for await (const conversation of waiting()) await answer(conversation).catch(complain);
  } catch (error) {
    complain(error);
  }
  await new Promise((resolve) => setTimeout(resolve, 2_000));
}`;

/** A program that answers while nobody is there. */
export function bot(publicUrl: string): Markup {
  return html`<p>
      Where an inbox says <strong>Bot</strong> under <strong>Settings, Inboxes, When nobody is available</strong> (or
      <code>offHours.mode</code> is <code>bot</code>, by <a href="#inbox.update">its update</a>), visitors write out of hours as always. Nobody is given
      what they write, and nothing is said by itself: a program of yours answers, with an API key that has the scopes <code>read</code> and
      <code>write</code>. It finds what is new with <a href="#conversation.list">the list</a>, reads <a href="#conversation.parts">what was said</a>, and
      <a href="#conversation.reply">replies</a>, with <a href="#blocks">buttons, cards and forms</a> where it likes. The visitor sees its messages in the
      name of the workspace, the team sees them as those of a program: until a teammate answers, the conversation stays under Missed.
    </p>
    <p>
      As soon as somebody is there, because opening hours begin or a teammate turns their chat on, each open conversation in which the contact has the
      last word and which nobody had or answered is given to a teammate in turn, within seconds, if the inbox gives out conversations. So a bot that leaves a
      question unanswered hands it over, and a bot that is down loses none. To hand one over sooner,
      <a href="#conversation.assign">assign it</a>.
    </p>
    <p>
      This one needs Node 20 and nothing else. Start it with <code>PARLOUR_URL=${publicUrl}</code>, the key in <code>PARLOUR_KEY</code> and the id of the
      inbox in <code>PARLOUR_INBOX</code>.
    </p>
    ${code(botExample)}`;
}
