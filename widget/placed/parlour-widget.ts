/** `/parlour-widget.js`: `<parlour-widget channel="KEY">`, placed by hand. Importing it on a server does nothing. */
import { define } from '../../shared/ui/define.ts';
import { PlacedWidget } from './placed-widget.ts';

PlacedWidget.sources = {
  address: import.meta.url,
  importConfiguration: (address) => import(/* @vite-ignore */ `${address}`),
  importModule: (address) => import(/* @vite-ignore */ `${address}`),
};
if ('customElements' in globalThis) define({ 'parlour-widget': PlacedWidget });
