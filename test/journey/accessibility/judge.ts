/** What can be measured of a screen that axe does not: sizes, edges, movement, borders. */
import type { Page } from 'playwright-core';

/** Runs in the page. Names what is wrong with what is shown of the chat. */
function measure(): string[] {
  const problems: string[] = [];
  const roots: ShadowRoot[] = [];
  const all: HTMLElement[] = [];
  const collect = (root: ShadowRoot): void => {
    roots.push(root);
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      all.push(element);
      if (element.shadowRoot) collect(element.shadowRoot);
    }
  };
  const host = document.querySelector('parlour-widget')?.shadowRoot;
  if (host) collect(host);
  const isShown = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
  };
  const name = (element: HTMLElement): string => {
    const words = element.ariaLabel ?? element.textContent?.replaceAll(/\s+/g, ' ').trim().slice(0, 40);
    return `<${element.localName} ${[...element.classList].join('.')}> "${words}"`;
  };
  const parentOf = (element: Element): Element | null => {
    const root = element.getRootNode();
    return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  };
  const ancestors = (element: Element): Element[] => {
    const found: Element[] = [];
    for (let at = parentOf(element); at; at = parentOf(at)) found.push(at);
    return found;
  };
  const scrollsSideways = (element: Element): boolean =>
    ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1;
  const isForced = matchMedia('(forced-colors: active)').matches;
  const isSlow = matchMedia('(prefers-reduced-motion: reduce)').matches;

  for (const element of all.filter(isShown)) {
    const style = getComputedStyle(element);
    const { left, right, width, height } = element.getBoundingClientRect();
    const isControl = element.matches('button,a[href],input:not([type=file]),select,textarea');
    const above = ancestors(element);
    // Pictures side by side may be moved sideways; the rest may not.
    const isInRow = above.some(scrollsSideways);
    if (isControl) {
      const isInText = element.localName === 'a' && style.display === 'inline';
      const label = (element as HTMLInputElement).labels?.[0]?.getBoundingClientRect();
      const isLarge = Math.min(width, height) >= 23.9 || (label && Math.min(label.width, label.height) >= 23.9);
      if (!isInText && !isLarge)
        problems.push(`${name(element)} is ${width.toFixed(1)} × ${height.toFixed(1)}: too small`);
      if (!isInRow && (left < -1 || right > innerWidth + 1))
        problems.push(`${name(element)} reaches out of the window`);
      const hasEdge = (one: Element): boolean => {
        const { borderBlockEndStyle, borderBlockEndWidth, outlineStyle, forcedColorAdjust } = getComputedStyle(one);
        return (
          forcedColorAdjust === 'none' ||
          (borderBlockEndStyle !== 'none' && borderBlockEndWidth !== '0px') ||
          outlineStyle !== 'none'
        );
      };
      if (
        isForced &&
        !isInText &&
        !element.matches('[type=checkbox],[type=radio]') &&
        ![element, ...above.slice(0, 2)].some(hasEdge)
      )
        problems.push(`${name(element)} has no edge in forced colours`);
      const isFocused = (element.getRootNode() as Document | ShadowRoot).activeElement === element;
      const hasRing = (one: Element): boolean => getComputedStyle(one).outlineStyle !== 'none';
      if (isForced && isFocused && element.localName === 'textarea' && ![element, ...above.slice(0, 2)].some(hasRing))
        problems.push(`${name(element)} has no ring in forced colours`);
    }
    if (isForced && element.matches('.hours.open')) {
      const groundOf = (one: Element, pseudo?: string): string => getComputedStyle(one, pseudo).backgroundColor;
      const ground = above.map((one) => groundOf(one)).find((color) => !color.endsWith(', 0)'));
      if (groundOf(element, '::before') === ground)
        problems.push(`${name(element)} looks as if nobody were there in forced colours`);
    }
    if (element.localName === 'img' && !isInRow && (left < -1 || right > innerWidth + 1))
      problems.push(`${name(element)} reaches out of the window`);
    const isHidden = style.clipPath !== 'none' || above.some((one) => getComputedStyle(one).clipPath !== 'none');
    if (isHidden) continue;
    if (scrollsSideways(element) && element.localName !== 'pre' && element.scrollHeight > element.clientHeight + 1)
      problems.push(`${name(element)} is scrolled in two dimensions`);
    const cuts = ['hidden', 'clip'].includes(style.overflowX) && style.textOverflow !== 'ellipsis';
    if (cuts && element.scrollWidth > element.clientWidth + 1 && element.localName !== 'textarea')
      problems.push(`${name(element)} cuts off ${element.scrollWidth - element.clientWidth} px of what is in it`);
  }
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
    problems.push('the page can be scrolled sideways');
  if (isSlow)
    for (const animation of roots.flatMap((root) => root.getAnimations()))
      if (Number(animation.effect?.getComputedTiming().duration) > 1)
        problems.push(`something moves: ${(animation as CSSAnimation).animationName ?? 'a transition'}`);
  return [...new Set(problems)];
}

/** Runs in the page. Where the focus is, and whether that can be seen. */
function look(): { where: string; isSeen: boolean; isInChat: boolean } {
  let element = document.activeElement;
  const path: Element[] = [];
  for (; element; element = element.shadowRoot?.activeElement ?? null) path.push(element);
  const at = path.at(-1) as HTMLElement | undefined;
  if (!at || at === document.body) return { where: 'nowhere', isSeen: false, isInChat: false };
  const labels = 'labels' in at ? (at as HTMLInputElement).labels : null;
  const words = at.ariaLabel ?? (labels?.[0] ?? at).textContent;
  const shows = (one: Element | null): boolean => {
    if (!one) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
  };
  const { left, top, right, bottom } = at.getBoundingClientRect();
  const isInWindow = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  return {
    where: `${at.role ?? at.localName} "${words?.replaceAll(/\s+/g, ' ').trim().slice(0, 60)}"`,
    isSeen: isInWindow && (shows(at) || shows(at.parentElement)),
    isInChat: path[0]?.localName === 'parlour-widget',
  };
}

/** What compiles the tests names functions by a helper that pages do not have. */
const inPage = <T>(page: Page, task: () => T): Promise<T> =>
  page.evaluate(`(() => { const __name = (named) => named; return (${String(task)})(); })()`);

export const problemsOn = (page: Page): Promise<string[]> => inPage(page, measure);
export const focusOn = (page: Page): Promise<ReturnType<typeof look>> => inPage(page, look);
