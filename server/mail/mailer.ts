/** How the server sends mail. */
export type MailSettings = {
  /** smtp:// or smtps://, with user and password if the server wants them; never print it. */
  smtpUrl: string;
  /** What stands in From: an address, or `Name <address>`. */
  from: string;
};

export type Mail = {
  /** One address, and nothing but an address. */
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Names the mail for good, so that whoever gets it twice can tell. */
  id: string;
  date: Date;
};

/**
 * What became of a mail. `later`: the server did not take it this time. `refused`: it never will. `unknown`: it was handed over and nobody said
 * whether it was taken, so sending it again might be sending it twice.
 */
export type Delivery = { state: 'sent' } | { state: 'later' | 'refused' | 'unknown'; reason: string };

/** Sends one mail. Never throws for what the mail server does. */
export type SendMail = (mail: Mail) => Promise<Delivery>;

/** Nobody waits on the other side of a job, but a job that takes a minute counts as abandoned. */
const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

/** One connection a mail: they are few, and a connection kept open is one more thing that is lost at a bad moment. */
export function createMailer({ smtpUrl, from }: MailSettings): SendMail {
  return async ({ to, subject, text, html, id, date }) => {
    // Loaded with the first mail: most servers never send one.
    const { createTransport } = await import('nodemailer');
    let isHandedOver = false;
    const quiet = (): void => undefined;
    const transport = createTransport({
      url: smtpUrl,
      requireTLS: needsSecrecy(smtpUrl),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
      logger: {
        level: quiet,
        trace: quiet,
        debug: quiet,
        // The only one who tells when the last line of a mail has gone out.
        info: (entry: { tnx?: string }) => {
          if (entry.tnx === 'message') isHandedOver = true;
        },
        warn: quiet,
        error: quiet,
        fatal: quiet,
      },
    });
    try {
      await transport.sendMail({
        from,
        // As an object, so that nothing in it is read as a second address.
        to: { name: '', address: to },
        subject: oneLine(subject),
        text,
        html,
        date,
        messageId: `<${id}@${domainOf(from)}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
      return { state: 'sent' };
    } catch (error) {
      return verdict(error, isHandedOver);
    } finally {
      transport.close();
    }
  };
}

/** A password goes to another machine over TLS or not at all: otherwise whoever stands between could talk the two out of it. */
export function needsSecrecy(smtpUrl: string): boolean {
  const { username, password, hostname } = new URL(smtpUrl);
  const isHere = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return (username !== '' || password !== '') && !isHere;
}

function verdict(error: unknown, isHandedOver: boolean): Delivery {
  const { responseCode, command, code } = error as { responseCode?: number; command?: string; code?: string };
  // What the server says may repeat the address, which is nothing for a log.
  const reason = [code, command, responseCode].filter(Boolean).join(' ') || String(error);
  // A sign-in that fails is the operator's to mend; the mail can wait for that.
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (responseCode) return { state: responseCode >= 500 && isAboutMail ? 'refused' : 'later', reason };
  if (isHandedOver) return { state: 'unknown', reason };
  return { state: isAboutMail ? 'refused' : 'later', reason };
}

/** Names come from people, and a line break in a header would begin another header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

export function domainOf(from: string): string {
  return /@([^\s>@]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
}
