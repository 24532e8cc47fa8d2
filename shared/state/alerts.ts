import type { Alerts } from '../contract/teammate.ts';

/** What decides whether a teammate is alerted to a message that they have not read. */
export type AlertFacts = {
  wanted: Alerts;
  /** As the chat is to visitors as far as this teammate goes: their own switch is off, or the inbox is outside its hours. */
  chatOff: boolean;
  /** Begun while nobody was there, and not answered yet. */
  missed: boolean;
  fromWebChat: boolean;
  assignedToThem: boolean;
};

/** A missed conversation: wanted, chat off, and from the web chat. */
export function alertsOfMissed({ wanted, chatOff, missed, fromWebChat }: AlertFacts): boolean {
  return missed && wanted.missed && chatOff && fromWebChat;
}

/** A message in a conversation of theirs: wanted, chat off, and assigned to them. */
export function alertsOfYours({ wanted, chatOff, assignedToThem }: AlertFacts): boolean {
  return wanted.yours && chatOff && assignedToThem;
}

/** Which alert a message gives, if any. What is theirs is said to be theirs, also when it was missed. */
export function alertFor(facts: AlertFacts): keyof Alerts | null {
  if (alertsOfYours(facts)) return 'yours';
  return alertsOfMissed(facts) ? 'missed' : null;
}
