/** `npm run manifest` writes custom-elements.json: for editors, for the reference, and to see in a diff what elements promise. */

/** Only what an embedder can use: no private members, no modules without a tag (bases, contexts), in an order that never depends on the disk. */
const publicPartOnly = {
  name: 'parlour-public-part',
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      for (const declaration of module.declarations ?? []) {
        const isPublic = ({ name, privacy, static: isStatic }) =>
          privacy !== 'private' && privacy !== 'protected' && !name.startsWith('#') && !(isStatic && name === 'styles');
        if (declaration.members) declaration.members = declaration.members.filter(isPublic);
        // The analyzer takes the first value of any event's constructor for its name.
        if (declaration.events)
          declaration.events = declaration.events.filter(({ name }) => name?.startsWith('parlour-'));
        if (declaration.attributes) declaration.attributes.sort((a, b) => a.name.localeCompare(b.name));
      }
    }
    customElementsManifest.modules = customElementsManifest.modules
      .filter(({ declarations }) => declarations?.some(({ tagName }) => tagName))
      .sort((a, b) => a.path.localeCompare(b.path));
  },
};

export default {
  globs: ['inbox-elements/**/*.ts', 'widget/**/*.ts', 'shared/ui/**/*.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [publicPartOnly],
};
