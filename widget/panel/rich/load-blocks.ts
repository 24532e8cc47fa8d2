import { later } from '../../../shared/client/later.ts';
import { define } from '../../../shared/ui/define.ts';

/** Fetches what draws rich blocks once there are some. */
export const loadBlocks = later((_query) => import('./block-elements.ts').then(({ elements }) => define(elements)));
