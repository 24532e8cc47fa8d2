import type { Follower } from './panel-port.ts';

/** Has the launcher say what the owner wrote on it. */
export const followLabel: Follower = ({ configuration: { launcherLabel, availability, words }, button }) => {
  if (!launcherLabel) return;
  button.textContent = launcherLabel;
  button.ariaLabel = launcherLabel + (availability.open ? `, ${words?.online ?? 'online'}` : '');
};
