/** Every state of the chat is accessible: in light and dark, from left to right and from right to left, large and on a phone. */
import { testIn } from './sound-window.ts';

const touch = { hasTouch: true, isMobile: true };
testIn({ name: 'desktop', language: 'en', options: { viewport: { width: 1280, height: 800 } }, judges: true });
testIn({
  name: 'phone-rtl',
  language: 'ar',
  options: { viewport: { width: 390, height: 844 }, ...touch },
  judges: true,
});
