// Answers what visitors write out of hours: PARLOUR_URL=… PARLOUR_KEY=pk_… node night-bot.mjs
const { PARLOUR_URL, PARLOUR_KEY } = process.env;
const PERSON = 'A person, please';
const answers = new Map([
  ['Where is my order?', 'The link in your receipt shows where it is.'],
  ['May I send it back?', 'Gladly, within 30 days. The label is in the parcel.'],
]);
const buttons = [...answers.keys(), PERSON].map((label, index) => ({ id: `choice-${index}`, label }));

async function ask(method, path, body) {
  const headers = { authorization: `Bearer ${PARLOUR_KEY}`, 'content-type': 'application/json' };
  const response = await fetch(`${PARLOUR_URL}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

while (true) {
  const { conversations } = await ask('GET', '/conversations?status=open&assignee=unassigned&limit=100');
  for (const { id, begunOff, lastMessage } of conversations) {
    // What nobody is given, the contact has the last word in, and no person was asked for.
    if (!begunOff || lastMessage.authorKind !== 'contact' || lastMessage.preview === PERSON) continue;
    const text = answers.get(lastMessage.preview) ?? 'We are asleep, but I may know it. What is it about?';
    await ask('POST', `/conversations/${id}/replies`, { text, blocks: [{ type: 'buttons', id: 'topic', buttons }] });
  }
  await new Promise((resolve) => setTimeout(resolve, 2_000));
}
