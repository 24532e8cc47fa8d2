import { WidgetSound } from '../attention/widget-sound.ts';
import { WidgetMenu } from '../menu/widget-menu.ts';
import { WidgetStanding } from './widget-standing.ts';

/** What stands in the head only for those who have a conversation: the others need not fetch it. */
export const conversationElements = {
  'parlour-widget-sound': WidgetSound,
  'parlour-widget-menu': WidgetMenu,
  'parlour-widget-standing': WidgetStanding,
};
