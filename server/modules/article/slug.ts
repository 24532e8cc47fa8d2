/** A title as an address: "Größen & Maße" is `grossen-masse`. A script without Latin letters has none, and gets a plain word. */
export function slugOf(title: string): string {
  const latin = title.replaceAll('ß', 'ss').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = latin.replace(/[^a-z0-9]+/g, '-').slice(0, 60);
  return slug.replace(/^-+|-+$/g, '') || 'article';
}
