import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { actorKey, type Actor } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import { SharedLimit } from './shared-limit.ts';

/** How much one source may ask for. Numbers are per second windows in this process: [how many, in how many seconds]. */
export type LimitNumbers = {
  /** A person writes a few messages a second at most; a burst of pasted lines is fine. */
  visitorCommands: [number, number];
  /**
   * All visitors of a workspace together: whoever makes new sessions has a new limit with each. Half of what was measured on two cores, so that its team,
   * who are not counted, and other workspaces have as much left; over a thousand visitors would have to reach their own limit at once.
   */
  workspaceVisitorCommands: [number, number];
  /** A teammate clearing a queue by keyboard, and an API client that imports. */
  teamCommands: [number, number];
  queries: [number, number];
  signals: [number, number];
  /** One address may be an office or a mobile network with many browsers behind it. */
  hellos: [number, number];
  /** Guessing passwords must be slow; forgetting one must not lock the office out. */
  signIns: [number, number];
  /** Guessing one's password at a screen somebody left open must be slow too. */
  passwords: [number, number];
  /** Files a visitor sends in, and their bytes. Teammates and programs are known, and bound as for other changes. */
  visitorUploads: [number, number];
  visitorUploadBytes: [number, number];
  /** A visitor's browser can make a new session at any time; its address stays. */
  addressUploadBytes: [number, number];
};

export const usualLimits: LimitNumbers = {
  visitorCommands: [60, 20],
  workspaceVisitorCommands: [50_000, 10],
  teamCommands: [1_200, 60],
  queries: [600, 60],
  signals: [60, 60],
  hellos: [300, 60],
  signIns: [20, 300],
  passwords: [10, 300],
  visitorUploads: [60, 3_600],
  visitorUploadBytes: [200 * 1024 ** 2, 3_600],
  addressUploadBytes: [1024 ** 3, 3_600],
};

/** Those of one source each. */
type OwnLimit = Exclude<keyof LimitNumbers, 'workspaceVisitorCommands'>;

/** Rate limits per visitor, teammate, key, address and workspace. */
export class Limits {
  readonly #limiters: Record<OwnLimit, RateLimiterMemory>;
  readonly #ofWorkspaces: SharedLimit;

  constructor(numbers: LimitNumbers = usualLimits) {
    const limiter = ([points, duration]: [number, number]) => new RateLimiterMemory({ points, duration });
    this.#limiters = {
      visitorCommands: limiter(numbers.visitorCommands),
      teamCommands: limiter(numbers.teamCommands),
      queries: limiter(numbers.queries),
      signals: limiter(numbers.signals),
      hellos: limiter(numbers.hellos),
      signIns: limiter(numbers.signIns),
      passwords: limiter(numbers.passwords),
      visitorUploads: limiter(numbers.visitorUploads),
      visitorUploadBytes: limiter(numbers.visitorUploadBytes),
      addressUploadBytes: limiter(numbers.addressUploadBytes),
    };
    this.#ofWorkspaces = new SharedLimit(numbers.workspaceVisitorCommands);
  }

  async command(actor: Actor, name?: string): Promise<void> {
    await this.#take(actor.kind === 'visitor' ? 'visitorCommands' : 'teamCommands', actorKey(actor));
    // After their own: what one of them is refused takes nothing from the others.
    if (actor.kind === 'visitor') this.#takeOfWorkspace(actor.workspaceId);
    if (name === 'teammate.changePassword') await this.#take('passwords', actorKey(actor), 1, tooManyGuesses);
  }

  async query(actor: Actor): Promise<void> {
    await this.#take('queries', actorKey(actor));
  }

  async hello(address: string): Promise<void> {
    await this.#take('hellos', address);
  }

  async signIn(address: string): Promise<void> {
    await this.#take('signIns', address);
  }

  /** One more file. */
  async upload(actor: Actor): Promise<void> {
    if (actor.kind === 'visitor') await this.#take('visitorUploads', actorKey(actor));
  }

  /** So many more bytes of a file. */
  async uploadedBytes(actor: Actor, address: string, bytes: number): Promise<void> {
    if (actor.kind !== 'visitor') return;
    await this.#take('visitorUploadBytes', actorKey(actor), bytes);
    await this.#take('addressUploadBytes', address, bytes);
  }

  /** Signals are dropped rather than refused. */
  async signal(actor: Actor): Promise<boolean> {
    return this.#take('signals', actorKey(actor)).then(
      () => true,
      () => false,
    );
  }

  #takeOfWorkspace(workspaceId: string): void {
    const waitMs = this.#ofWorkspaces.take(workspaceId, performance.now());
    if (waitMs > 0) throw tooManyAtOnce(Math.max(waitMs, 100));
  }

  async #take(which: OwnLimit, key: string, points = 1, refusalAfter = tooMuchAtOnce): Promise<void> {
    try {
      await this.#limiters[which].consume(key, points);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfterMs = Math.max(refusal.msBeforeNext, 100);
      throw refusalAfter(retryAfterMs);
    }
  }
}

function tooMuchAtOnce(retryAfterMs: number): DomainError {
  return new DomainError('rate_limited', `Too much at once. Please wait ${waitText(retryAfterMs)}.`, { retryAfterMs });
}

/** Whoever is told so may have written one line. */
function tooManyAtOnce(retryAfterMs: number): DomainError {
  const wait = waitText(retryAfterMs);
  return new DomainError('rate_limited', `Too many people are writing at once. Please wait ${wait}.`, { retryAfterMs });
}

/** Not `rate_limited`: a client would send the same guess again by itself, minutes later, and say nothing until then. */
function tooManyGuesses(retryAfterMs: number): DomainError {
  const wait = waitText(retryAfterMs);
  return new DomainError('conflict', `That was tried too often. Please wait ${wait}, then try again.`, {
    retryAfterMs,
  });
}

function waitText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} s`;
}
