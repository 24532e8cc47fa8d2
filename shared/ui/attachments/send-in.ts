import { msg, str } from '@lit/localize';
import { RequestError } from '../../client/client.ts';
import { readAttachmentLimits, uploadFile } from '../../client/uploads.ts';
import type { FileLine } from '../../client/uploads.ts';
import { refusalIn } from '../language.ts';
import { sizeText } from './file-text.ts';
import type { TrayItem } from './tray-item.ts';

/** What another try of the same file does not change. */
const final: ReadonlySet<string> = new Set(['too_large', 'invalid', 'forbidden', 'unsupported', 'gone']);

/** Whoever shows the file. */
export interface Sender {
  /** What is so of it from now on. */
  change(news: Partial<TrayItem>): void;
  /** It will take a while: called once, at the most. */
  keep(): void;
  /** It is at the server. */
  arrived(): void;
}

/** Sends one file in, and waits with it where it may go through later. What becomes of it is said to the sender, a failure too. */
export async function sendIn(line: FileLine, file: File, item: TrayItem, sender: Sender): Promise<void> {
  const { id, controller } = item;
  const { signal } = controller;
  let isKept = false;
  const keepOnce = (): void => {
    if (!isKept) sender.keep();
    isKept = true;
  };
  const onWait = (reason: RequestError): void => {
    keepOnce();
    const waiting = reason.code === 'rate_limited' ? refusalIn(reason) : msg('Waiting for a connection');
    sender.change({ waiting, share: 0 });
  };
  if (file.size === 0) {
    // Known without the server, which has one word for all that it cannot read.
    sender.change({ error: msg('This file is empty. Choose another one.'), refused: true });
    return;
  }
  sender.change({ error: null, share: 0 });
  try {
    const { maxBytes } = await readAttachmentLimits(line, { signal, onWait });
    if (file.size > maxBytes) {
      const error = msg(str`This file is larger than ${sizeText(maxBytes)}.`);
      sender.change({ error, waiting: null, refused: true });
      return;
    }
    keepOnce();
    const attachment = await uploadFile(line, file, {
      id,
      signal,
      onWait,
      onProgress: (share) => sender.change({ share, waiting: null }),
    });
    sender.change({ attachment, waiting: null, share: 1 });
    sender.arrived();
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof RequestError)) throw error;
    const refused = final.has(error.code);
    sender.change({ error: refusalIn(error), waiting: null, retryable: !refused, refused });
  }
}
