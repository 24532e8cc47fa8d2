import { consume } from '@lit/context';
import { updateWhenLocaleChanges } from '@lit/localize';
import { LitElement, noChange } from 'lit';
import type { PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import type { WorkspaceClient } from '../../shared/client/client.ts';
import type { CommandInput, CommandName, CommandResult } from '../../shared/contract/catalogue.ts';
import type { Directory } from '../../shared/state/directory.ts';
import { avatarStyles } from '../../shared/ui/avatar.ts';
import { buttons, fields, focusRing, reset, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { iconStyles } from '../../shared/ui/icon.ts';
import { tokens } from '../tokens.ts';
import { clientContext } from '../context/client-context.ts';
import { directoryContext } from '../context/directory-context.ts';
import { formStyles } from '../form/field.ts';
import { sectionStyles } from './section-styles.ts';
import { LeaveEvent } from './unsaved-dialog.ts';

/** What every page of the settings stands on: the line, the directory, one look. */
export abstract class SettingsSection extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    visuallyHidden,
    buttons,
    fields,
    iconStyles,
    avatarStyles,
    formStyles,
    sectionStyles,
  ];

  @consume({ context: clientContext, subscribe: true })
  @state()
  protected client: WorkspaceClient | null = null;
  @consume({ context: directoryContext, subscribe: true })
  @state()
  protected directory: Directory | null = null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  /** Forms with changes that are not saved, and in which of their controls those are. */
  readonly #changed = new Map<HTMLFormElement, Set<Element>>();
  /** Of those, what was changed after the form was sent: that is not what will be saved. */
  readonly #changedSince = new Map<HTMLFormElement, Set<Element>>();

  /** Whether something on this page would be lost with it. */
  get unsaved(): boolean {
    return [...this.#changed.keys()].some((form) => form.isConnected);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    const formOf = ({ target }: Event) => (target instanceof Element ? target.closest('form') : null);
    const change = (event: Event): void => {
      const form = formOf(event);
      if (!form) return;
      this.#changed.set(form, (this.#changed.get(form) ?? new Set()).add(event.target as Element));
      this.#changedSince.get(form)?.add(event.target as Element);
    };
    root.addEventListener('input', change);
    root.addEventListener('change', change);
    root.addEventListener('submit', (event) => {
      const form = formOf(event);
      if (form) this.#changedSince.set(form, new Set());
    });
    root.addEventListener('parlour-saved', (event) => {
      const form = formOf(event);
      if (form) this.#saved(form);
      if (!this.unsaved) this.dispatchEvent(new Event('parlour-all-saved', { bubbles: true, composed: true }));
    });
    return root;
  }

  /** What another window saves replaces nothing that is changed here and not saved. */
  protected override update(changed: PropertyValues): void {
    const keepers = changed.has('directory') ? this.#edited.map(keeperOf) : [];
    super.update(changed);
    for (const keep of keepers) keep();
  }

  #saved(form: HTMLFormElement): void {
    const since = this.#changedSince.get(form);
    this.#changedSince.delete(form);
    if (since?.size) this.#changed.set(form, since);
    else this.#changed.delete(form);
  }

  get #edited(): Element[] {
    return [...this.#changed].flatMap(([form, controls]) => (form.isConnected ? [...controls] : []));
  }

  /** For an editor with a draft of its own, which another value would throw away. */
  protected unlessEdited<T>(editor: keyof HTMLElementTagNameMap, saved: T): T | typeof noChange {
    return this.#edited.some((one) => one.localName === editor && one.isConnected) ? noChange : saved;
  }

  /** Whether what is not saved may go; whoever is around asks. */
  protected mayLeave(): Promise<boolean> {
    if (!this.unsaved) return Promise.resolve(true);
    const event = new LeaveEvent();
    this.dispatchEvent(event);
    return event.answer;
  }

  protected execute<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandResult<N>> {
    if (!this.client) return Promise.reject(new Error(`${this.localName} stands in no session`));
    return this.client.execute(name, input);
  }
}

/** Puts what stands in a control now back into it, with the caret where it was. */
function keeperOf(control: Element): () => void {
  if (control instanceof HTMLInputElement) {
    const { value, checked, selectionStart, selectionEnd } = control;
    return () => {
      control.checked = checked;
      if (control.value === value) return;
      control.value = value;
      if (selectionStart !== null) control.setSelectionRange(selectionStart, selectionEnd);
    };
  }
  if (control instanceof HTMLTextAreaElement) {
    const { value, selectionStart, selectionEnd } = control;
    return () => {
      if (control.value === value) return;
      control.value = value;
      control.setSelectionRange(selectionStart, selectionEnd);
    };
  }
  if (!(control instanceof HTMLSelectElement)) return () => undefined;
  const { value } = control;
  return () => (control.value = value);
}
