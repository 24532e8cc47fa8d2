import type { AssigneeFilter, Category, StatusFilter } from '../../shared/contract/conversation.ts';

/** The person chose another filter; the attributes have changed with it. */
export class InboxFilterEvent extends Event {
  static readonly type = 'parlour-filter';
  readonly status: StatusFilter;
  readonly assignee: AssigneeFilter;
  readonly category: Category | null;
  readonly inboxId: string | null;

  constructor(filter: {
    status: StatusFilter;
    assignee: AssigneeFilter;
    category: Category | null;
    inboxId: string | null;
  }) {
    super(InboxFilterEvent.type, { bubbles: true, composed: true });
    this.status = filter.status;
    this.assignee = filter.assignee;
    this.category = filter.category;
    this.inboxId = filter.inboxId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'parlour-filter': InboxFilterEvent;
  }
}
