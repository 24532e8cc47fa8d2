import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultWebChatSettings } from '../../../shared/contract/channel.ts';
import { channelLook } from '../../../shared/state/channel-look.ts';
import { palette } from '../../../shared/ui/palette.ts';
import { launcherStyles } from '../../../widget/launcher/launcher-styles.ts';

test('the launcher wears the colours of the palette, though it does not carry it', () => {
  const styles = launcherStyles(0);
  assert.match(styles, new RegExp(`light-dark\\(${palette.accent.light},${palette.accent.dark}\\)`));
  for (const { light } of [palette.danger, palette.online, palette.offline]) assert.ok(styles.includes(light), light);
});

test('a colour of the site’s own comes with a readable text colour', () => {
  const { css } = channelLook({ ...defaultWebChatSettings, color: '#f5c542' });
  assert.equal(css, ':host{--parlour-accent:#f5c542;--parlour-on-accent:#000}');
});

test('a site that changed nothing has no styles of its own to carry', () => {
  assert.deepEqual(channelLook(defaultWebChatSettings), { greeting: defaultWebChatSettings.greeting });
});
