import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultWebChatSettings } from '../../../shared/contract/channel.ts';
import { channelLook } from '../../../shared/state/channel-look.ts';
import { launcherStyles } from '../../../shared/state/launcher-styles.ts';
import { palette } from '../../../shared/state/palette.ts';

test('the launcher wears the colours of the palette, though it does not carry it', () => {
  const styles = launcherStyles(defaultWebChatSettings);
  assert.match(styles, new RegExp(`light-dark\\(${palette.accent.light},${palette.accent.dark}\\)`));
  for (const { light } of [palette.danger, palette.online, palette.offline]) assert.ok(styles.includes(light), light);
});

test('a colour of the site’s own comes with a readable text colour', () => {
  const of = (color: string): string => launcherStyles({ ...defaultWebChatSettings, color });
  assert.match(of('#f5c542'), /--_channel-on-accent:var\(--_white,#000\)/);
  assert.match(of('#f5c542'), /color:var\(--parlour-on-accent,var\(--_channel-on-accent\)\)/);
  assert.match(of('#2f6f5e'), /background:var\(--parlour-accent,#2f6f5e\)/);
  assert.match(of('#2f6f5e'), /color:var\(--parlour-on-accent,#fff\)/);
});

test('a site that changed nothing has no choices to carry', () => {
  assert.deepEqual(channelLook(defaultWebChatSettings), {});
  assert.deepEqual(
    channelLook({ ...defaultWebChatSettings, greeting: '' }),
    { greeting: '' },
    'no greeting is a choice',
  );
});

test('a site with a button of its own carries no look of a launcher that nobody sees', () => {
  const settings = { ...defaultWebChatSettings, launcherSelector: '#help', launcherLabel: 'Ask us' };
  assert.ok(launcherStyles(settings).length < 200);
  assert.equal(channelLook(settings).launcherLabel, undefined);
});
