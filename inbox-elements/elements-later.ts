import { ContactChoice } from './contact/contact-choice.ts';
import { ContactField } from './contact/contact-field.ts';
import { ContactElement } from './contact/contact.ts';
import { SnoozeMenu } from './conversation/snooze-menu.ts';
import { MergeDialog } from './contact/merge-dialog.ts';
import { SetUp } from './set-up/set-up.ts';
import { SignIn } from './sign-in/sign-in.ts';
import { EmbedSnippet } from './snippet/snippet.ts';
import { WorkspaceDialog } from './workspace/workspace-dialog.ts';

/** What no first view of an inbox shows. */
export const elementsLater = {
  'parlour-contact': ContactElement,
  'parlour-contact-field': ContactField,
  'parlour-contact-choice': ContactChoice,
  'parlour-snooze-menu': SnoozeMenu,
  'parlour-merge-dialog': MergeDialog,
  'parlour-workspace-dialog': WorkspaceDialog,
  'parlour-snippet': EmbedSnippet,
  'parlour-sign-in': SignIn,
  'parlour-set-up': SetUp,
};
