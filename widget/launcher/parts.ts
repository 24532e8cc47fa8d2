/** What a page may style of what stands in the panel. */
export const panelParts = 'header,name,hours,close,bubble,mine,theirs,composer,field,send';

/** Of the whole widget, where a page reaches it through one more element. */
export const widgetParts = `launcher,greeting,card,${panelParts}`;
