import { RequestError } from '../../shared/client/client.ts';
import type { GivenPort, GreeterModule } from '../launcher/panel-port.ts';

/**
 * Shows one of the channel's greetings, whatever its rule says.
 * @returns whether the chat is open, which has no place for a preview: then the greeting's words begin the next conversation.
 */
export async function startFlow(port: GivenPort, id: string): Promise<boolean> {
  const { configuration, widget, importModule, address } = port;
  const greeting = String(id);
  if (!configuration.greetings?.some((known) => known.id === greeting)) {
    throw new RequestError({
      code: 'not_found',
      message: `There is no greeting with the id “${greeting}” in this channel’s settings.`,
    });
  }
  const greeter = (await importModule(new URL(configuration.greeter ?? '', address)).catch(() => {
    throw new RequestError({ code: 'unavailable', message: 'The greeting could not be loaded.' });
  })) as GreeterModule;
  if (!widget.isOpen) await greeter.attend({ ...port, greeting });
  // Also where the visitor opened it meanwhile: then there is no preview.
  if (!widget.isOpen) return false;
  configuration.greeting = (await greeter.wordsOf(greeting, port)) ?? configuration.greeting;
  return true;
}
