import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { buttons, fields, focusRing, reset } from '../../shared/ui/base-styles.ts';
import { tokens } from '../tokens.ts';
import { field } from '../form/field.ts';
import { sectionStyles } from './section-styles.ts';

/** The languages the chat speaks. */
const spokenLanguages = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'tr', 'ja', 'zh', 'ar'] as const;

/** Words that can be said in other languages too. */
export interface Translatable {
  key: string;
  label: string;
  /** What is said where there is no translation. */
  original: string;
  maxLength: number;
  isLong?: boolean;
  /** Whether the original is Parlour's own, which is translated already. */
  isBuiltIn?: boolean;
}

/** By language, then by key. */
export type Translations = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Says what an owner wrote in other languages, one at a time. Holds its own draft; read `value` when it is to be saved.
 *
 * @tag parlour-translation-editor
 * @summary An editor for words in other languages.
 * @fires input - The draft changed, or another language is shown.
 */
export class TranslationEditor extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    buttons,
    fields,
    sectionStyles,
    css`
      :host {
        display: grid;
        gap: var(--_space-3);
      }
      .texts {
        display: grid;
        gap: var(--_space-3);
        padding-inline-start: var(--_space-3);
        border-inline-start: 2px solid var(--_border);
      }
    `,
  ];

  /** What can be translated. */
  @property({ attribute: false }) texts: readonly Translatable[] = [];
  /** What is saved now; giving others starts a new draft. */
  @property({ attribute: false }) translations: Translations = {};
  /** What its choice of a language is called: a page may hold several. */
  @property() label = msg('Language');
  /** The language shown, such as `de`; empty while none is. */
  @property() language = '';

  @state() private draft: Translations = {};

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  /** Without what is empty. */
  get value(): Translations {
    const written = Object.entries(this.draft).map(([language, words]) => {
      const kept = Object.entries(words).flatMap(([key, text]) => (text.trim() ? [[key, text.trim()]] : []));
      return [language, Object.fromEntries(kept) as Record<string, string>] as const;
    });
    return Object.fromEntries(written.filter(([, words]) => Object.keys(words).length > 0));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Every event makes new records; only other words are a reason to throw a draft away.
    if (!changed.has('translations')) return;
    if (JSON.stringify(changed.get('translations')) !== JSON.stringify(this.translations))
      this.draft = this.translations;
  }

  #tell(): void {
    this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  }

  #choose = (event: Event): void => {
    event.stopPropagation();
    this.language = (event.target as HTMLSelectElement).value;
    this.#tell();
  };

  #write(key: string, event: Event): void {
    event.stopPropagation();
    const text = (event.target as HTMLInputElement).value;
    const { draft, language } = this;
    this.draft = { ...draft, [language]: { ...draft[language], [key]: text } };
    this.#tell();
  }

  protected override render(): TemplateResult {
    const { language } = this;
    const written = this.value;
    const others = Object.keys(written).filter((one) => !spokenLanguages.some((spoken) => spoken === one));
    return html`${field(
      {
        name: 'language',
        label: this.label,
        hint: this.#summary(Object.keys(written)),
      },
      html`<select
          class="input"
          id="language"
          aria-describedby="language-description"
          @input=${(event: Event) => event.stopPropagation()}
          @change=${this.#choose}
        >
          <option value="" ?selected=${language === ''}>${msg('Choose a language…')}</option>
          ${[...spokenLanguages, ...others].map(
            (one) => html`<option value=${one} ?selected=${one === language}>
              ${nameOf(one)}${written[one] ? ' ✓' : ''}
            </option>`,
          )}
        </select>`,
    )}
      ${language === '' ? nothing : html`<div class="texts">${this.texts.map((text, index) => this.#text(text, this.#nameOf(index)))}</div>`}`;
  }

  #summary(languages: readonly string[]): string {
    const list = languages.map(nameOf).join(', ');
    if (!this.texts.some(({ isBuiltIn }) => isBuiltIn)) {
      return list
        ? msg(str`Translated: ${list}. Everybody else reads the text above.`)
        : msg('No translations yet: every visitor reads the text above.');
    }
    // Of Parlour's own texts nobody reads what stands above, unless it is in their language.
    const sentences = [
      msg('Where a text above is empty or Parlour’s own, visitors read the built-in text in their language.'),
    ];
    const hasOwn = this.texts.some(({ isBuiltIn }) => !isBuiltIn);
    if (list && hasOwn) sentences.unshift(msg(str`Translated: ${list}. Everybody else reads what you wrote above.`));
    else if (list) sentences.unshift(msg(str`Translated: ${list}.`));
    else if (hasOwn) sentences.unshift(msg('No translations yet: what you wrote above is read by every visitor.'));
    return sentences.join(' ');
  }

  /** Two questions may be worded alike, and still nobody may take one field for the other. */
  #nameOf(index: number): string {
    const label = this.texts[index]?.label ?? '';
    const alike = this.texts.filter((text, at) => text.label === label && at <= index).length;
    return alike > 1 ? `${label} (${alike})` : label;
  }

  #text({ key, original, maxLength, isLong, isBuiltIn }: Translatable, label: string): TemplateResult {
    const { language } = this;
    // What is read where nothing is written here.
    const isTranslated = isBuiltIn && language !== 'en' && spokenLanguages.some((spoken) => spoken === language);
    const placeholder = isTranslated ? msg(str`The built-in text in ${nameOf(language)}`) : original;
    // A key may hold an owner's words, and an id no space.
    const id = `text-${encodeURIComponent(key)}`;
    const value = this.draft[language]?.[key] ?? '';
    const direction = language === 'ar' ? 'rtl' : 'ltr';
    const write = (event: Event): void => this.#write(key, event);
    return field(
      { name: id, label: msg(str`${label} – ${nameOf(language)}`) },
      isLong
        ? html`<textarea
            class="input"
            id=${id}
            rows="2"
            lang=${language}
            dir=${direction}
            maxlength=${maxLength}
            placeholder=${placeholder}
            .value=${value}
            @input=${write}
          ></textarea>`
        : html`<input
            class="input"
            id=${id}
            lang=${language}
            dir=${direction}
            maxlength=${maxLength}
            placeholder=${placeholder}
            .value=${value}
            @input=${write}
          />`,
    );
  }
}

/** As those who speak it call it: German is Deutsch. */
function nameOf(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language', fallback: 'code' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-translation-editor': TranslationEditor;
  }
}
