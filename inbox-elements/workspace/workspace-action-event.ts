import type { Theme } from './theme.ts';

export type WorkspaceAction =
  | { kind: 'inbox'; inboxId: string | null }
  | { kind: 'theme'; theme: Theme | null }
  | { kind: 'settings'; page: string }
  | { kind: 'snippet' }
  | { kind: 'sign-out' };

/** What a teammate asks of the frame around the panels. Between the parts of the workspace; it does not leave it. */
export class WorkspaceActionEvent extends Event {
  static readonly type = 'parlour-workspace-action';
  readonly action: WorkspaceAction;

  constructor(action: WorkspaceAction) {
    super(WorkspaceActionEvent.type, { bubbles: true, composed: true });
    this.action = action;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'parlour-workspace-action': WorkspaceActionEvent;
  }
}
