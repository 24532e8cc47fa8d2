/** Every state of the chat is whole where there is little room, and where the reader chooses the colours. */
import { testIn } from './sound-window.ts';

// 1280 × 1024 at 400 %, and the longest words.
testIn({ name: 'reflow', language: 'de', options: { viewport: { width: 320, height: 256 } } });
testIn({ name: 'zoom-200', language: 'de', options: { viewport: { width: 640, height: 400 } } });
testIn({
  name: 'forced-colours',
  language: 'en',
  options: { viewport: { width: 1280, height: 800 }, forcedColors: 'active' },
});
