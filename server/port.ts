import { createServer, type Server } from 'node:net';
import { StartupError } from './kernel/startup-error.ts';

type Address = { host: string; port: number };

/** @throws StartupError */
export function bindPort(server: Server, { host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(asStartupError(error, host, port)));
    server.listen(port, host, resolve);
  });
}

/**
 * Looks whether the port is to be had, before there is a database to start for it.
 * @throws StartupError
 */
export async function checkPort(address: Address): Promise<void> {
  const probe = createServer();
  await bindPort(probe, address);
  await new Promise((resolve) => probe.close(resolve));
}

function asStartupError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program. Stop it, or choose another with PORT.`,
    EACCES: `Port ${port} needs more rights than this user has. Choose one above 1023 with PORT.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Correct HOST, or leave it out.`,
    ENOTFOUND: `HOST is ${host}, which is not an address of this machine. Correct it, or leave it out.`,
    EAI_AGAIN: `HOST is ${host}, a name that cannot be looked up at the moment. Give an address of this machine, or leave it out.`,
  };
  const sentence = sentences[error.code ?? ''];
  return sentence ? new StartupError(sentence) : error;
}
