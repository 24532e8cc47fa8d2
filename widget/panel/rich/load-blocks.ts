import { define } from '../../../shared/ui/define.ts';

let loading: Promise<unknown> | undefined;

/** Fetches what draws rich blocks once there are some. Where the network fails, the next look tries again. */
export function loadBlocks(): Promise<unknown> {
  return (loading ??= import('./block-elements.ts').then(
    ({ elements }) => define(elements),
    () => (loading = undefined),
  ));
}
