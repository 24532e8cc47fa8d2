import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { msg, str } from '@lit/localize';
import type { Directory } from '../../shared/state/directory.ts';
import { alertFor, alertsOfNew, assigneeFor, type AlertFacts } from '../../shared/state/alerts.ts';
import { categoryOf } from '../../shared/state/category.ts';
import type { WorkspaceEvent } from '../../shared/wire/frames.ts';
import { contactLabel } from '../contact/contact-label.ts';
import { ClientFollower } from '../context/client-follower.ts';
import { deviceAlerts } from './device-alerts.ts';
import { RotationWait } from './rotation-wait.ts';

type News = { title: string; body: string; conversationId: string };

/** What an event is worth telling a teammate of who is not looking, by the same rules as the alerts by email; and a new conversation while their chat is on, if the inbox tells them. */
export function newsOf(event: WorkspaceEvent, directory: Directory, now: number): News | null {
  const { conversation, part, contact } = event.records;
  if (!conversation || part?.author.kind !== 'contact' || part.kind !== 'message') return null;
  const { me } = directory;
  const inbox = directory.inboxes.get(conversation.inboxId);
  const chatOff = !me.available || !isOpen(inbox?.availability, now);
  const facts: AlertFacts = {
    wanted: me.alerts,
    chatOff,
    missed: categoryOf(conversation, me.id) === 'missed',
    fromWebChat: directory.channels.get(conversation.channelId ?? '')?.kind === 'web-chat',
    assignee: assigneeFor(conversation, me.id),
    notifies: inbox?.notifies ?? 'everyone',
    role: inbox?.members.find(({ teammateId }) => teammateId === me.id)?.role ?? null,
  };
  const isNew = event.name === 'conversation.started' && alertsOfNew(facts);
  const alert = alertFor(facts) ?? (isNew ? 'fresh' : null);
  if (!alert) return null;
  const name = contactLabel(contact, conversation.contactId);
  const titles = {
    missed: () => msg(str`Missed conversation with ${name}`),
    yours: () => msg(str`New message from ${name}`),
    fresh: () => msg(str`New conversation with ${name}`),
  };
  return {
    title: titles[alert](),
    body: conversation.lastMessage.preview,
    conversationId: conversation.id,
  };
}

function isOpen(availability: { open: boolean; changesAt: string | null } | undefined, now: number): boolean {
  if (!availability) return true;
  const turned = availability.changesAt !== null && Date.parse(availability.changesAt) <= now;
  return turned !== availability.open;
}

/** Shows notifications of the browser while the inbox is open and nobody looks at it. */
export class AlertNotifier implements ReactiveController {
  readonly #shown = new Set<Notification>();

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    parts: { directory: () => Directory | null; open: (conversationId: string) => void },
  ) {
    host.addController(this);
    const tell = (event: WorkspaceEvent): void => {
      const directory = parts.directory();
      if (!directory || document.hasFocus() || deviceAlerts() !== 'on') return;
      const news = newsOf(event, directory, Date.now());
      if (news) this.#show(news, parts.open);
    };
    const rotation = new RotationWait(tell);
    new ClientFollower(host, {
      begin: () => undefined,
      events: (events) => {
        const directory = parts.directory();
        if (!directory) return;
        for (const event of events) {
          if (!rotation.takes(event, directory)) tell(event);
        }
      },
      end: () => {
        rotation.stop();
        this.#clear();
      },
    });
  }

  hostConnected(): void {
    window.addEventListener('focus', this.#clear);
  }

  hostDisconnected(): void {
    window.removeEventListener('focus', this.#clear);
  }

  #show({ title, body, conversationId }: News, open: (conversationId: string) => void): void {
    try {
      // More of the same conversation takes the place of what was said of it, without another sound.
      const notification = new Notification(title, { body, tag: conversationId });
      this.#shown.add(notification);
      notification.addEventListener('click', () => {
        window.focus();
        open(conversationId);
      });
    } catch {
      // Telephones show them only from a service worker, which a page that embeds the inbox need not have.
    }
  }

  /** Whoever looks has seen it. */
  readonly #clear = (): void => {
    for (const notification of this.#shown) notification.close();
    this.#shown.clear();
  };
}
