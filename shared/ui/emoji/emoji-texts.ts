import { msg } from '@lit/localize';

/** What the groups are called, in the order they are shown. */
export function groupTexts(): string[] {
  return [
    msg('Used last'),
    msg('Faces and feelings'),
    msg('People'),
    msg('Animals and nature'),
    msg('Food and drink'),
    msg('Travel and places'),
    msg('Activities'),
    msg('Things'),
    msg('Signs'),
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
