import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accentTextLightness, palette } from '../../../shared/state/palette.ts';
import type { Colour, ColourName } from '../../../shared/state/palette.ts';
import { tokens } from '../../../shared/ui/tokens.ts';
import { contrast, lightened, mix, parseHex } from './contrast.ts';
import type { Rgb } from './contrast.ts';

type Theme = keyof Colour;
const themes: readonly Theme[] = ['light', 'dark'];
const surfaces = ['surface', 'surface-raised', 'surface-sunken'] as const;

const colour = (name: ColourName, theme: Theme): Rgb => parseHex(palette[name][theme]);
const accentText = (theme: Theme, accent = colour('accent', theme)): Rgb =>
  lightened(accent, (lightness) => (theme === 'light' ? Math.min : Math.max)(lightness, accentTextLightness[theme]));
const over = (name: ColourName, percent: number, theme: Theme): Rgb =>
  mix(colour(name, theme), percent, colour('surface', theme));

/** Text over each ground it is used on: 4.5 to 1. */
const textPairs: readonly (readonly [ColourName, readonly ColourName[]])[] = [
  ['text', [...surfaces, 'bubble-theirs', 'note']],
  ['text-muted', [...surfaces, 'bubble-theirs', 'note']],
  ['text-faint', surfaces],
  ['on-accent', ['accent']],
  ['on-bubble-mine', ['bubble-mine']],
  ['danger', surfaces],
  ['online', surfaces],
  ['on-danger', ['danger']],
];

/** Edges and dots that carry meaning: 3 to 1. */
const shapePairs: readonly (readonly [ColourName, readonly ColourName[]])[] = [
  ['border-strong', surfaces],
  ['offline', surfaces],
];

function failures(pairs: typeof textPairs, least: number, theme: Theme): string[] {
  return pairs.flatMap(([front, grounds]) =>
    grounds
      .map((ground) => ({ ground, ratio: contrast(colour(front, theme), colour(ground, theme)) }))
      .filter(({ ratio }) => ratio < least)
      .map(({ ground, ratio }) => `${front} on ${ground}: ${ratio.toFixed(2)} < ${least}`),
  );
}

test('contrast is measured as WCAG defines it', () => {
  assert.equal(contrast(parseHex('#000000'), parseHex('#ffffff')).toFixed(2), '21.00');
  assert.equal(contrast(parseHex('#767676'), parseHex('#ffffff')).toFixed(2), '4.54');
  const grey = mix(parseHex('#000000'), 50, parseHex('#ffffff')).map((c) => Math.round(c * 255));
  assert.deepEqual(grey, [99, 99, 99]);
});

for (const theme of themes) {
  test(`every text pair has a contrast of 4.5 in the ${theme} theme`, () => {
    assert.deepEqual(failures(textPairs, 4.5, theme), []);
  });

  test(`edges and dots that carry meaning have a contrast of 3 in the ${theme} theme`, () => {
    assert.deepEqual(failures(shapePairs, 3, theme), []);
  });

  test(`any accent a site may choose is readable as text in the ${theme} theme`, () => {
    for (const accent of ['#ffd400', '#ffffff', '#000000', '#00ff00', '#ff0000', '#0000ff', '#00ffff', '#ff69b4'])
      for (const ground of surfaces) {
        const ratio = contrast(accentText(theme, parseHex(accent)), colour(ground, theme));
        assert.ok(ratio >= 4.5, `${accent} as text on ${ground}: ${ratio.toFixed(2)}`);
      }
  });

  test(`the accent as text, and text on tinted grounds, have a contrast of 4.5 in the ${theme} theme`, () => {
    for (const ground of [...surfaces, 'bubble-theirs', 'note'] as const) {
      const ratio = contrast(accentText(theme), colour(ground, theme));
      assert.ok(ratio >= 4.5, `accent text on ${ground}: ${ratio.toFixed(2)}`);
    }
    const selected = over('accent', 10, theme);
    for (const name of ['text', 'text-muted', 'text-faint'] as const) {
      const ratio = contrast(colour(name, theme), selected);
      assert.ok(ratio >= 4.5, `${name} on accent-soft: ${ratio.toFixed(2)}`);
    }
    assert.ok(contrast(accentText(theme), selected) >= 4.5);
    assert.ok(contrast(colour('danger', theme), over('danger', 9, theme)) >= 4.5);
    assert.ok(contrast(colour('online', theme), over('online', 11, theme)) >= 4.5);
  });
}

test('each colour is one custom property that the host page may set, with a value per theme', () => {
  for (const [name, { light, dark }] of Object.entries(palette)) {
    const ours = light === (dark as string) ? light : `light-dark(${light},${dark})`;
    // What somebody says is in the accent's colours, unless the page has others for it.
    const leader = name.endsWith('bubble-mine') && name.replace('bubble-mine', 'accent');
    // A channel's own colours come before ours, and after the page's.
    const channels = (leader || name).endsWith('accent') ? `var(--_channel-${leader || name},${ours})` : ours;
    const fallback = leader ? `var(--parlour-${leader},${channels})` : channels;
    assert.ok(tokens.cssText.includes(`--_${name}:var(--parlour-${name},${fallback});`), name);
  }
});

test('every private property is declared from public or private ones that exist', () => {
  const declared = new Set([...tokens.cssText.matchAll(/(--_[a-z0-9-]+):/g)].map((m) => m[1]));
  const used = [...tokens.cssText.matchAll(/var\((--_[a-z0-9-]+)/g)].map((m) => m[1]);
  assert.ok(used.length > 20);
  assert.deepEqual(
    // What a channel chose is declared in its own sheet, where there is one.
    [...new Set(used.filter((name) => !declared.has(name)))],
    ['--_channel-accent', '--_channel-on-accent', '--_channel-focus'],
  );
});
