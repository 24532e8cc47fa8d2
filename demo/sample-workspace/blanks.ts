import { team, type Person, type TeammateKey } from './people.ts';
import type { Chance } from './random.ts';

const products = [
  { page: 'hearth-mug.html', name: 'Hearth mug', glaze: 'oat' },
  { page: 'tide-bowl.html', name: 'Tide bowl', glaze: 'ink' },
  { page: 'ember-teapot.html', name: 'Ember teapot', glaze: 'ember' },
  { page: 'moss-planter.html', name: 'Moss planter', glaze: 'sage' },
  { page: 'dune-plates.html', name: 'set of Dune plates', glaze: 'dune' },
  { page: 'reed-vase.html', name: 'Reed vase', glaze: 'slate' },
] as const;

const cities = [
  'Antwerp',
  'Bergen',
  'Bologna',
  'Bremen',
  'Bristol',
  'Cork',
  'Gdansk',
  'Ghent',
  'Girona',
  'Graz',
  'Groningen',
  'Leipzig',
  'Lille',
  'Ljubljana',
  'Lyon',
  'Malmö',
  'Nantes',
  'Odense',
  'Porto',
  'Riga',
  'Tampere',
  'Tartu',
  'Turin',
  'Utrecht',
  'Valencia',
] as const;
const farCountries = [
  'Argentina',
  'Australia',
  'Canada',
  'Chile',
  'Iceland',
  'Japan',
  'Mexico',
  'New Zealand',
  'Singapore',
  'South Korea',
] as const;

/** The page of a scene; `product` stands for any piece of the shop. */
export function pageFor(page: string, chance: Chance): string {
  return page === 'product' ? chance.pick(products).page : page;
}

/** What the scenes' blanks are filled with in one conversation. */
export function blanksFor(page: string, person: Person, owner: TeammateKey, chance: Chance): Record<string, string> {
  const product = products.find((one) => one.page === page) ?? chance.pick(products);
  const other = chance.pick(products.filter((one) => one !== product));
  const name = person.name?.split(' ')[0];
  return {
    product: product.name,
    other: other.name,
    glaze: product.glaze,
    city: chance.pick(cities),
    country: chance.pick(farCountries),
    order: `K-${chance.between(10_200, 12_999)}`,
    qty: chance.pick(['two', 'four', 'six', 'eight', 'twelve']),
    dozens: chance.pick(['36', '48', '60', '72', '120']),
    amount: chance.pick(['38', '46', '72', '78', '96', '110']),
    under: chance.pick(['72', '76', '78']),
    me: team[owner].name.split(' ')[0]!,
    name: name ?? 'the visitor',
    hello:
      name === undefined
        ? chance.pick(['Hello', 'Hi', 'Good day'])
        : chance.pick([`Hi ${name}`, `Hello ${name}`, `Dear ${name}`]),
  };
}
