/**
 * Black or white, whichever is the more readable upon a colour: at least 4.5:1 (WCAG 2.2), whatever the colour.
 * @param hex such as #0f766e
 */
export function readableOn(hex: string): string {
  let luminance = 0;
  [0.2126, 0.7152, 0.0722].forEach((weight, index) => {
    // The straight piece that sRGB has near black is left out: it changes the sum by less than 0.001.
    luminance += weight * ((+`0x${hex.slice(index * 2 + 1, index * 2 + 3)}` / 255 + 0.055) / 1.055) ** 2.4;
  });
  // Where both contrasts are equal: 1.05 / (l + 0.05) = (l + 0.05) / 0.05.
  return luminance > 0.179 ? '#000' : '#fff';
}
