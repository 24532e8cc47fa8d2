import { holds } from '../../shared/state/conditions.ts';
import type { Facts } from '../../shared/state/conditions.ts';
import type { GreeterModule, GreetingPort } from './panel-port.ts';
import { kept, recordName } from './visitor-record.ts';
import { watchPage } from './watch-page.ts';

/** What the rules of a channel are followed with. */
export interface RulesPort extends Omit<GreetingPort, 'greeting'> {
  importGreeter(): Promise<GreeterModule>;
  /** Whether the launcher may not be seen here and now. */
  exclude(isExcluded: boolean): void;
}

export type FollowRules = (port: RulesPort) => {
  /** Judges anew, after something became known. */
  look(): void;
  stop(): void;
};

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
    port.importGreeter().then(
      ({ greet }) => greet({ ...port, greeting }),
      // The visitor did not ask for it, so there is nothing to excuse.
      () => undefined,
    );
  };

  return watchPage(widget, recordName(`${key}:since`), port.language, judge, !configuration.askConsent);
};
