/**
 * Registers elements by tag, skipping tags already taken: a page may include a bundle twice, or two bundles that share
 * an element. Classes never register themselves, so importing one changes nothing.
 */
export function define(table: Readonly<Record<string, CustomElementConstructor>>): void {
  for (const [tag, element] of Object.entries(table)) {
    if (!customElements.get(tag)) customElements.define(tag, element);
  }
}
