import { blockElements } from '../../../shared/ui/blocks/block-elements.ts';
import { WidgetBlocks } from './widget-blocks.ts';

/** What draws rich blocks: fetched with the first of them. */
export const elements = { ...blockElements, 'parlour-widget-blocks': WidgetBlocks };
