import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { ChannelConfiguration } from '../../../shared/contract/channel.ts';
import type { VisitorState } from '../../../shared/state/visitor.ts';
import { avatar } from '../../../shared/ui/avatar.ts';
import { icon } from '../../../shared/ui/icon.ts';
import { chevronLeftIcon, closeIcon } from '../../../shared/ui/first-icons.ts';
import { isOpenAt } from '../is-open-at.ts';
import type { VisitorChat } from '../visitor-chat.ts';
import { WidgetEvent } from '../widget-event.ts';
import { hoursWithWait } from './hours-with-wait.ts';
import { headerStyles } from './widget-header-styles.ts';

/** More faces than this are a crowd; beside a conversation, the name needs the room. */
const MOST_FACES = 3;

/** A picture that does not come leaves no gap. */
const show = ({ target, type }: Event): unknown => ((target as HTMLElement).hidden = type === 'error');

/**
 * Who the visitor talks to, and when they are there.
 *
 * @tag parlour-widget-header
 * @summary The panel's head: name, faces, opening hours, ways back and out.
 * @fires parlour-widget-back - The visitor wants to leave what is shown.
 * @fires parlour-widget-close - The visitor closes the panel.
 * @csspart logo - The site owner's logo.
 * @csspart header - All of it.
 * @csspart name - The workspace's name.
 * @csspart hours - When somebody is there.
 * @csspart close - The close button.
 */
export class WidgetHeader extends LitElement {
  static override styles = headerStyles;
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    answering: { attribute: false },
    back: { attribute: false },
    bare: { attribute: false },
    chat: { attribute: false },
    conversationId: { attribute: false },
    closable: { attribute: false },
    large: { type: Boolean, reflect: true },
    now: { attribute: false },
    offline: { attribute: false },
    configuration: { attribute: false },
    visitor: { attribute: false },
  };

  /** Who answers in the conversation shown at this moment. */
  answering: string | undefined;
  /** What the way back is called, for whoever hears it or points at it; empty where there is none. */
  back = '';
  /** Whether the home below says who is there. */
  bare = false;
  chat: VisitorChat | null = null;
  /** The conversation shown; null is none. */
  conversationId: string | null = null;
  /** Whether there is a way out: not where the chat is a part of the page. */
  closable = true;
  /** Whether this is a first meeting, for which there is room. */
  large = false;
  /** Unix milliseconds at which the hours were looked at. */
  now = Date.now();
  /** Whether there is no line, and so no telling who is there. */
  offline = false;
  configuration: ChannelConfiguration | null = null;
  /** Null until the server has said who is there. */
  visitor: VisitorState | null = null;

  #goBack = ({ detail }: MouseEvent): void => {
    // Pressed twice at once, it leads back once. Presses that go on are meant.
    if (detail !== 2) this.dispatchEvent(new WidgetEvent('parlour-widget-back'));
  };

  #close = (): void => {
    this.dispatchEvent(new WidgetEvent('parlour-widget-close'));
  };

  override render(): TemplateResult | typeof nothing {
    const { chat, configuration, conversationId, visitor, now } = this;
    if (!configuration) return nothing;
    const availability = visitor?.availability ?? configuration.availability;
    const { answering, large } = this;
    const isOpen = isOpenAt(availability, now);
    const isHere = isOpen || answering;
    // Whoever answers is there, whatever the hours say.
    const hours = answering && !isOpen ? msg(str`${answering} is answering`) : hoursWithWait(availability, now);
    const isFaceless = this.bare || configuration.showFaces === false;
    const faces = isFaceless ? [] : (visitor?.team.slice(0, large ? MOST_FACES : 1) ?? []);
    return html`
      <div part="header" class="bar">
        <div class="lead">
          ${
            this.back
              ? html`<button class="round" type="button" aria-label=${this.back} title=${this.back} @click=${this.#goBack}>
                ${icon(chevronLeftIcon, { directional: true })}
              </button>`
              : nothing
          }
          ${
            faces.length > 0 || !(visitor || isFaceless)
              ? html`<div class="faces" aria-hidden="true">
                ${faces.map(({ id, name }) => avatar({ name, seed: id, size: large ? 36 : 28 }))}
              </div>`
              : nothing
          }
          ${configuration.logoUrl ? html`<img part="logo" class="logo" src=${configuration.logoUrl} alt="" @load=${show} @error=${show} />` : nothing}
        </div>
        <div class="who">
          <h2 part="name" dir="auto">${configuration.name}</h2>
          ${this.bare ? nothing : html`<p part="hours" class=${isHere ? 'hours open' : 'hours'}>${isHere && this.offline ? nothing : hours}</p>`}
        </div>
        <div class="actions">
          <parlour-widget-sound hidden .channelKey=${configuration.key}></parlour-widget-sound>
          <parlour-widget-menu hidden .chat=${chat} .conversationId=${conversationId} .visitor=${visitor} .workspaceName=${configuration.name}></parlour-widget-menu>
          ${
            this.closable
              ? html`<button part="close" class="round" type="button" aria-label=${msg('Close chat')} @click=${this.#close}>
                ${icon(closeIcon)}
              </button>`
              : nothing
          }
        </div>
      </div>
      <parlour-widget-standing .conversationId=${conversationId} .visitor=${visitor}></parlour-widget-standing>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-header': WidgetHeader;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-widget-back': WidgetEvent;
    'parlour-widget-close': WidgetEvent;
  }
}
