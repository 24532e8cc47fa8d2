import type { Plugin } from 'vite';

/** A piece of one of Lit's files as it is published, and what stands in its place. */
type Cut = readonly [piece: string, instead: string];

/**
 * What of Lit no browser that we build for comes to: ways around style sheets and decorators that they lack, doors for polyfills and for
 * pages drawn on a server, through which a host's own could reach into our elements, lists of versions on `window`, templates of
 * formulas, and what it says to whoever puts something into a style sheet that the types refuse, or has two ways to translate.
 */
const cuts: Readonly<Record<string, readonly Cut[]>> = {
  '@lit/reactive-element/css-tag.js': [
    [
      't.ShadowRoot&&(void 0===t.ShadyCSS||t.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype',
      '!0',
    ],
    [
      'if(this._$cssResult$=!0,o!==s)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");',
      'this._$cssResult$=!0;',
    ],
    [
      '(t=>{if(!0===t._$cssResult$)return t.cssText;if("number"==typeof t)return t;throw Error("Value passed to \'css\' function must be a \'css\' function result: "+t+". Use \'unsafeCSS\' to pass non-literal values, but take care to ensure page security.")})(s)',
      '(s.cssText??s)',
    ],
  ],
  '@lit/reactive-element/reactive-element.js': [
    [';Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ';'],
    [
      'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
      '',
    ],
    [',p=a.reactiveElementPolyfillSupport', ''],
    [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")', ''],
  ],
  'lit-html/lit-html.js': [
    [',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");', ';'],
    ['3===i?"<math>":""', '""'],
    ['3===i?"</math>":""', '""'],
    ['2===i||3===i', '2===i'],
  ],
  '@lit/localize/init/install.js': [
    ['let installed = false;', ''],
    ["    if (installed) {\n        throw new Error('lit-localize can only be configured once');\n    }\n", ''],
    ['    installed = true;\n', ''],
  ],
  'lit-element/lit-element.js': [
    [',s.litElementHydrateSupport?.({LitElement:i});const o=s.litElementPolyfillSupport;o?.({LitElement:i});', ';'],
    ['(s.litElementVersions??=[]).push("4.2.2");', ''],
    ['i._$litElement$=!0,', ''],
  ],
};

export const leanFiles = Object.keys(cuts);

/**
 * A file of Lit without that; any other file as it is.
 * @throws where a newer Lit says one of the pieces otherwise: somebody must look at it.
 */
export function withoutUnreached(code: string, path: string): string {
  const file = leanFiles.find((name) => path.endsWith(`/node_modules/${name}`));
  return (cuts[file ?? ''] ?? []).reduce((lean, [piece, instead]) => {
    if (lean.split(piece).length !== 2) throw new Error(`${file} does not hold this exactly once: ${piece}`);
    return lean.replace(piece, () => instead);
  }, code);
}

export function leanLit(): Plugin {
  return {
    name: 'parlour:lean-lit',
    applyToEnvironment: ({ name }) => name !== 'server' && name !== 'demo',
    transform: (code, path) => ({ code: withoutUnreached(code, path), map: null }),
  };
}
