export type Theme = 'light' | 'dark';

const storageKey = 'parlour-theme';

/** What was chosen on this device; `null` follows the system. */
export function storedTheme(): Theme | null {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'light' || stored === 'dark' ? stored : null;
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the page.
    return null;
  }
}

export function storeTheme(theme: Theme | null): void {
  try {
    if (theme) localStorage.setItem(storageKey, theme);
    else localStorage.removeItem(storageKey);
  } catch {
    // Storage may be forbidden or full; then the choice lasts as long as the page.
  }
}
