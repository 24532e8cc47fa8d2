/** What people wrote, what they were told, what the database holds and what their screens show; and what is wrong about it. */

export type Written = { id: string; sender: string; conversationId: string; kind: 'message' | 'note'; text: string };

export type StoredPart = {
  id: string;
  conversationId: string;
  seq: number;
  publicSeq: number | null;
  kind: 'message' | 'note' | 'activity';
  /** The words of a message or note. */
  text: string;
  /** The name of an activity. */
  activity: string | null;
};

export type StoredConversation = { id: string; seq: number; publicSeq: number; assigneeId: string | null };

/** Where in the thread, by the count that the sender is told: visitors know their own only. */
export type Place = Partial<Pick<StoredPart, 'seq' | 'publicSeq'>>;

/** One thread on one screen beside the same thread fetched afresh, each part as text. */
export type Shown = { who: string; conversationId: string; shown: string[]; fresh: string[]; pending: string[] };

export type Evidence = {
  /** In the order of writing. */
  written: Written[];
  /** Command id → the place that was promised. */
  acknowledged: Map<string, Place>;
  /** Commands that a client gave up on, with the sentence. */
  refused: Map<string, string>;
  parts: StoredPart[];
  conversations: StoredConversation[];
  /** `conversation.assigned` facts in the log, by conversation. */
  assignments: string[];
  screens: Shown[];
};

export type Fault =
  | 'lost'
  | 'duplicated'
  | 'out of order'
  | 'gap'
  | 'in an outbox'
  | 'refused'
  | 'unknown'
  | 'wrong on a screen'
  | 'routed';

/** What is noted while people write. */
export type Notebook = Pick<Evidence, 'written' | 'acknowledged' | 'refused'>;

/** Everything that the delivery contract forbids, a sentence each. */
export function faultsIn(evidence: Evidence): { fault: Fault; sentence: string }[] {
  return checks.flatMap(([fault, check]) => check(evidence).map((sentence) => ({ fault, sentence })));
}

const checks: [Fault, (evidence: Evidence) => string[]][] = [
  ['lost', lost],
  ['duplicated', duplicated],
  ['out of order', outOfOrder],
  ['gap', gaps],
  ['in an outbox', unsettled],
  ['refused', ({ refused }) => [...refused].map(([id, sentence]) => `${id} was refused: ${sentence}`)],
  ['unknown', unknown],
  ['wrong on a screen', wrongOnScreens],
  ['routed', routed],
];

/** An acknowledgement is a promise: the part is there, at the place that was told (D2). */
function lost({ written, acknowledged, parts }: Evidence): string[] {
  const stored = new Map(parts.map((part) => [part.id, part]));
  return written.flatMap(({ id, text }) => {
    const promised = acknowledged.get(id);
    if (promised === undefined) return [];
    const part = stored.get(id);
    if (!part) return [`"${text}" was acknowledged and is not there`];
    const kept = (promised.seq ?? part.seq) === part.seq && (promised.publicSeq ?? part.publicSeq) === part.publicSeq;
    return kept
      ? []
      : [`"${text}" was acknowledged as ${JSON.stringify(promised)} and is ${part.seq}, ${part.publicSeq} in public`];
  });
}

/** By id, and by the words, which nobody writes twice: a retry under another id would be a second message. */
function duplicated({ parts }: Evidence): string[] {
  const said = parts.filter(({ kind }) => kind !== 'activity');
  return [...repeated(parts.map(({ id }) => id)), ...repeated(said.map(({ text }) => text))].map(
    (what) => `${what} is there twice`,
  );
}

/** What one person wrote in one conversation stands in the order of writing. */
function outOfOrder({ written, parts }: Evidence): string[] {
  const seqs = new Map(parts.map(({ id, seq }) => [id, seq]));
  const last = new Map<string, { seq: number; text: string }>();
  return written.flatMap(({ id, sender, conversationId, text }) => {
    const seq = seqs.get(id);
    if (seq === undefined) return [];
    const lane = `${sender} ${conversationId}`;
    const before = last.get(lane);
    last.set(lane, { seq, text });
    return before && before.seq > seq ? [`"${text}" (${seq}) stands before "${before.text}" (${before.seq})`] : [];
  });
}

/** Both counts of a thread run from one to its head without a gap (D3). */
function gaps({ parts, conversations }: Evidence): string[] {
  return conversations.flatMap(({ id, seq, publicSeq }) => {
    const thread = parts
      .filter(({ conversationId }) => conversationId === id)
      .sort((one, other) => one.seq - other.seq);
    const found: string[] = [];
    if (
      !isCount(
        thread.map((part) => part.seq),
        seq,
      )
    )
      found.push(`seq of ${id} is ${thread.map((part) => part.seq).join(' ')}, its head ${seq}`);
    const visible = thread.flatMap((part) => part.publicSeq ?? []);
    if (!isCount(visible, publicSeq)) found.push(`publicSeq of ${id} is ${visible.join(' ')}, its head ${publicSeq}`);
    for (const part of thread) {
      if ((part.kind === 'message') !== (part.publicSeq !== null))
        found.push(`a ${part.kind} of ${id} has the publicSeq ${part.publicSeq}`);
    }
    return found;
  });
}

function unsettled({ written, acknowledged, refused }: Evidence): string[] {
  return written
    .filter(({ id }) => !acknowledged.has(id) && !refused.has(id))
    .map(({ text }) => `"${text}" was never settled`);
}

function unknown({ written, parts }: Evidence): string[] {
  const known = new Map(written.map((entry) => [entry.id, entry]));
  return parts
    .filter(({ kind }) => kind !== 'activity')
    .filter(
      ({ id, text, conversationId }) =>
        known.get(id)?.text !== text || known.get(id)?.conversationId !== conversationId,
    )
    .map(({ id, text }) => `nobody wrote "${text}" (${id})`);
}

function wrongOnScreens({ screens }: Evidence): string[] {
  return screens.flatMap(({ who, conversationId, shown, fresh, pending }) => {
    const where = `${who} sees ${conversationId}`;
    if (pending.length > 0) return [`${where} with "${pending.join('", "')}" as not yet sent`];
    const wrong = fresh.findIndex((part, index) => part !== shown[index]);
    if (wrong >= 0)
      return [`${where} wrongly at ${wrong} of ${fresh.length}: ${shown[wrong] ?? 'nothing'} for ${fresh[wrong]}`];
    return shown.length > fresh.length ? [`${where} with ${shown.length - fresh.length} parts too many`] : [];
  });
}

/** The reaction to a new conversation happens once: one owner, one activity, one fact. */
function routed({ conversations, parts, assignments }: Evidence): string[] {
  return conversations.flatMap(({ id, assigneeId }) => {
    const activities = parts.filter((part) => part.conversationId === id && part.activity === 'assigned').length;
    const facts = assignments.filter((conversationId) => conversationId === id).length;
    if (assigneeId !== null && activities === 1 && facts === 1) return [];
    return [
      `${id} was assigned ${activities} times in its thread, ${facts} times in the log, to ${assigneeId ?? 'nobody'}`,
    ];
  });
}

function isCount(numbers: number[], head: number): boolean {
  return numbers.length === head && numbers.every((number, index) => number === index + 1);
}

function repeated(values: string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.has(value) || !seen.add(value));
}
