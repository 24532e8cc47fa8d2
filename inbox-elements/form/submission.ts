import { msg, str } from '@lit/localize';
import type { ReactiveController, ReactiveElement } from 'lit';
import { RequestError } from '../../shared/client/client.ts';

/**
 * How a form's request stands: busy, refused (with a sentence, and one beside each wrong field), or done. One at a time; a
 * second submit while one is busy does nothing.
 */
export class Submission implements ReactiveController {
  busy = false;
  /** The sentence of a refusal that belongs to no single field. */
  message: string | null = null;
  /** What is wrong, by field name. */
  fields: Readonly<Record<string, string>> = {};
  /** True after a success, until the next edit or submit. */
  done = false;
  readonly #host: ReactiveElement;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.busy = false;
  }

  /** Runs the task unless the form is incomplete; true after it succeeded. Focus goes to the first wrong field. */
  async run(form: HTMLFormElement | null, task: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    const incomplete = form ? incompleteFields(form) : {};
    if (Object.keys(incomplete).length > 0) {
      this.#set({ busy: false, message: null, fields: incomplete, done: false });
      await this.#focusFirstWrong();
      return false;
    }
    this.#set({ busy: true, message: null, fields: {}, done: false });
    try {
      await task();
    } catch (error) {
      this.#set({ busy: false, ...refusalOf(error, form), done: false });
      await this.#focusFirstWrong();
      return false;
    }
    this.#set({ busy: false, message: null, fields: {}, done: true });
    form?.dispatchEvent(new Event('parlour-saved', { bubbles: true }));
    return true;
  }

  /** Forget what the last submit said: the person goes on editing. */
  clear(): void {
    if (this.message !== null || this.done || Object.keys(this.fields).length > 0) {
      this.#set({ busy: this.busy, message: null, fields: {}, done: false });
    }
  }

  /** Forget one field's error as soon as it is edited; the others still need mending. */
  edited = (event: Event): void => {
    const { name } = event.target as HTMLInputElement;
    if (this.done || name in this.fields) {
      const fields = Object.fromEntries(Object.entries(this.fields).filter(([field]) => field !== name));
      this.#set({ busy: this.busy, message: this.message, fields, done: false });
    }
  };

  #set(next: Pick<Submission, 'busy' | 'message' | 'fields' | 'done'>): void {
    Object.assign(this, next);
    this.#host.requestUpdate();
  }

  async #focusFirstWrong(): Promise<void> {
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }
}

/** The browser's own sentences, in the reader's language, for fields it can judge alone; a short password has ours. */
function incompleteFields(form: HTMLFormElement): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const control of form.elements) {
    if (!isControl(control) || !control.name || control.validity.valid) continue;
    const { validity, validationMessage } = control;
    wrong[control.name] =
      validity.tooShort && 'minLength' in control
        ? msg(str`Must be at least ${control.minLength} characters.`)
        : validationMessage || msg('Please check this field.');
  }
  return wrong;
}

function isControl(element: Element): element is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
  return 'validity' in element && 'name' in element;
}

function refusalOf(error: unknown, form: HTMLFormElement | null): Pick<Submission, 'message' | 'fields'> {
  if (!(error instanceof RequestError)) {
    return { message: msg('The server cannot be reached. Check your connection and try again.'), fields: {} };
  }
  const fields: Record<string, string> = {};
  let rest = false;
  for (const [path, sentence] of Object.entries(error.fields)) {
    // The server names a place inside a list or an object by a path; the form shows it at the field that holds it.
    const name = path.split('.').findLast((segment) => form?.elements.namedItem(segment));
    if (name) fields[name] = capitalised(sentence);
    else rest = true;
  }
  const placed = Object.keys(fields).length > 0 && !rest;
  return { message: placed ? null : error.message, fields };
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
