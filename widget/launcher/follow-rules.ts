import type { ChannelGreeting } from '../../shared/contract/channel.ts';
import type { Follower, GreeterModule } from './panel-port.ts';
import { kept } from './visitor-record.ts';

/** Shows the launcher where its rule says so, and the first greeting whose rule is fulfilled: one for each address. */
export const followRules: Follower = (port) => {
  const { configuration, dock, widget, importModule, address } = port;
  const { key, hideWhen, greetings, everyMs, watch, greeter } = configuration;
  const { navigation } = window as { navigation?: EventTarget };
  let url: string | undefined;
  let greeted: string | undefined;
  let arrivedAt: number;
  let isOver = false;

  const attend = (greeting?: ChannelGreeting): void =>
    void (importModule(new URL(greeter as string, address)) as Promise<GreeterModule>).then(
      (module) => isOver || module.attend({ ...port, greeting }),
      // The visitor did not ask for it, so there is nothing to excuse.
      () => undefined,
    );

  const look = (event?: Event): void => {
    const { href } = location;
    if (url !== href) arrivedAt = Date.now();
    url = href;
    const isRuledOut = hideWhen?.(widget, arrivedAt, event);
    dock.style.display = isRuledOut ? 'none' : '';
    if (isRuledOut || dock.hidden || widget.isOpen || greeted === href) return;
    const greeting = greetings?.find(({ id, when }) => !kept(`${key}:${id}`) && when!(widget, arrivedAt, event));
    if (!greeting) return;
    greeted = href;
    attend(greeting);
  };

  widget.look = look;
  look();
  watch?.(look, widget);
  const timer = everyMs && setInterval(look, everyMs);
  widget.on('destroy', () => {
    isOver = true;
    clearInterval(timer);
    navigation?.removeEventListener('currententrychange', look);
  });
  // The few browsers that do not tell of it load what sees a change of address.
  if (navigation) navigation.addEventListener('currententrychange', look);
  else attend();
};
