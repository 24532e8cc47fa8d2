/** Something that came later took the place of what was waited for. */
export class SupersededError extends Error {
  readonly code = 'superseded';

  constructor() {
    super('Something that came later took its place.');
    this.name = 'SupersededError';
  }
}
