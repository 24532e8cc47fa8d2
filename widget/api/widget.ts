/** `parlour/widget`: the chat widget for applications that import it. Importing it touches no page, so servers may. */
export { boot, widget } from './boot.ts';
export type { BootOptions } from './boot.ts';
export type { Availability, ParlourEvents, ParlourWidget, VisitorData } from './page-api.ts';
