/** Fired by <parlour-sign-in> and <parlour-set-up> when the browser holds a session: what needs one may begin. */
export class SignedInEvent extends Event {
  static readonly type = 'parlour-signed-in';
  constructor() {
    super(SignedInEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'parlour-signed-in': SignedInEvent;
  }
}
