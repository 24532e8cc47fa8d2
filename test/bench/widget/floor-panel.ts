/** A small Lit panel: a head, a list of messages, and a box that adds to it. No line to any server, no languages, no states. */
import { LitElement, css, html } from 'lit';

class FloorPanel extends LitElement {
  static override styles = css`
    :host {
      position: fixed;
      inset: auto 20px 96px auto;
      inline-size: 360px;
      block-size: 520px;
      display: flex;
      flex-direction: column;
      background: #fff;
      border: 1px solid #ddd;
      border-radius: 12px;
    }
    ol {
      flex: 1;
      overflow: auto;
    }
  `;
  static override properties = { messages: { state: true } };
  messages: readonly string[] = [];

  override render() {
    return html`<header>Chat</header>
      <ol>
        ${this.messages.map((message) => html`<li>${message}</li>`)}
      </ol>
      <textarea aria-label="Message" @keydown=${this.#write}></textarea>`;
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('textarea')?.focus();
  }

  readonly #write = (event: KeyboardEvent): void => {
    const box = event.target as HTMLTextAreaElement;
    if (event.key !== 'Enter' || box.value === '') return;
    event.preventDefault();
    this.messages = [...this.messages, box.value];
    box.value = '';
  };
}

export function open(root: ShadowRoot): void {
  if (!customElements.get('floor-panel')) customElements.define('floor-panel', FloorPanel);
  root.append(document.createElement('floor-panel'));
}
