import { RequestError } from '../../shared/client/client.ts';
import type { VisitorState } from '../../shared/state/visitor.ts';
import type { WidgetComposer } from '../panel/composer/widget-composer.ts';
import { ReadEvent, SelectEvent } from '../panel/home/home-events.ts';
import type { StandingPanel } from '../panel/panel.ts';
import type { VisitorChat } from '../panel/visitor-chat.ts';

/** What the visitor writes in. Where a form comes first, there is none. */
export function composerIn({ element }: StandingPanel): WidgetComposer | null {
  return drawnIn(element)?.querySelector('parlour-widget-composer') ?? null;
}

/** As if the visitor had written it there, or in the form that comes first. */
export function write(standing: StandingPanel, text: string): void {
  const composer = composerIn(standing);
  const { element } = standing;
  const { conversationId } = element.navigation;
  if (composer) composer.text = text;
  else if (conversationId) standing.connect().unfinished.set(conversationId, { text, wrong: [] });
  element.requestUpdate();
}

/** From an article it leads to the conversation it lies over, from there to the list. */
export function backward(): Event {
  return new Event('parlour-widget-back');
}

/** Whether there is what the page names. A page may have its id from anywhere. */
export async function mustExist(step: Event, { conversations }: VisitorState, chat: VisitorChat): Promise<void> {
  if (step instanceof ReadEvent) await readable(step.articleId, chat);
  const id = step instanceof SelectEvent ? step.conversationId : null;
  // What is only being sent is there already, for whoever writes it.
  if (id && !conversations.has(id) && !chat.threadOf(id).thread.loaded) {
    throw new RequestError({ code: 'not_found', message: 'This visitor has no such conversation.' });
  }
}

async function readable(articleId: string, chat: VisitorChat): Promise<void> {
  try {
    await chat.ask('article.read', { articleId });
  } catch (error) {
    // What is no id at all names no article either.
    const isUnknown = error instanceof RequestError && (error.code === 'not_found' || error.code === 'invalid');
    throw isUnknown ? new RequestError({ code: 'not_found', message: 'There is no such article.' }) : error;
  }
}

/** As if the visitor went there. */
export function goTo({ element }: StandingPanel, where: Event): void {
  drawnIn(element)?.querySelector('section')?.dispatchEvent(where);
}

/** One whose widget was taken out of the page before it stood there has drawn nothing. */
function drawnIn({ renderRoot }: { renderRoot?: HTMLElement | DocumentFragment }): ParentNode | undefined {
  return renderRoot;
}
