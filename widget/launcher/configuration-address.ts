import type { ConfigurationModule, PageConfiguration } from './panel-port.ts';

/**
 * Where what the loader does not carry of a channel is: asked for as the loader was.
 * @param address of the loader's script
 */
export function configurationAddress(address: string): URL {
  return new URL(`configuration.js${new URL(address).search}&rest=1`, address);
}

/** Fills in what the loader does not carry; what has changed meanwhile stays. */
export async function completed(configuration: PageConfiguration, address: string): Promise<void> {
  const { href } = configurationAddress(address);
  const { default: rest } = (await import(/* @vite-ignore */ href)) as ConfigurationModule;
  Object.assign(configuration, { ...rest, ...configuration });
}
