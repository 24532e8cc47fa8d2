import { msg } from '@lit/localize';
import type { AssigneeFilter, StatusFilter } from '../../shared/contract/conversation.ts';

type Words = { title: string; hint: string };

/**
 * What an empty list says: each filter is empty for another reason, and most of them are good news.
 * @param others whether there are any of that status, with another owner
 * @param inboxes how many whoever reads is in
 */
export function emptyWords(status: StatusFilter, pile: AssigneeFilter | 'missed', others: boolean, inboxes = 0): Words {
  if (!inboxes) return { title: msg('You are in no inbox yet'), hint: msg('An admin can add you to one.') };
  if (others && status !== 'open') {
    return {
      title: pile === 'mine' ? msg('None of them is yours') : msg('All of them have an owner'),
      hint: msg('You find them under All.'),
    };
  }
  const words: Record<StatusFilter, () => Words> = {
    open: () => openWords[pile](),
    snoozed: () => ({
      title: msg('Nothing is snoozed'),
      hint: msg('Snooze a conversation and it comes back under Open when it matters.'),
    }),
    closed: () => ({
      title: msg('Nothing closed yet'),
      hint: msg('Closed conversations rest here and reopen when the contact writes again.'),
    }),
  };
  return words[status]();
}

const openWords: Record<AssigneeFilter | 'missed', () => Words> = {
  mine: () => ({ title: msg('Nothing waits for you'), hint: msg('Conversations assigned to you appear here.') }),
  unassigned: () => ({
    title: msg('Everyone is looked after'),
    hint: msg('New conversations that nobody owns yet appear here.'),
  }),
  all: () => ({ title: msg('All caught up'), hint: msg('New conversations appear here by themselves.') }),
  missed: () => ({
    title: msg('Nothing was missed'),
    hint: msg('What comes while nobody is there waits here for its answer.'),
  }),
};
