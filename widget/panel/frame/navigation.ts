import type { ChannelConfiguration } from '../../../shared/contract/channel.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { isUnreadByVisitor, newestFirst } from '../../../shared/state/visitor.ts';
import { hasConversed } from '../../launcher/visitor-record.ts';
import type { ReadEvent, SelectEvent } from '../home/home-events.ts';
import type { VisitorChat } from '../visitor-chat.ts';
import { UNNAMED, firstConversation } from '../visitor-memory.ts';

type Chat = Pick<VisitorChat, 'visitor' | 'unsentIn' | 'show' | 'begin'>;

/** The panel, as far as the way through it depends on it. */
export interface NavigatedPanel {
  configuration: Pick<ChannelConfiguration, 'key' | 'startAtHome'> | null;
  chat: Chat | null;
  /** What the browser keeps, or kept, of whoever it is about. */
  record: string | undefined;
  /** Whether something was written here, sent or not, that is not yet a conversation of the server's. */
  isWriting: boolean;
  requestUpdate(): void;
}

/** Where in the chat the visitor is, and where they go. The panel draws it. */
export class Navigation {
  /** The conversation shown; null is the list. */
  conversationId: string | null = null;
  /** The article that lies over it; null is none. */
  articleId: string | null = null;
  /** Where the visitor goes is decided once per look at the chat, when it is known what there is. */
  #undecided = true;
  readonly #panel: NavigatedPanel;

  constructor(panel: NavigatedPanel) {
    this.#panel = panel;
  }

  /** Nobody looks any more: the next look decides again, unless something would be lost sight of. */
  leave(): void {
    this.#undecided ||= !this.#panel.isWriting;
  }

  /** Somebody new may write before there is a chat; what became of somebody known, only the chat knows. */
  wait(): void {
    if (!(this.#isKnown || this.#panel.configuration?.startAtHome)) this.conversationId ??= UNNAMED;
  }

  /** What was begun before there was a chat goes on in it. @returns what it is called from now on */
  goOn(chat: Chat, before: string): string {
    const id = before === UNNAMED ? this.#newId(chat) : before;
    this.conversationId = id;
    chat.begin(id);
    return id;
  }

  /** To what waits to be sent; else straight to the only conversation, or to the one with an answer; to the list when there are several. */
  decide(chat: Chat): void {
    if (!this.#undecided) return;
    const { isWriting, configuration } = this.#panel;
    const { visitor, unsentIn } = chat;
    if (unsentIn && !isWriting) {
      this.#undecided = false;
      return this.show(chat, unsentIn);
    }
    this.#undecided = !visitor;
    this.articleId = null;
    const [newest, another] = newestFirst(visitor);
    // The site owner shows somebody new around first; whoever is known is taken to what there is.
    if (!newest && !this.conversationId && configuration?.startAtHome && !this.#isKnown) return;
    if (!newest || isWriting) this.conversationId ??= this.#begin(chat);
    else if (another && !isUnreadByVisitor(newest)) this.conversationId = null;
    else this.show(chat, newest.id);
  }

  /** Where the list and the articles could not be fetched, a conversation is as good, and "back" tries again. */
  avoidHome(chat: Chat): void {
    this.articleId = null;
    this.show(chat, this.conversationId ?? newestFirst(chat.visitor)[0]?.id ?? this.#begin(chat));
  }

  show(chat: Chat, conversationId: string): void {
    this.conversationId = conversationId;
    chat.show(conversationId);
  }

  readonly select = ({ conversationId }: Partial<SelectEvent>): void => {
    const { chat } = this.#panel;
    this.articleId = null;
    if (chat) this.show(chat, conversationId ?? this.#newId(chat));
    this.#panel.requestUpdate();
  };

  readonly read = ({ articleId }: ReadEvent): void => {
    this.articleId = articleId;
    this.#panel.requestUpdate();
  };

  /** From an article back to where it was opened, from a conversation to the home. */
  readonly goBack = (): void => {
    if (!this.articleId) this.conversationId = null;
    this.articleId = null;
    this.#panel.requestUpdate();
  };

  get #isKnown(): boolean | undefined {
    return hasConversed(this.#panel.configuration!.key);
  }

  /** The first conversation is the same one in every tab: they may begin it at the same moment. */
  #newId({ visitor }: Chat): string {
    return (!this.#isKnown && !visitor?.conversations.size && firstConversation(this.#panel.record!)) || uuidv7();
  }

  /** Somebody new may write at once; for somebody known it is better to wait for what there is. */
  #begin(chat: Chat): string {
    const id = this.#newId(chat);
    if (this.#isKnown) chat.show(id);
    else chat.begin(id);
    return id;
  }
}
