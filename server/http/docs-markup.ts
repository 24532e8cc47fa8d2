/** A piece of HTML. Only `html` makes one, and it escapes all that is not one already. */
export class Markup {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

type Value = Markup | readonly (Markup | null)[] | string | number | null | undefined | false;

export function html(strings: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(strings.reduce((made, string, index) => made + render(values[index - 1]) + string));
}

function render(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.source;
  if (typeof value === 'object') return value.map(render).join('');
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** One line of prose, with `code` and **strong**. */
export function prose(text: string): Markup {
  const pieces = text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((piece) => {
    if (piece.startsWith('`')) return html`<code>${piece.slice(1, -1)}</code>`;
    if (piece.startsWith('**')) return html`<strong>${piece.slice(2, -2)}</strong>`;
    return html`${piece}`;
  });
  return html`${pieces}`;
}

export function joined(pieces: readonly Markup[], between: Markup): Markup {
  return html`${pieces.flatMap((piece, index) => (index === 0 ? [piece] : [between, piece]))}`;
}
