/**
 * The entry of `elements.js`: one import, and every element of the inbox can be used in a page. Providers come first: elements
 * already in the page are upgraded in this order, and what asks for a context must find its provider awake.
 *
 * What every embedding page shows at once is in this file. The whole app, and what no first view shows, follow by themselves as
 * modules of their own, so that their tags work as well without holding up the rest.
 */
import { define } from '../shared/ui/define.ts';
import { spoken } from '../shared/ui/language.ts';
import { ComposerElement } from './composer/composer.ts';
import { ConversationElement } from './conversation/conversation.ts';
import { ThreadElement } from './conversation/thread.ts';
import { defineFrom } from './define-from.ts';
import { InboxElement } from './inbox/inbox.ts';
import { Session } from './session/session.ts';

// Its words are English: beside them go the dates and numbers of the reader's own, if they have one.
spoken.locale = navigator.languages.find((one) => /^en\b/i.test(one)) ?? 'en';

define({
  'parlour-session': Session,
  'parlour-inbox': InboxElement,
  'parlour-conversation': ConversationElement,
  'parlour-thread': ThreadElement,
  'parlour-composer': ComposerElement,
});

void defineFrom(() => import('./workspace/workspace-elements.ts').then((module) => module.workspaceElements));
void defineFrom(() => import('./elements-later.ts').then((module) => module.elementsLater));
