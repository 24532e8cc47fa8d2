import { blockElements } from './block-elements.ts';
import { Blocks } from './blocks.ts';

/** What draws rich blocks for those who only read them: fetched with the first of them. */
export const readingElements = { ...blockElements, 'parlour-blocks': Blocks };
