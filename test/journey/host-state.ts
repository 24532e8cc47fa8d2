/** What a page is made of beside the chat: looks, globals, prototypes, and who listens to it. */
import type { Page } from 'playwright-core';
import { keepLedger } from './ledger.ts';
import type { Outstanding } from './ledger.ts';

export interface HostState {
  /** Of each element: its place and every computed style. */
  looks: string[];
  globals: string[];
  /** Each property of what scripts share, with what it is. */
  prototypes: string[];
}

declare global {
  interface Window {
    outstanding(): Outstanding;
    /** Numbers what it is shown, so that a function in another's place is seen. */
    numberOf(value: unknown): number;
  }
}

/** For `addInitScript`, before anything of the page runs. Compilers keep names of functions by a helper that pages do not have. */
export const watchHost = `{ const __name = (made) => made; (${keepLedger.toString()})();
const numbers = new Map(); window.numberOf = (value) => { if (!numbers.has(value)) numbers.set(value, numbers.size); return numbers.get(value); }; }`;

export function hostState(page: Page): Promise<HostState> {
  return page.evaluate(() => {
    const owners = [
      'Object',
      'Array',
      'Function',
      'String',
      'Number',
      'Promise',
      'Date',
      'Map',
      'Set',
      'RegExp',
      'Error',
      'Node',
      'Element',
      'HTMLElement',
      'ShadowRoot',
      'Document',
      'Event',
      'EventTarget',
      'History',
      'Navigation',
      'XMLHttpRequest',
      'WebSocket',
      'Storage',
      'CSSStyleSheet',
      'CustomElementRegistry',
    ];
    const prototypes: string[] = [];
    for (const name of owners) {
      const owner = (window as unknown as Record<string, { prototype: object } | undefined>)[name];
      for (const [where, object] of [
        [name, owner],
        [`${name}.prototype`, owner?.prototype],
      ] as const) {
        if (!object) continue;
        for (const [key, described] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
          const held = (['value', 'get', 'set'] as const).map((kind) => window.numberOf(described[kind]));
          prototypes.push(`${where}.${key} ${held.join()}`);
        }
      }
    }
    for (const key of [
      'fetch',
      'setTimeout',
      'setInterval',
      'requestAnimationFrame',
      'onerror',
      'JSON',
      'Promise',
      'history',
    ])
      prototypes.push(`window.${key} ${window.numberOf((window as unknown as Record<string, unknown>)[key])}`);
    return {
      looks: [...document.querySelectorAll('html, body, body *')]
        .filter((element) => !element.closest('parlour-widget, script'))
        .map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          const style = getComputedStyle(element);
          return `${element.localName} ${[x, y, width, height].join()} ${[...style].map((name) => `${name}:${style.getPropertyValue(name)}`).join(';')}`;
        }),
      // Lit keeps the list of its versions, for a warning about several; nobody else's code reads it.
      globals: Object.getOwnPropertyNames(window).filter((name) => !/^(Parlour$|lit[A-Z]|reactiveElement)/.test(name)),
      prototypes,
    };
  });
}

export const listenersOf = (page: Page): Promise<string[]> => page.evaluate(() => window.outstanding().listeners);
