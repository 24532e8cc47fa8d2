/** A real mail server for tests: it takes mail, or does not, as it is told. */
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';

/** A mail as it came. */
export class ReceivedMail {
  readonly from: string;
  readonly to: string[];
  readonly raw: string;

  constructor(from: string, to: string[], raw: string) {
    this.from = from;
    this.to = to;
    this.raw = raw;
  }

  /** The header's lines as they stand, unfolded: one for each time it is there. */
  header(name: string): string[] {
    const [head = ''] = this.raw.split('\r\n\r\n');
    return head
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      .map((line) => line.slice(name.length + 1).trim());
  }

  get subject(): string {
    return words(this.header('subject')[0] ?? '');
  }

  get text(): string {
    return this.#part('text/plain').replaceAll('\r\n', '\n');
  }

  get html(): string {
    return this.#part('text/html');
  }

  #part(type: string): string {
    const boundary = /boundary="?([^";\r\n]+)/.exec(this.raw)?.[1] ?? '';
    for (const part of this.raw.split(`--${boundary}`)) {
      const [head = '', ...rest] = part.replace(/^\r\n/, '').split('\r\n\r\n');
      if (!head.toLowerCase().includes(type) || head.includes('multipart/')) continue;
      const body = rest.join('\r\n\r\n');
      if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString();
      return /quoted-printable/i.test(head) ? unquoted(body) : body;
    }
    return '';
  }
}

/** RFC 2047, as far as mailers use it. */
function words(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, kind: string, coded: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(coded, 'base64').toString() : unquoted(coded.replaceAll('_', ' ')),
    );
}

function unquoted(text: string): string {
  const bytes = text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

export class MailServer {
  readonly mails: ReceivedMail[] = [];
  readonly port: number;

  private constructor(port: number) {
    this.port = port;
  }

  /** @param options of the `smtp-server` package; without them it takes everything, unencrypted and from everybody. */
  static async open(options: SMTPServerOptions = {}): Promise<MailServer> {
    const held: { server?: MailServer } = {};
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          const from = mailFrom ? mailFrom.address : '';
          const to = rcptTo.map(({ address }) => address);
          held.server?.mails.push(new ReceivedMail(from, to, Buffer.concat(chunks).toString('latin1')));
          done();
        });
      },
      ...options,
    });
    // A client that hangs up in the middle is a client's business.
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    after(() => new Promise<void>((resolve) => server.close(resolve)));
    held.server = new MailServer((server.server.address() as AddressInfo).port);
    return held.server;
  }
}
