/** Every state of the chat is whole on a phone held sideways, with its keyboard open, too. */
import { testIn } from './sound-window.ts';

const touch = { hasTouch: true, isMobile: true };
testIn({ name: 'landscape-keyboard', language: 'en', options: { viewport: { width: 740, height: 180 }, ...touch } });
testIn({
  name: 'landscape-keyboard-small',
  language: 'ar',
  options: { viewport: { width: 667, height: 200 }, ...touch },
});
testIn({ name: 'landscape', language: 'en', options: { viewport: { width: 740, height: 360 }, ...touch } });
