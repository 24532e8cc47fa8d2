import type { ConfigurationModule, PageConfiguration } from './panel-port.ts';

/**
 * Where what the loader does not carry of a channel is: asked for as the loader was.
 * @param address of the loader's script
 */
export const configurationAddress = (address: string): URL =>
  new URL(`configuration.js${new URL(address).search}&rest`, address);

/** Fills in what the loader does not carry; what has changed meanwhile stays. */
export function complete(configuration: PageConfiguration, { default: rest }: ConfigurationModule): void {
  Object.assign(configuration, { ...rest, ...configuration });
}
