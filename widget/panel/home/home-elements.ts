import { WidgetArticle } from './widget-article.ts';
import { WidgetHelp } from './widget-help.ts';
import { WidgetHome } from './widget-home.ts';

/** Everything beyond a conversation: fetched by those who go there. */
export const elements = {
  'parlour-widget-help': WidgetHelp,
  'parlour-widget-home': WidgetHome,
  'parlour-widget-article': WidgetArticle,
};
