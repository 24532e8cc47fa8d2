/** Colour arithmetic for tests: WCAG 2.2 contrast, and CSS `color-mix(in oklab, …)` for opaque sRGB colours. */
export type Rgb = readonly [number, number, number];

export function parseHex(hex: string): Rgb {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!digits) throw new Error(`not a six-digit colour: ${hex}`);
  return [1, 2, 3].map((i) => parseInt(digits[i] as string, 16) / 255) as unknown as Rgb;
}

const toLinear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const fromLinear = (c: number): number =>
  Math.min(1, Math.max(0, c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055));

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map(toLinear) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function toOklab(colour: Rgb): Rgb {
  const [r, g, b] = colour.map(toLinear) as unknown as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([L, a, b]: Rgb): Rgb {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    fromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    fromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    fromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** `color-mix(in oklab, a percent%, b)` */
export function mix(a: Rgb, percent: number, b: Rgb): Rgb {
  const [p, q] = [toOklab(a), toOklab(b)];
  const at = (i: 0 | 1 | 2): number => p[i] * (percent / 100) + q[i] * (1 - percent / 100);
  return fromOklab([at(0), at(1), at(2)]);
}

/** A colour of another lightness in oklch, within what a screen can show: what `oklch(from …)` comes to. @param limit of the lightness it has */
export function lightened(colour: Rgb, limit: (lightness: number) => number): Rgb {
  const [lightness, a, b] = toOklab(colour);
  const [red, green, blue] = fromOklab([limit(lightness), a, b]).map((share) => Math.min(1, Math.max(0, share)));
  return [red!, green!, blue!];
}
