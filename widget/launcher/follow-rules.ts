import { holds } from '../../shared/state/conditions.ts';
import type { Facts } from '../../shared/state/conditions.ts';
import type { GreeterModule, GreetingPort } from './panel-port.ts';
import { kept, recordName } from './visitor-record.ts';
import { watchPage } from './watch-page.ts';

/** What the rules of a channel are followed with. */
export interface RulesPort extends Omit<GreetingPort, 'greeting'> {
  /** Loads the greeter's module; where that fails, nothing happens. */
  withGreeter(use: (greeter: GreeterModule) => void): void;
  /** Whether the launcher may not be seen here and now. */
  exclude(isExcluded: boolean): void;
}

/** Follows them until the widget is destroyed. @returns what judges anew, after something became known */
export type FollowRules = (port: RulesPort) => () => void;

/** Shows the launcher where its rule says so, and the first greeting whose rule is fulfilled: one for each address. */
export const followRules: FollowRules = (port) => {
  const { configuration, dock, widget } = port;
  const { key, showWhen, greetings } = configuration;
  let greeted: string | undefined;

  const judge = (facts: Facts): void => {
    const isExcluded = !!showWhen && !holds(showWhen, facts);
    const { href } = location;
    port.exclude(isExcluded);
    // With a button of the page's own the launcher is never seen, and greets all the same.
    if (isExcluded || (dock.hidden && !configuration.launcherSelector) || widget.isOpen || greeted === href) return;
    const greeting = greetings?.find(({ id, when }) => !kept(recordName(`${key}:${id}`)) && holds(when, facts));
    if (!greeting) return;
    greeted = href;
    port.withGreeter((greeter) => greeter.greet({ ...port, greeting }));
  };

  // The few browsers that do not tell of it load what sees a change of address.
  if (!window.navigation) port.withGreeter((greeter) => greeter.watch(widget));
  return watchPage(widget, recordName(`${key}:since`), port.language, judge, !configuration.askConsent);
};
