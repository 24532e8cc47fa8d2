import { RequestError } from '../../shared/client/client.ts';
import type { CommandInput, CommandName } from '../../shared/contract/catalogue.ts';
import type { VisitorState } from '../../shared/state/visitor.ts';
import type { StandingPanel } from '../panel/panel.ts';
import { SupersededError } from './superseded-error.ts';

/** What the page waits for from the server, until it comes or the line it would come by is given up. */
export class AwaitedAnswers {
  /** Ends the wait for a welcome that another proof of who it is, or a logout, made pointless. */
  #giveUp: (() => void) | undefined;
  /** Each ends the wait for an answer that a line which was given up can no longer bring. */
  readonly #unanswered = new Set<(reason: Error) => void>();

  /** Settles when the server has welcomed the visitor, or refused to. Only one is waited for: the next ends the wait for this one. */
  welcome(standing: StandingPanel): Promise<{ visitor: VisitorState }> {
    const chat = standing.connect();
    return new Promise((resolve, reject) => {
      let stop = (): void => undefined;
      const settle = (done: () => void): void => {
        stop();
        done();
      };
      const look = (): void => {
        const { status, refusal } = chat.connection;
        const { visitor } = chat;
        if (visitor) settle(() => resolve({ visitor }));
        else if (status === 'refused' && refusal) settle(() => reject(new RequestError(refusal)));
      };
      stop = chat.subscribe(look);
      this.#giveUp?.();
      this.#giveUp = () => settle(() => reject(new SupersededError()));
      look();
    });
  }

  /** Sends a command. Settles, too, where the server refuses the line, or somebody gives it up. */
  async tell<N extends CommandName>(standing: StandingPanel, name: N, input: CommandInput<N>): Promise<void> {
    const chat = standing.connect();
    const answer = chat.tell(name, input);
    await new Promise<unknown>((resolve, reject) => {
      const look = (): void => {
        const { status, refusal } = chat.connection;
        if (status === 'refused' && refusal) reject(new RequestError(refusal));
      };
      const stop = chat.subscribe(look);
      this.#unanswered.add(reject);
      answer.then(resolve, reject).finally(() => {
        stop();
        this.#unanswered.delete(reject);
      });
      look();
    });
  }

  /** The line is another one from here on: what was sent by the old one is not answered any more. */
  giveUpTold(): void {
    for (const end of this.#unanswered) end(new SupersededError());
    this.#unanswered.clear();
  }

  /** What waits for whoever was here waits in vain. */
  giveUpAll(): void {
    this.#giveUp?.();
    this.giveUpTold();
  }
}
