import { define } from '../../shared/ui/define.ts';
import { AssignMenu } from '../conversation/assign-menu.ts';
import { SnoozeMenu } from '../conversation/snooze-menu.ts';

/** The menus of a conversation, which no first view shows open. */
export const menuElements = {
  'parlour-assign-menu': AssignMenu,
  'parlour-snooze-menu': SnoozeMenu,
};

/** Opens a menu whose stand-in was pressed before there was a menu. */
export async function unfold(menu: AssignMenu | SnoozeMenu): Promise<void> {
  define(menuElements);
  // Whoever closed the conversation meanwhile, or left it, waits for no menu.
  if (!menu.isConnected) return;
  await menu.updateComplete;
  const isOpen = menu.renderRoot.querySelector(':popover-open');
  if (!isOpen) menu.renderRoot.querySelector('button')!.click();
}
