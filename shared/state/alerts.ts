import type { Conversation } from '../contract/conversation.ts';
import type { Inbox } from '../contract/inbox.ts';
import type { Alerts } from '../contract/teammate.ts';

/** What decides whether a teammate is alerted to a message that they have not read. */
export type AlertFacts = {
  wanted: Alerts;
  /** As the chat is to visitors as far as this teammate goes: their own switch is off, or the inbox is outside its hours. */
  chatOff: boolean;
  /** Begun while nobody was there, and not answered yet. */
  missed: boolean;
  fromWebChat: boolean;
  assignee: 'them' | 'another' | 'nobody';
  /** Whom the inbox tells of what is not theirs. */
  notifies: Inbox['notifies'];
  /** Theirs in the inbox; null for who is no member. */
  role: Inbox['members'][number]['role'] | null;
};

/** What is theirs is between them and their own choice, what is another's is no news; of the rest the inbox says who is told. */
function isTold({ assignee, notifies, role }: AlertFacts): boolean {
  if (assignee !== 'nobody') return assignee === 'them';
  return notifies === 'everyone' || (notifies === 'admins' && role === 'admin');
}

/** A missed conversation: wanted, chat off, from the web chat, theirs or nobody's, and a member whom the inbox tells. */
export function alertsOfMissed(facts: AlertFacts): boolean {
  const { wanted, chatOff, missed, fromWebChat, role } = facts;
  return missed && wanted.missed && chatOff && fromWebChat && role !== null && isTold(facts);
}

/** A new conversation: chat on, theirs or nobody's, and told by the inbox. Nobody chooses these for themselves. */
export function alertsOfNew(facts: AlertFacts): boolean {
  return !facts.chatOff && isTold(facts);
}

/** A message in a conversation of theirs: wanted, chat off, and assigned to them. */
export function alertsOfYours({ wanted, chatOff, assignee }: AlertFacts): boolean {
  return wanted.yours && chatOff && assignee === 'them';
}

/** Which alert a message gives, if any. What is theirs is said to be theirs, also when it was missed. */
export function alertFor(facts: AlertFacts): keyof Alerts | null {
  if (alertsOfYours(facts)) return 'yours';
  return alertsOfMissed(facts) ? 'missed' : null;
}

/** Whose a conversation is to a teammate. */
export function assigneeFor(
  { assigneeId }: Pick<Conversation, 'assigneeId'>,
  teammateId: string,
): AlertFacts['assignee'] {
  if (assigneeId === null) return 'nobody';
  return assigneeId === teammateId ? 'them' : 'another';
}
