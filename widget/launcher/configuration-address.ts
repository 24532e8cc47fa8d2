import type { ConfigurationModule, GivenPort } from './panel-port.ts';

/**
 * Where what the loader does not carry of a channel is: asked for as the loader was.
 * @param address of the loader's script
 */
export function configurationAddress(address: string): URL {
  return new URL(`configuration.js${new URL(address).search}&rest=1`, address);
}

/** Some browsers remember that an address failed; with another query it is another address. */
let again = '';

/** Fills in what the loader does not carry; what has changed meanwhile stays. */
export async function completed({ configuration, address, importModule }: GivenPort): Promise<void> {
  const from = configurationAddress(address);
  const { default: rest } = (await importModule(from).catch(() => {
    from.search += again += '&';
    return importModule(from);
  })) as ConfigurationModule;
  Object.assign(configuration, { ...rest, ...configuration });
}
