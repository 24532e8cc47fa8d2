/** Another page of the settings is in front, by its key; `null`: they are closed. Between the parts of the workspace; it does not leave it. */
export class SettingsPageEvent extends Event {
  static readonly type = 'parlour-settings-page';
  readonly page: string | null;

  constructor(page: string | null) {
    super(SettingsPageEvent.type, { bubbles: true, composed: true });
    this.page = page;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'parlour-settings-page': SettingsPageEvent;
  }
}
