import { msg } from '@lit/localize';

/** What the groups are called, in the order they are shown. */
export function groupTexts(): string[] {
  return [
    msg('Recently used'),
    msg('Faces and feelings'),
    msg('People'),
    msg('Animals and nature'),
    msg('Food and drink'),
    msg('Travel and places'),
    msg('Activities'),
    msg('Objects'),
    msg('Symbols'),
    msg('Flags'),
  ];
}

export function toneTexts(): string[] {
  return [
    msg('No skin tone'),
    msg('Light skin'),
    msg('Medium-light skin'),
    msg('Medium skin'),
    msg('Medium-dark skin'),
    msg('Dark skin'),
  ];
}
