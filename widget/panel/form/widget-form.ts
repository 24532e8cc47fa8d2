import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import type { AskedField, FormAnswers, PropertyValue } from '../../../shared/contract/form.ts';
import { readAnswers } from '../../../shared/contract/form-answers.ts';
import { MAX_MESSAGE_LENGTH } from '../../../shared/contract/limits.ts';
import type { Door } from '../../../shared/state/doors.ts';
import { checkRow, formFieldRow, textRow } from '../../../shared/ui/fields/form-field.ts';
import type { FieldProblem, FieldState } from '../../../shared/ui/fields/form-field.ts';
import type { ChatEvent } from '../chat-event.ts';
import type { VisitorChat } from '../visitor-chat.ts';
import { keep, recordOf } from '../visitor-memory.ts';
import { WidgetEvent } from '../widget-event.ts';
import { formStyles } from './form-styles.ts';

/** What was sent and came back, or was written elsewhere before: where the form goes on from. */
export interface Unfinished {
  text: string;
  form?: FormAnswers | undefined;
  /** The keys the server found wrong, `consent` among them. */
  wrong: readonly string[];
}

/** The message and the consent are fields of every form; a contact's property cannot have these names. */
const MESSAGE = ':message';
const CONSENT = ':consent';

/**
 * What is asked before a conversation: the questions the site owner chose, the first message, and the consent if one is wanted. What
 * is wrong is said at its field, and nothing typed is lost by it.
 *
 * @tag parlour-widget-form
 * @summary The form before a conversation.
 * @fires parlour-widget-answer - {text, form} The visitor sends the form.
 * @csspart field - A question's field.
 * @csspart send - The send button.
 */
export class WidgetForm extends LitElement {
  static override styles = formStyles;
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    door: { attribute: false },
    draft: { attribute: false },
    unfinished: { attribute: false },
    problems: { state: true },
    hasMore: { state: true },
  };

  door: Door | null = null;
  /** What the browser keeps the message as, as the composer does: where no form stands any more, it is found there. */
  draft = '';
  unfinished: Unfinished | null = null;
  /** Whether anything was typed: then it is not taken away, whatever the clock says. */
  touched = false;
  private problems: Readonly<Record<string, FieldProblem>> = {};
  /** Whether some of the form is below what is in sight. */
  private hasMore = false;
  #sight: IntersectionObserver | undefined;
  #answers: Record<string, PropertyValue> = {};
  #text = '';
  #consent = false;

  override connectedCallback(): void {
    super.connectedCallback();
    // Moved to another place of the page it looks at what is below it there.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sight?.disconnect();
    this.#sight = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { unfinished } = this;
    if (changed.has('draft')) this.#recall();
    if (!changed.has('unfinished') || !unfinished) return;
    this.#text = unfinished.text || this.#text;
    this.#answers = { ...unfinished.form?.answers, ...this.#answers };
    this.#consent ||= unfinished.form?.consent ?? false;
    this.touched ||= !!this.#text;
    this.problems = Object.fromEntries(
      unfinished.wrong.map((key) => (key === 'consent' ? [CONSENT, 'unticked'] : [key, 'refused'])),
    );
    if (this.touched) this.#keep();
  }

  /** What was filled in before a reload. */
  #recall(): void {
    this.#text ||= recordOf(this.draft, 'sessionStorage');
    try {
      const kept = JSON.parse(recordOf(this.#answersName, 'sessionStorage')) as Omit<FormAnswers, 'kind'>;
      this.#answers = { ...kept.answers, ...this.#answers };
      this.#consent ||= !!kept.consent;
      this.touched = true;
    } catch {
      // Nothing was, or it is broken.
    }
    this.touched ||= !!this.#text;
  }

  #keep(): void {
    keep(this.draft, this.#text, 'sessionStorage');
    const filledIn = JSON.stringify({ answers: this.#answers, consent: this.#consent });
    keep(this.#answersName, filledIn, 'sessionStorage');
  }

  get #answersName(): string {
    return `${this.draft}form`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('unfinished') && this.unfinished?.wrong.length) this.#focusFirstWrong();
    const rest = this.renderRoot.querySelector('.rest');
    if (rest && !this.#sight) {
      // What scrolls is around it.
      this.#sight = new IntersectionObserver((seen) => (this.hasMore = !seen.at(-1)?.isIntersecting), {
        root: this.parentElement,
      });
      this.#sight.observe(rest);
    }
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.input, input')?.focus(options);
  }

  #focusFirstWrong(): void {
    const wrong = this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true]');
    wrong?.focus({ preventScroll: true });
    // With its label and what is said of it.
    wrong?.parentElement?.scrollIntoView({ block: 'nearest' });
  }

  /** What stands wrong is right as soon as it is worked on. */
  #mend(key: string): void {
    this.touched = true;
    const { [key]: _mended, ...rest } = this.problems;
    this.problems = rest;
    this.#keep();
  }

  #answer(key: string, answer: PropertyValue): void {
    this.#answers[key] = answer;
    this.#mend(key);
  }

  #send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { door } = this;
    if (!door) return;
    const { problems } = readAnswers(door.fields, this.#answers);
    this.problems = {
      ...problems,
      ...(this.#text.trim() ? {} : { [MESSAGE]: 'missing' }),
      ...(door.consent && !this.#consent ? { [CONSENT]: 'unticked' } : {}),
    };
    if (Object.keys(this.problems).length > 0) {
      await this.updateComplete;
      this.#focusFirstWrong();
      return;
    }
    const asked = door.fields.map(({ key }) => [key, this.#answers[key]] as const);
    const answers = Object.fromEntries(asked.filter(([, answer]) => answer !== undefined && answer !== ''));
    const form = { kind: door.kind, answers: answers as FormAnswers['answers'], consent: this.#consent };
    const { host } = this.getRootNode() as ShadowRoot;
    const hadFocus = this.matches(':focus-within');
    this.dispatchEvent(new AnswerEvent(this.#text.trim(), form));
    // It is the message's now.
    for (const name of [this.#answersName, this.draft]) keep(name, '', 'sessionStorage');
    if (hadFocus) await passFocus(host as LitElement);
  };

  #field = (field: AskedField): TemplateResult =>
    formFieldRow(
      field,
      this.#state(field.key, this.#answers[field.key], (answer) => this.#answer(field.key, answer)),
    );

  #state(key: string, value: PropertyValue | undefined, change: FieldState['change']): FieldState {
    return { value, problem: this.problems[key], change };
  }

  #ticked = (ticked: PropertyValue): void => {
    this.#consent = ticked === true;
    this.#mend(CONSENT);
  };

  #wrote = (text: PropertyValue): void => {
    this.#text = String(text);
    this.#mend(MESSAGE);
  };

  override render(): TemplateResult | typeof nothing {
    const { door } = this;
    if (!door) return nothing;
    const { consent } = door;
    return html`<form class=${this.hasMore ? 'more' : ''} novalidate aria-label=${msg('Before we begin')} @submit=${this.#send}>
      ${door.fields.map(this.#field)}
      ${textRow(MESSAGE, msg('Your message'), true, MAX_MESSAGE_LENGTH, this.#state(MESSAGE, this.#text, this.#wrote))}
      ${
        consent
          ? checkRow(
              CONSENT,
              html`<label for=${CONSENT}
                >${consent.text}
                ${
                  consent.url
                    ? html`<a href=${consent.url} target="_blank" rel="noopener noreferrer">${msg('Read more')}</a>`
                    : nothing
                }</label
              >`,
              true,
              this.#state(CONSENT, this.#consent, this.#ticked),
            )
          : nothing
      }
      <div class="end"><button part="send" class="button primary" type="submit">${msg('Send message')}</button></div>
    </form>
    <i class="rest"></i>`;
  }
}

/** What is written in next takes the focus of what was filled in. */
async function passFocus({ renderRoot, updateComplete }: LitElement): Promise<void> {
  await updateComplete;
  const composer = renderRoot.querySelector('parlour-widget-composer');
  await composer?.updateComplete;
  composer?.focus();
}

/** The visitor sends the form. */
export class AnswerEvent extends WidgetEvent implements ChatEvent {
  readonly text: string;
  readonly form: FormAnswers;

  constructor(text: string, form: FormAnswers) {
    super('parlour-widget-answer');
    this.text = text;
    this.form = form;
  }

  carryOut(chat: VisitorChat, conversationId: string): string {
    chat.send(conversationId, this.text, undefined, this.form);
    return conversationId;
  }
}

export const elements = { 'parlour-widget-form': WidgetForm };

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-form': WidgetForm;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-widget-answer': AnswerEvent;
  }
}
