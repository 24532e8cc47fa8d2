import type { CommandInput } from '../../shared/contract/catalogue.ts';
import { html, type Markup } from './docs-markup.ts';
import { exampleId } from './openapi-examples.ts';

type Blocks = NonNullable<CommandInput<'conversation.reply'>['blocks']>;

/** One of each kind. The tests send it. */
export const blocksExample = [
  {
    type: 'buttons',
    id: 'size',
    buttons: [
      { id: 'small', label: 'Small' },
      { id: 'large', label: 'Large' },
    ],
  },
  {
    type: 'card',
    id: 'pot',
    title: 'Ember teapot',
    text: 'Holds 0.9 litres.',
    picture: { url: 'https://shop.example/ember.jpg', alt: 'A red teapot' },
    buttons: [
      { id: 'take', label: 'I take it' },
      { label: 'Look closer', href: 'https://shop.example/ember' },
    ],
  },
  { type: 'carousel', id: 'more', cards: [{ title: 'Moss planter' }, { title: 'Tide cup' }] },
  {
    type: 'form',
    id: 'order',
    title: 'Your order',
    fields: [
      { key: 'email', label: '', kind: 'email', required: true },
      { key: 'order_number', label: 'Order number', kind: 'text', required: false },
    ],
  },
  { type: 'rating', id: 'how', prompt: 'How was it?', scale: 'stars' },
] satisfies Blocks;

/** A reply as a program sends it. */
function curl(publicUrl: string, reply: { text: string; blocks: Blocks }): Markup {
  return html`<pre tabindex="0"><code>curl -X POST ${publicUrl}/api/v1/conversations/${exampleId}/replies \\
  -H "Authorization: Bearer $PARLOUR_KEY" -H "Content-Type: application/json" \\
  -d '${JSON.stringify(reply)}'</code></pre>`;
}

/** The kinds of block, what each is answered with, and what follows from it. */
export function blocks(publicUrl: string): Markup {
  const rows: [string, string, string][] = [
    ['buttons', '{type: "button", buttonId}', 'The button’s label is the visitor’s next message.'],
    ['card', '{type: "button", buttonId}', 'The same. Buttons with an href are links and answer nothing.'],
    ['carousel', '{type: "button", buttonId}', 'The same, for 2 to 10 cards together.'],
    [
      'form',
      '{type: "form", values}',
      'The values are the visitor’s next message, and kept with the contact as what they claim.',
    ],
    [
      'rating',
      '{type: "rating", score, comment?}',
      'Kept as the conversation’s rating. It reopens nothing, and may be changed.',
    ],
    ['article', 'none', 'Opens in the chat. Name it by articleId; it must be published.'],
  ];
  return html`<p>
      Below its text a message may carry up to five blocks: choices to press, cards, a form, an article, a question of how it was. Send them with
      <a href="#conversation.reply">a reply</a>; the text may be empty then. Every block that takes an answer has an <code>id</code> of your choice,
      unique in its message, and is answered once.
    </p>
    ${curl(publicUrl, { text: 'Which one?', blocks: blocksExample.slice(0, 1) })}
    <p>A form, and the question of how it was:</p>
    ${curl(publicUrl, { text: 'Tell us where to look, please.', blocks: blocksExample.filter(({ type }) => type === 'form') })}
    ${curl(publicUrl, { text: '', blocks: blocksExample.filter(({ type }) => type === 'rating') })}
    <p>
      One of each stands in the newest conversations of the sample workspace, which <code>npm run demo</code> brings.
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">Block</th>
          <th scope="col">Answer</th>
          <th scope="col">What follows</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(([type, answer, follows]) => html`<tr><th scope="row"><code>${type}</code></th><td><code>${answer}</code></td><td>${follows}</td></tr>`)}
      </tbody>
    </table>
    <p>
      The message then carries the answers by block id, and the fact <code>conversation.answered</code> is told. Pictures are at https addresses, which
      a page’s <code>img-src</code> must allow, or files of the message: <code>{attachmentId, alt}</code>. Links lead to http, https, mailto or tel.
    </p>`;
}
