import type { SignalFrame } from '../../shared/wire/frames.ts';

/** Which teammates have a socket open in this process, counted by socket: two tabs are one person. */
export class Presence {
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #tell: (workspaceId: string, signal: SignalFrame) => void;

  /** @param tell sends a signal to a workspace's teammates */
  constructor(tell: (workspaceId: string, signal: SignalFrame) => void) {
    this.#tell = tell;
  }

  arrive(workspaceId: string, teammateId: string): void {
    let counts = this.#counts.get(workspaceId);
    if (!counts) this.#counts.set(workspaceId, (counts = new Map()));
    const before = counts.get(teammateId) ?? 0;
    counts.set(teammateId, before + 1);
    if (before === 0) this.#tell(workspaceId, { type: 'signal', name: 'presence', teammateId, online: true });
  }

  leave(workspaceId: string, teammateId: string): void {
    const counts = this.#counts.get(workspaceId);
    const left = (counts?.get(teammateId) ?? 1) - 1;
    if (left > 0) {
      counts?.set(teammateId, left);
      return;
    }
    counts?.delete(teammateId);
    if (counts?.size === 0) this.#counts.delete(workspaceId);
    this.#tell(workspaceId, { type: 'signal', name: 'presence', teammateId, online: false });
  }

  online(workspaceId: string): string[] {
    return [...(this.#counts.get(workspaceId)?.keys() ?? [])];
  }
}
