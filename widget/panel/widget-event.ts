/** What the parts of the panel tell the parts around them; those that carry something have a class of their own. */
export class WidgetEvent extends Event {
  constructor(type: `parlour-widget-${string}`) {
    super(type, { bubbles: true, composed: true });
  }
}
