/** What the reference says of the page API is what the widget has: a name too many or too few does not compile. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageApi, pageEvents, pageMethods, pageProperties } from '../../../server/http/docs-page-api.ts';
import { panelMethods } from '../../../widget/api/page-api.ts';
import type { ParlourEvents, ParlourWidget, WidgetSettings } from '../../../widget/api/page-api.ts';

type NamesOf<T, Kind> = { [K in keyof T]: T[K] extends Kind ? K : never }[keyof T];
type Method = NamesOf<ParlourWidget, (...input: never[]) => unknown>;

const methods: Record<Method, readonly [string, string]> = pageMethods;
const properties: Record<Exclude<keyof ParlourWidget, Method>, string> = pageProperties;
const events: Record<keyof ParlourEvents, string> = pageEvents;
/** The other way round: nothing is told that there is not. */
const isThere: [Method, Exclude<keyof ParlourWidget, Method>, keyof ParlourEvents] = [
  'open' as keyof typeof pageMethods,
  'isOpen' as keyof typeof pageProperties,
  'open' as keyof typeof pageEvents,
];
const settings: Record<keyof WidgetSettings, true> = {
  locale: true,
  theme: true,
  color: true,
  position: true,
  offsetInline: true,
  offsetBlock: true,
  hidden: true,
  properties: true,
};

test('the reference tells of every method, property, event and setting of the page API', () => {
  const page = pageApi('https://chat.example.com').source;
  for (const name of [...isThere, ...panelMethods]) assert.ok(page.includes(`<code>${name}`), name);
  for (const [call] of Object.values(methods)) assert.ok(page.includes(call.slice(1, -1).split('(')[0] ?? call), call);
  for (const name of [...Object.keys(properties), ...Object.keys(events)])
    assert.ok(page.includes(`<code>${name}</code>`), name);
  const [, update] = methods.update;
  for (const name of Object.keys(settings)) assert.ok(update.includes(`\`${name}\``), name);
});
