import { followLabel } from './follow-label.ts';
import { followRules } from './follow-rules.ts';
import { followSelector } from './follow-selector.ts';
import type { Follower } from './panel-port.ts';

/** All that any channel may ask for. */
export const followChoices: Follower = (port) => {
  const { greeter, launcherSelector } = port.configuration;
  followLabel(port);
  // It comes with the first rule.
  if (greeter) followRules(port);
  if (launcherSelector) followSelector(port, launcherSelector);
};
