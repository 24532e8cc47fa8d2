/** Every state of the chat is accessible on a phone, in light and dark, from right to left. */
import { testIn } from './sound-window.ts';

const options = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
testIn({ name: 'phone-rtl', language: 'ar', options, judges: true });
