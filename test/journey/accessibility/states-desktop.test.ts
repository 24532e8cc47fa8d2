/** Every state of the chat is accessible from left to right, in light and dark, on a desktop and in a window as small as a phone. */
import { phone } from '../visit.ts';
import { testIn } from './sound-window.ts';

testIn({ name: 'ltr', language: 'en', options: { viewport: { width: 1280, height: 800 } }, judgedAt: phone });
