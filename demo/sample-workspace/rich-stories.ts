import type { BlockAnswer } from '../../shared/contract/block.ts';
import type { CommandInput } from '../../shared/contract/catalogue.ts';
import type { TeammateKey } from './people.ts';

type Blocks = NonNullable<CommandInput<'conversation.reply'>['blocks']>;

/** A turn of a conversation in which more is sent than words. */
export type RichTurn =
  | { by: 'contact'; text: string }
  | { by: TeammateKey; text: string; blocks: Blocks; articles?: readonly string[] }
  /** The contact answers a block of the teammate's last message. */
  | { answers: string; answer: BlockAnswer }
  | { by: TeammateKey; closes: true };

export type RichStory = { key: string; name: string; email: string; page: string; turns: readonly RichTurn[] };

/** The newest conversations: with choices, cards, a form, an article and a rating. Each turn comes two minutes after the one before. */
export const richStories: readonly RichStory[] = [
  {
    key: 'a gift',
    name: 'Elodie Marchand',
    email: 'elodie.marchand@example.com',
    page: 'index.html',
    turns: [
      { by: 'contact', text: 'I am looking for a wedding present, around fifty euros. What do people like?' },
      {
        by: 'ines',
        text: 'How lovely! These three are what most couples get from us:',
        blocks: [
          {
            type: 'carousel',
            id: 'presents',
            cards: [
              {
                title: 'Ember teapot',
                text: 'Holds 0.9 litres. The one that everybody asks about.',
                buttons: [{ id: 'ember', label: 'The teapot' }],
              },
              {
                title: 'Moss planter',
                text: 'With a saucer, for a windowsill in half shade.',
                buttons: [{ id: 'moss', label: 'The planter' }],
              },
              {
                title: 'Two Tide cups',
                text: 'No two are alike, which suits a couple.',
                buttons: [{ id: 'tide', label: 'The cups' }],
              },
            ],
          },
        ],
      },
      { answers: 'presents', answer: { type: 'button', buttonId: 'ember' } },
      {
        by: 'ines',
        text: 'A good choice. Shall we wrap it?',
        articles: ['gift-wrapping'],
        blocks: [
          {
            type: 'buttons',
            id: 'wrapping',
            buttons: [
              { id: 'yes', label: 'Yes, please' },
              { id: 'no', label: 'No, thank you' },
            ],
          },
        ],
      },
      { answers: 'wrapping', answer: { type: 'button', buttonId: 'yes' } },
    ],
  },
  {
    key: 'a parcel',
    name: 'Tomas Reyes',
    email: 'tomas.reyes@example.com',
    page: 'shipping.html',
    turns: [
      { by: 'contact', text: 'My parcel says delivered, but there is nothing here.' },
      {
        by: 'jonas',
        text: 'I am sorry to hear that, I will ask the carrier at once. Two things would help me:',
        blocks: [
          {
            type: 'form',
            id: 'parcel',
            title: 'Your parcel',
            fields: [
              { key: 'order_number', label: 'Order number', kind: 'text', required: true },
              {
                key: 'looked_at',
                label: 'Where have you looked?',
                kind: 'choice',
                required: true,
                options: ['At the door', 'At the neighbours’', 'At the pick-up point'],
              },
            ],
            submitLabel: '',
          },
        ],
      },
      {
        answers: 'parcel',
        answer: { type: 'form', values: { order_number: 'K-20817', looked_at: 'At the neighbours’' } },
      },
    ],
  },
  {
    key: 'a chip',
    name: 'Amina Farouk',
    email: 'amina.farouk@example.com',
    page: 'ember-teapot.html',
    turns: [
      { by: 'contact', text: 'The lid has a chip. Can it be mended?' },
      {
        by: 'ines',
        text: 'It can! This says how, and what it costs.',
        articles: ['repairs'],
        blocks: [
          {
            type: 'card',
            id: 'mending',
            title: 'Mended with gold',
            text: 'About three weeks.\nWe send a box that is padded for it.',
            buttons: [{ id: 'send', label: 'Send me the box' }],
          },
        ],
      },
      { answers: 'mending', answer: { type: 'button', buttonId: 'send' } },
      {
        by: 'ines',
        text: 'The box leaves tomorrow. How did we do?',
        blocks: [{ type: 'rating', id: 'how', prompt: '', scale: 'stars' }],
      },
      { by: 'ines', closes: true },
      { answers: 'how', answer: { type: 'rating', score: 5, comment: 'Three minutes, and the lid is saved.' } },
    ],
  },
];
