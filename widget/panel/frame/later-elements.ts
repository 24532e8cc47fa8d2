import { later } from '../../../shared/client/later.ts';
import { define } from '../../../shared/ui/define.ts';

/** Each fetches what the panel shows only to those who come to it. */
export const loadThread = later((_query) =>
  import('../thread/widget-thread.ts').then(({ elements }) => define(elements)),
);
export const loadForm = later((_query) => import('../form/widget-form.ts').then(({ elements }) => define(elements)));
export const loadHome = later((_query) => import('../home/home-elements.ts').then(({ elements }) => define(elements)));
