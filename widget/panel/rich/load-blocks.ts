import { define } from '../../../shared/ui/define.ts';
import { later } from '../../../shared/ui/later.ts';

/** Fetches what draws rich blocks once there are some. */
export const loadBlocks = later((_query) => import('./block-elements.ts').then(({ elements }) => define(elements)));
