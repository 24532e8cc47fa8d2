/** Every state of the chat is accessible from right to left, in light and dark, on a phone and in a window as wide as a desktop. */
import { phone } from '../visit.ts';
import { testIn } from './sound-window.ts';

const options = { viewport: phone, hasTouch: true, isMobile: true };
testIn({ name: 'rtl', language: 'ar', options, judgedAt: { width: 1280, height: 800 } });
