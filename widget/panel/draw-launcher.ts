import type { LauncherWords } from '../../shared/contract/channel.ts';
import type { LauncherPort } from '../launcher/panel-port.ts';

export const english: Omit<LauncherWords, 'failed'> = {
  language: 'en',
  open: 'Open chat',
  close: 'Close chat',
  unread: '# unread',
  online: 'online',
};

/** Says on the launcher what is so now: before the panel came there was only whether somebody is there. */
export function drawLauncher({ button, dock, widget, configuration }: LauncherPort): void {
  const { isOpen, unreadCount } = widget;
  const { launcherLabel = '' } = configuration;
  const words = { ...english, ...configuration.words };
  const online = widget.availability.open;
  const badge = button.nextElementSibling as HTMLElement;
  badge.hidden = isOpen;
  badge.className = online ? 'on' : '';
  // The browser makes text of a number, and this is shorter.
  badge.textContent = (unreadCount || '') as string;
  // The button's name says it.
  badge.ariaHidden = 'true';
  const does = isOpen ? words.close : launcherLabel || words.open;
  button.textContent = launcherLabel && does;
  const more = unreadCount ? words.unread.replace('#', unreadCount as never) : online && words.online;
  button.ariaLabel = does + (!isOpen && more ? `, ${more}` : '');
  dock.lang = words.language;
}
