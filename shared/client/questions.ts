import type { ErrorBody } from '../contract/error.ts';
import { RequestError } from './client.ts';
import type { Surroundings, Timer } from './surroundings.ts';

/** How long a question waits for a line. */
const PATIENCE_MS = 15_000;

type Question = {
  frame: string;
  timer: Timer | undefined;
  resolve: (result: unknown) => void;
  reject: (error: RequestError) => void;
};

/** Queries that wait for their answers; they have no effect, so on a new line they are just asked again (rule 4). */
export class Questions {
  readonly #open = new Map<string, Question>();
  readonly #send: (frame: string) => boolean;
  readonly #surroundings: Surroundings;

  constructor(send: (frame: string) => boolean, surroundings: Surroundings) {
    this.#send = send;
    this.#surroundings = surroundings;
  }

  ask(id: string, frame: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const question: Question = { frame, timer: undefined, resolve, reject };
      this.#open.set(id, question);
      if (!this.#send(frame)) this.#wait(id, question);
    });
  }

  /** The line is back. */
  flush(): void {
    for (const question of this.#open.values()) {
      this.#surroundings.clearTimeout(question.timer);
      question.timer = undefined;
      this.#send(question.frame);
    }
  }

  /** The line is lost: each waits for the next one, but not for ever. */
  rewind(): void {
    for (const [id, question] of this.#open) this.#wait(id, question);
  }

  answer(id: string, result: unknown): void {
    this.#settle(id)?.resolve(result);
  }

  refuse(id: string, error: ErrorBody): void {
    this.#settle(id)?.reject(new RequestError(error));
  }

  refuseAll(error: ErrorBody): void {
    for (const id of this.#open.keys()) this.refuse(id, error);
  }

  /** Forgets everything; whoever waits is not told. */
  clear(): void {
    for (const id of this.#open.keys()) this.#settle(id);
  }

  #wait(id: string, question: Question): void {
    // Every try that fails is a loss of its own; the time counts from the first.
    question.timer ??= this.#surroundings.setTimeout(
      () => this.refuse(id, { code: 'unavailable', message: 'The server cannot be reached. Please try again later.' }),
      PATIENCE_MS,
    );
  }

  #settle(id: string): Question | undefined {
    const question = this.#open.get(id);
    this.#surroundings.clearTimeout(question?.timer);
    this.#open.delete(id);
    return question;
  }
}
