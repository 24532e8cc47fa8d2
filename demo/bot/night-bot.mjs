// Answers what visitors write out of hours: PARLOUR_URL=… PARLOUR_KEY=pk_… PARLOUR_INBOX=… node night-bot.mjs
import { createHash } from 'node:crypto';

const { PARLOUR_URL, PARLOUR_KEY, PARLOUR_INBOX } = process.env;
const PERSON = 'A person, please';
const answers = new Map([
  ['Where is my order?', 'The link in your receipt shows where it is.'],
  ['May I send it back?', 'Gladly, within 30 days. The label is in the parcel.'],
]);
const buttons = [...answers.keys(), PERSON].map((label, index) => ({ id: `choice-${index}`, label }));

async function ask(method, path, body, name) {
  const headers = { authorization: `Bearer ${PARLOUR_KEY}`, 'content-type': 'application/json' };
  if (name) headers['idempotency-key'] = name;
  const signal = AbortSignal.timeout(10_000);
  const response = await fetch(`${PARLOUR_URL}/api/v1${path}`, { method, headers, signal, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

// What was begun out of hours, no teammate has answered, and nobody was given: page after page.
async function* waiting() {
  const filter = { category: 'missed', assignee: 'unassigned', inboxId: PARLOUR_INBOX, limit: '100' };
  for (let cursor = ''; cursor !== null;) {
    const page = await ask('GET', `/conversations?${new URLSearchParams({ ...filter, ...(cursor && { cursor }) })}`);
    yield* page.conversations;
    cursor = page.next;
  }
}

// A UUIDv7 that is the same for the same message: so it is answered once, however often this asks.
function nameOf({ id, inboundSeq, lastMessage }) {
  const time = Date.parse(lastMessage.at).toString(16).padStart(12, '0');
  const hex = createHash('sha256').update(`${id} ${inboundSeq}`).digest('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}

async function answer(conversation) {
  const { preview, authorKind } = conversation.lastMessage;
  // The contact has the last word, and asked for no person.
  if (authorKind !== 'contact' || preview === PERSON) return;
  const text = answers.get(preview) ?? 'We are asleep, but I may know it. What is it about?';
  const reply = { text, blocks: [{ type: 'buttons', id: 'topic', buttons }] };
  await ask('POST', `/conversations/${conversation.id}/replies`, reply, nameOf(conversation));
}

const complain = (error) => process.stderr.write(`${error.message}\n`);

while (true) {
  try {
    for await (const conversation of waiting()) await answer(conversation).catch(complain);
  } catch (error) {
    complain(error);
  }
  await new Promise((resolve) => setTimeout(resolve, 2_000));
}
