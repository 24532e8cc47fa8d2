/**
 * The entry of `elements.js`: one import, and every element of the inbox can be used in a page. Providers come first: elements
 * already in the page are upgraded in this order, and what asks for a context must find its provider awake.
 */
import { define } from '../shared/ui/define.ts';
import { ComposerElement } from './composer/composer.ts';
import { ContactField } from './contact/contact-field.ts';
import { MergeDialog } from './contact/merge-dialog.ts';
import { AssignMenu } from './conversation/assign-menu.ts';
import { ConversationElement } from './conversation/conversation.ts';
import { SnoozeMenu } from './conversation/snooze-menu.ts';
import { ThreadElement } from './conversation/thread.ts';
import { InboxElement } from './inbox/inbox.ts';
import { Session } from './session/session.ts';
import { WorkspacePanels } from './workspace/workspace-panels.ts';
import { WorkspaceRail } from './workspace/workspace-rail.ts';
import { WorkspaceElement } from './workspace/workspace.ts';

define({
  'parlour-session': Session,
  'parlour-workspace': WorkspaceElement,
  'parlour-workspace-panels': WorkspacePanels,
  'parlour-workspace-rail': WorkspaceRail,
  'parlour-inbox': InboxElement,
  'parlour-conversation': ConversationElement,
  'parlour-thread': ThreadElement,
  'parlour-assign-menu': AssignMenu,
  'parlour-snooze-menu': SnoozeMenu,
  'parlour-composer': ComposerElement,
  'parlour-contact-field': ContactField,
  'parlour-merge-dialog': MergeDialog,
});

void import('./elements-later.ts').then(({ elementsLater }) => define(elementsLater));
