import type { VisitorPart } from '../../../shared/contract/part.ts';
import type { VisitorSnapshot } from '../../../shared/contract/visitor.ts';
import '../../../widget/api/page-api.ts';
import { startWidget } from '../../../widget/loader/start-widget.ts';
import type { WidgetComposer } from '../../../widget/panel/composer/widget-composer.ts';
import type { WidgetPanel } from '../../../widget/panel/frame/widget-panel.ts';
import { mountPanel, wipe } from '../../../widget/panel/panel.ts';
import type { WidgetThread } from '../../../widget/panel/thread/widget-thread.ts';
import { afterEach, settled, until } from '../../page.ts';
import { FakeVisitorClient } from '../fake-visitor-client.ts';
import { conversationId, sampleConfiguration, sampleSnapshot, sampleVisitorConversation } from '../sample.ts';

/** A widget in the page, opened, on a line without a wire. */
export class OpenPanel {
  readonly client: FakeVisitorClient;
  readonly host: HTMLElement;

  constructor(client: FakeVisitorClient, host = [...document.querySelectorAll<HTMLElement>('parlour-widget')].at(-1)!) {
    this.client = client;
    this.host = host;
  }

  get root(): ShadowRoot {
    return this.host.shadowRoot as ShadowRoot;
  }

  get launcher(): HTMLButtonElement {
    return this.root.querySelector('button') as HTMLButtonElement;
  }

  get panel(): WidgetPanel {
    return this.root.querySelector('parlour-widget-panel') as WidgetPanel;
  }

  /** What is said before anything else. */
  get greeting(): string {
    const place = this.panel.renderRoot.querySelector('parlour-widget-greeting') ?? this.thread;
    return place.renderRoot.querySelector('.bubble')?.textContent ?? '';
  }

  get thread(): WidgetThread {
    return this.panel.renderRoot.querySelector('parlour-widget-thread') as WidgetThread;
  }

  get composer(): WidgetComposer {
    return this.panel.renderRoot.querySelector('parlour-widget-composer') as WidgetComposer;
  }

  get field(): HTMLTextAreaElement {
    return this.composer.renderRoot.querySelector('textarea') as HTMLTextAreaElement;
  }

  get bubbles(): string[] {
    return [...(this.thread?.renderRoot?.querySelectorAll('.messages .bubble') ?? [])].map(
      (bubble) => bubble.textContent ?? '',
    );
  }

  /** What stands below the bubbles. */
  get statuses(): string[] {
    return [...this.thread.renderRoot.querySelectorAll('.status')].map((status) => (status.textContent ?? '').trim());
  }

  async settle(): Promise<void> {
    await settled(this.panel);
    for (const part of this.panel.renderRoot.querySelectorAll('*')) await settled(part);
  }

  async type(text: string): Promise<void> {
    this.field.value = text;
    this.field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    // The first letter has what draws messages fetched.
    await customElements.whenDefined('parlour-widget-thread');
    await this.settle();
  }

  /** Presses Enter in the field; whether the widget took the key for itself. */
  async press(init: KeyboardEventInit = {}): Promise<boolean> {
    const event = new KeyboardEvent('keydown', {
      key: 'Enter',
      bubbles: true,
      composed: true,
      cancelable: true,
      ...init,
    });
    this.field.dispatchEvent(event);
    await this.settle();
    return event.defaultPrevented;
  }

  async send(text: string): Promise<void> {
    await this.type(text);
    await this.press();
  }

  async welcome(snapshot: VisitorSnapshot = sampleSnapshot()): Promise<void> {
    this.client.welcome(snapshot);
    await this.settle();
  }

  /** Welcomes a visitor who has one conversation, and shows its thread. */
  async welcomeWith(parts: VisitorPart[], readSeq = parts.length): Promise<void> {
    this.client.threads.set(conversationId, parts);
    const conversation = sampleVisitorConversation({ publicSeq: parts.length, readSeq });
    await this.welcome(sampleSnapshot({ conversations: [conversation] }));
    await customElements.whenDefined('parlour-widget-thread');
    // It is defined a moment before it stands there.
    await until(() => (this.thread as typeof this.thread | null)?.thread.thread.loaded, 'the thread is shown');
    await this.settle();
  }
}

/** @param search of the script's address: a second widget of a page has another name */
export async function openPanel(
  changes: Parameters<typeof sampleConfiguration>[0] = {},
  search = '',
): Promise<OpenPanel> {
  const client = new FakeVisitorClient();
  startWidget(sampleConfiguration(changes), `${location.origin}/widget.js${search}`, async () => ({
    mountPanel: (port) => mountPanel(port, () => client),
    wipe: wipe!,
  }));
  const opened = new OpenPanel(client);
  opened.launcher.click();
  await until(() => opened.panel?.open && opened.panel.chat, 'the panel is open, with a chat');
  // The last that is drawn.
  await customElements.whenDefined('parlour-widget-greeting');
  await opened.settle();
  return opened;
}

afterEach(() => {
  for (const widget of Object.values(window.Parlour?.widgets ?? {})) widget.destroy();
  localStorage.clear();
  sessionStorage.clear();
});
