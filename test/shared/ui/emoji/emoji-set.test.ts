import { largeIfEmoji } from '../../../../shared/ui/emoji/emoji-alone.ts';
import { readEmojiMemory, withUsed } from '../../../../shared/ui/emoji/emoji-memory.ts';
import { findEmoji, inTone, loadEmoji } from '../../../../shared/ui/emoji/emoji-set.ts';
import type { Body } from '../../../../shared/contract/body.ts';
import { describe, expect, it } from '../../../page.ts';

const languages = ['de', 'en', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt', 'zh'];
const found = async (language: string, query: string): Promise<string[]> =>
  findEmoji(await loadEmoji(language), query).map(({ emoji }) => emoji);

describe('Emoji', () => {
  it('are the same in every language, in nine groups, without bare skin tones', async () => {
    const english = await loadEmoji('en');
    expect(english).to.have.length(9);
    expect(english.flat().length).to.be.above(1800);
    expect(english.flat().map(({ emoji }) => emoji)).to.not.include('🏽');
    for (const language of languages) {
      const set = await loadEmoji(language);
      expect(set.map((group) => group.length)).to.deep.equal(english.map((group) => group.length));
      expect(set.flat().every(({ emoji, name }) => emoji && name)).to.equal(true);
    }
  });

  it('are found in the reader’s language, without capitals and accents, and in English where there is no data', async () => {
    expect(await found('de', 'FROHLICH')).to.include('😀');
    expect(await found('fr', 'theiere')).to.include('🫖');
    expect(await found('ja', 'ハート')).to.include('❤️');
    expect(await found('zh', '猫')).to.include('🐈');
    expect(await found('tr', 'teapot')).to.deep.equal(['🫖']);
  });

  it('are found by all the words that were begun, and by themselves; those named so come first', async () => {
    expect(await found('en', 'red hea'))
      .to.include('❤️')
      .and.not.include('💙');
    expect(await found('en', '🫖')).to.deep.equal(['🫖']);
    expect((await found('en', 'cat'))[0]).to.be.oneOf(['🐈', '🐱', '😺', '😹']);
    expect(await found('en', '   ')).to.deep.equal([]);
  });

  it('take a skin tone where they have a skin, every person of them', async () => {
    const all = (await loadEmoji('en')).flat();
    const one = (emoji: string) => all.find((known) => known.emoji === emoji) ?? { emoji: '', light: '' };
    expect(inTone(one('👍'), 5)).to.equal('👍🏿');
    expect(inTone(one('✌️'), 3)).to.equal('✌🏽');
    expect(inTone(one('🧑‍🤝‍🧑'), 2)).to.equal('🧑🏼‍🤝‍🧑🏼');
    expect(inTone(one('👩‍🚀'), 4)).to.equal('👩🏾‍🚀');
    expect(inTone(one('🐈'), 4)).to.equal('🐈');
    expect(inTone(one('👋'), 0)).to.equal('👋');
  });

  it('are large where up to three of them are the whole message', () => {
    const said = (text: string): Body => [{ type: 'paragraph', content: [{ type: 'text', text }] }];
    for (const text of ['🎉', '👍🏽', '❤️', '🧑‍🤝‍🧑 👩🏾‍🚀', '🇩🇪🇫🇷🇮🇹', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '😀 😀 😀'])
      expect(largeIfEmoji(said(text)), text).to.equal('large');
    for (const text of ['', 'a', '1', '12', '#', '🎉!', 'so 🎉', '😀😀😀😀', '🇩', ' '])
      expect(largeIfEmoji(said(text)), text).to.equal('');
    expect(largeIfEmoji([])).to.equal('');
    expect(largeIfEmoji([{ type: 'code', text: '🎉' }])).to.equal('');
    expect(largeIfEmoji([...said('🎉'), ...said('🎉')])).to.equal('');
  });

  it('that were used are remembered, newest first, once each, twenty-four of them; what is no memory is none', () => {
    const many = Array.from({ length: 30 }, (_, index) => String(index));
    const memory = many.reduce(withUsed, readEmojiMemory(null));
    expect(memory.recent).to.have.length(24);
    expect(withUsed(memory, '20').recent.slice(0, 3)).to.deep.equal(['20', '29', '28']);
    expect(readEmojiMemory(JSON.stringify(memory))).to.deep.equal(memory);
    for (const record of ['', 'null', '{', '{"tone":9,"recent":[1]}', '[]'])
      expect(readEmojiMemory(record)).to.deep.equal({ tone: 0, recent: [] });
  });
});
