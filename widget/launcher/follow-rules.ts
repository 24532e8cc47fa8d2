import type { Follower, GreeterModule } from './panel-port.ts';
import { kept } from './visitor-record.ts';

/** Shows the launcher where its rule says so, and the first greeting whose rule is fulfilled: one for each address. */
export const followRules: Follower = (port) => {
  const { configuration, dock, widget, importModule, address } = port;
  const navigation = (window as { navigation?: EventTarget }).navigation;
  let url: string | undefined;
  let isGreeted: boolean;
  let arrivedAt: number;

  const attend = (greeting?: string): Promise<void> =>
    (importModule(new URL(configuration.greeter as string, address)) as Promise<GreeterModule>)
      .then((module) => module.attend({ ...port, greeting }))
      // The visitor did not ask for it, so there is nothing to excuse.
      .catch(() => {});

  const look = (event?: Event): void => {
    if (url !== location.href) {
      url = location.href;
      arrivedAt = Date.now();
      isGreeted = false;
    }
    const found = configuration.rule!(widget, arrivedAt, (id) => !kept(configuration.key + ':' + id), event);
    dock.style.display = found ? '' : 'none';
    // Of all that it may be, only an id has one.
    if (!(found as string).length || dock.hidden || widget.isOpen || isGreeted) return;
    isGreeted = true;
    void attend(found as string);
  };

  widget.look = look;
  look();
  // The few browsers that do not tell of it load what sees a change of address.
  if (navigation) navigation.addEventListener('currententrychange', look, port);
  else void attend();
};
