import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launcherStyles } from '../../../widget/launcher/launcher-styles.ts';
import { readableOn } from '../../../widget/launcher/colour.ts';
import { palette } from '../../../shared/ui/palette.ts';
import { sampleConfiguration } from '../sample.ts';
import { contrast, parseHex } from '../../shared/ui/contrast.ts';

test('text upon any chosen colour has a contrast of at least 4.5:1', () => {
  const steps = Array.from({ length: 18 }, (_, index) => (index * 15).toString(16).padStart(2, '0'));
  let least = 21;
  for (const red of steps)
    for (const green of steps)
      for (const blue of steps) {
        const colour = `#${red}${green}${blue}`;
        least = Math.min(
          least,
          contrast(parseHex(readableOn(colour) === '#000' ? '#000000' : '#ffffff'), parseHex(colour)),
        );
      }
  assert.ok(least >= 4.5, `the least is ${least}`);
});

test('the launcher wears the colours of the palette, though it does not carry it', () => {
  const styles = launcherStyles(sampleConfiguration(), 0);
  assert.match(styles, new RegExp(`light-dark\\(${palette.accent.light},${palette.accent.dark}\\)`));
  for (const { light } of [palette.danger, palette.online, palette.offline]) assert.ok(styles.includes(light), light);
});

test('a colour of the site’s own comes with a readable text colour', () => {
  const styles = launcherStyles(sampleConfiguration({ color: '#f5c542' }), 0);
  assert.match(styles, /--parlour-accent:#f5c542;--parlour-on-accent:#000/);
});
