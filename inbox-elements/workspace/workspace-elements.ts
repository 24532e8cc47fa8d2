import { AlertChoices } from '../alerts/alert-choices.ts';
import { WorkspacePanels } from './workspace-panels.ts';
import { WorkspaceRail } from './workspace-rail.ts';
import { WorkspaceElement } from './workspace.ts';

/** The frame of the whole app, which pages that embed single elements do not show. */
export const workspaceElements = {
  'parlour-workspace': WorkspaceElement,
  'parlour-workspace-panels': WorkspacePanels,
  'parlour-workspace-rail': WorkspaceRail,
  'parlour-alert-choices': AlertChoices,
};
