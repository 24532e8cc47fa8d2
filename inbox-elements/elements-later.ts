import { ContactChoice } from './contact/contact-choice.ts';
import { ContactField } from './contact/contact-field.ts';
import { ContactElement } from './contact/contact.ts';
import { MergeDialog } from './contact/merge-dialog.ts';
import { menuElements } from './menu/menu-elements.ts';
import { SetUp } from './set-up/set-up.ts';
import { SignIn } from './sign-in/sign-in.ts';
import { EmbedSnippet } from './snippet/snippet.ts';
import { WorkspaceDialog } from './workspace/workspace-dialog.ts';

/** What no first view of an inbox shows. */
export const elementsLater = {
  'parlour-contact': ContactElement,
  'parlour-contact-field': ContactField,
  'parlour-contact-choice': ContactChoice,
  ...menuElements,
  'parlour-merge-dialog': MergeDialog,
  'parlour-workspace-dialog': WorkspaceDialog,
  'parlour-snippet': EmbedSnippet,
  'parlour-sign-in': SignIn,
  'parlour-set-up': SetUp,
};
