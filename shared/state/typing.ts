import type { SignalFrame } from '../wire/frames.ts';
import { TYPING_MS } from '../wire/protocol.ts';

type TypingSignal = Extract<SignalFrame, { name: 'typing' }>;

/** Someone who types now, until `until` (Unix milliseconds) if nothing more is heard. */
export type Typist = TypingSignal['from'] & { until: number };

/** Who types, by conversation. Nothing tells that somebody stopped: entries run out (rule 10). */
export type TypingState = ReadonlyMap<string, readonly Typist[]>;

export const nobodyTypes: TypingState = new Map();

/** @param now Unix time in milliseconds. */
export function applyTyping(state: TypingState, signal: SignalFrame, now: number): TypingState {
  if (signal.name !== 'typing') return state;
  const others = (state.get(signal.conversationId) ?? []).filter(({ id }) => id !== signal.from.id);
  return new Map(state).set(signal.conversationId, [...others, { ...signal.from, until: now + TYPING_MS }]);
}

/** Takes out one typist, because what they typed has arrived. */
export function stopTyping(state: TypingState, conversationId: string, typistId: string): TypingState {
  return keepOnly(state, (typist, id) => id !== conversationId || typist.id !== typistId);
}

/** Takes out everyone whose time has run out. */
export function expireTyping(state: TypingState, now: number): TypingState {
  return keepOnly(state, (typist) => typist.until > now);
}

/** Who types in a conversation now. */
export function typistsIn(state: TypingState, conversationId: string, now: number): readonly Typist[] {
  return (state.get(conversationId) ?? []).filter(({ until }) => until > now);
}

/** When to call `expireTyping` next (Unix milliseconds); `null`: nobody types. */
export function nextExpiry(state: TypingState): number | null {
  const ends = [...state.values()].flat().map(({ until }) => until);
  return ends.length ? Math.min(...ends) : null;
}

function keepOnly(state: TypingState, keep: (typist: Typist, conversationId: string) => boolean): TypingState {
  const next = new Map<string, readonly Typist[]>();
  let changed = false;
  for (const [conversationId, typists] of state) {
    const kept = typists.filter((typist) => keep(typist, conversationId));
    changed ||= kept.length < typists.length;
    if (kept.length) next.set(conversationId, kept);
  }
  return changed ? next : state;
}
