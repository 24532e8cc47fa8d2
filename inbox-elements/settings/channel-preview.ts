import { msg } from '@lit/localize';
import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import type { WebChatSettings } from '../../shared/contract/channel.ts';
import type { VisitedInbox } from './inbox-as-visited.ts';

export interface PreviewFacts {
  /** As the form stands, saved or not. */
  settings: Partial<WebChatSettings>;
  workspaceName: string;
  /** The inbox behind it. */
  inbox: VisitedInbox;
  /** What it speaks; empty is the reader's own. */
  language: string;
  /** Whether it is wanted where it takes the room of the form. */
  isShown: boolean;
  toggle(this: void): void;
}

/** The real launcher and panel, which are fetched from the server: an embedding page need not carry them. */
export function channelPreview({
  settings,
  workspaceName,
  inbox,
  language,
  isShown,
  toggle,
}: PreviewFacts): TemplateResult {
  return html`<div class="preview ${isShown ? '' : 'away'}" role="group" aria-label=${msg('Preview')}>
    <button class="button small" type="button" aria-expanded=${isShown} aria-controls="stage" @click=${toggle}>
      ${isShown ? msg('Hide the preview') : msg('Show the preview')}
    </button>
    <div class="stage" id="stage">
      <parlour-widget-preview
        .settings=${settings}
        .workspaceName=${workspaceName}
        .team=${inbox.team}
        .availability=${inbox.availability}
        .offHours=${inbox.offHours}
        .language=${language}
      ></parlour-widget-preview>
      <p class="hint">${msg('Shows your changes before you save them. Press the launcher to open the chat.')}</p>
    </div>
  </div>`;
}

/** `.beside` holds the preview and the form: side by side where both have room, else the preview first, folded. */
export const previewStyles = css`
  .beside {
    container-type: inline-size;
  }
  .columns {
    display: grid;
    gap: var(--_space-4);
    align-items: start;
  }
  .preview {
    display: grid;
    gap: var(--_space-3);
    justify-items: start;
  }
  .stage {
    display: grid;
    gap: var(--_space-2);
    inline-size: 100%;
  }
  .away .stage {
    display: none;
  }
  parlour-widget-preview {
    block-size: 580px;
    border: 1px solid var(--_border);
    /* A picture of a window rather than a window. */
    zoom: 0.8;
  }
  @container (min-width: 780px) {
    .columns:has(.preview) {
      grid-template-columns: minmax(0, 1fr) 340px;
      gap: var(--_space-8);
    }
    .preview {
      position: sticky;
      grid-area: 1 / 2;
      inset-block-start: var(--_space-4);
    }
    .preview > button {
      display: none;
    }
    .away .stage {
      display: grid;
    }
    .preview + .form {
      grid-area: 1 / 1;
    }
  }
`;
