import { previewOf } from '../../shared/state/preview.ts';
import type { VisitorEvent } from '../../shared/wire/frames.ts';
import type { LauncherPort } from '../launcher/panel-port.ts';

const MOST_CHARACTERS = 4000;

/** Tells the page of each message that came, in the order of coming. */
export function tellMessages(events: readonly VisitorEvent[], emit: LauncherPort['emit']): void {
  for (const { name, part } of events) {
    const isFirst = name === 'conversation.started';
    // Others bring what was there before and has changed.
    if (!part || (!isFirst && name !== 'conversation.replied')) continue;
    const { conversationId, id, author, body, createdAt: at } = part;
    emit('message', { conversationId, id, from: author.kind, text: previewOf(body, MOST_CHARACTERS), at, isFirst });
  }
}
