/** Something that came later took the place of what was waited for. */
export class SupersededError extends Error {
  readonly code = 'superseded';

  constructor(message = 'Something that came later took its place.') {
    super(message);
    this.name = 'SupersededError';
  }
}
