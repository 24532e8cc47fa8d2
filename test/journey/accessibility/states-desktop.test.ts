/** Every state of the chat is accessible, in light and dark, from left to right; that of a phone is judged beside it. */
import { testIn } from './sound-window.ts';

testIn({ name: 'desktop', language: 'en', options: { viewport: { width: 1280, height: 800 } }, judges: true });
