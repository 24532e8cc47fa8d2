import type { Attachment } from '../../shared/contract/attachment.ts';
import type { Message } from './deliver.ts';

/** What a teammate writes: a `reply` the contact sees, or a `note` only the team sees. */
export type MessageKind = 'reply' | 'note';

/** Something is about to be sent. Cancel it to keep it in the composer. */
export class BeforeSendEvent extends Event {
  static readonly type = 'parlour-before-send';
  readonly text: string;
  readonly kind: MessageKind;

  /** Whether the conversation is closed with it. */
  readonly closes: boolean;

  constructor(text: string, kind: MessageKind, closes = false) {
    super(BeforeSendEvent.type, { bubbles: true, composed: true, cancelable: true });
    this.text = text;
    this.kind = kind;
    this.closes = closes;
  }
}

/** Something was handed to the line. */
export class SendEvent extends Event {
  static readonly type = 'parlour-send';
  /** The id the message will have once the server has it. */
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  readonly kind: MessageKind;
  readonly attachments: readonly Attachment[];
  /** Whether the conversation is closed with it. */
  readonly closes: boolean;
  /** How far whoever closes with it had seen the conversation; `null` where nobody knows. */
  readonly seenSeq: number | null;
  /** Settles when the server has committed the message, or refused it (RequestError). */
  readonly delivered: Promise<unknown>;

  constructor(conversationId: string, message: Message, delivered: Promise<unknown>) {
    super(SendEvent.type, { bubbles: true, composed: true });
    this.id = message.id;
    this.conversationId = conversationId;
    this.text = message.text;
    this.kind = message.kind;
    this.attachments = message.attachments ?? [];
    this.closes = !!message.closes;
    this.seenSeq = message.seenSeq ?? null;
    this.delivered = delivered;
  }
}

/** The server refused a message. Cancel it to show that yourself; else the composer does, and gives the text back. */
export class SendFailedEvent extends Event {
  static readonly type = 'parlour-send-failed';
  readonly id: string;
  readonly text: string;
  readonly kind: MessageKind;
  /** Why, as a sentence for people. */
  readonly reason: string;

  constructor(message: { id: string; text: string; kind: MessageKind }, reason: string) {
    super(SendFailedEvent.type, { bubbles: true, composed: true, cancelable: true });
    this.id = message.id;
    this.text = message.text;
    this.kind = message.kind;
    this.reason = reason;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'parlour-before-send': BeforeSendEvent;
    'parlour-send': SendEvent;
    'parlour-send-failed': SendFailedEvent;
  }
}
