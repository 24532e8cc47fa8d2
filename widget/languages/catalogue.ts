/** The forms of a text with a count, by the rules of `Intl.PluralRules`; `one` is a message of its own (see `plural`). */
export type Forms = { readonly [Rule in Exclude<Intl.LDMLPluralRule, 'one'>]?: string } & { readonly other: string };

/**
 * A language's texts by the English ones, `{0}` standing for the first value in them and `{1}` for the second. `npm run check` holds
 * that each has all of them and no other.
 */
export type Catalogue = Readonly<Record<string, string | Forms>>;
