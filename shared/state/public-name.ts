/** What visitors call a teammate: the first name. A surname is nobody's business on a stranger's page. */
export function publicName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}
