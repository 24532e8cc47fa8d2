import { defaultWebChatSettings } from '../../shared/contract/channel.ts';
import type { VisitorConversation } from '../../shared/contract/conversation.ts';
import type { VisitorPart } from '../../shared/contract/part.ts';
import type { VisitorSnapshot } from '../../shared/contract/visitor.ts';
import { launcherStyles } from '../../shared/state/launcher-styles.ts';
import { english } from '../../widget/panel/draw-launcher.ts';
import type { PageConfiguration } from '../../widget/launcher/panel-port.ts';

export const sampleId = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

/** Minutes after a Monday morning in March. */
export const sampleInstant = (minutes = 0): string => new Date(Date.UTC(2026, 2, 9, 8, minutes)).toISOString();

export const conversationId = sampleId(1);
export const ada = { kind: 'teammate', id: sampleId(11), name: 'Ada' } as const;
export const ben = { kind: 'teammate', id: sampleId(12), name: 'Ben' } as const;

export function sampleConfiguration(changes: Partial<PageConfiguration> = {}): PageConfiguration {
  return {
    key: 'ch_sample',
    name: 'Kilnmere',
    color: null,
    position: 'right',
    greeting: 'Hello! How can we help?',
    availability: { open: true, changesAt: null },
    panel: '/assets/panel.js',
    css: launcherStyles(defaultWebChatSettings),
    words: { ...english, failed: 'Chat could not load. Try again.' },
    dismiss: 'Dismiss',
    ...changes,
  };
}

export function sampleVisitorConversation(changes: Partial<VisitorConversation> = {}): VisitorConversation {
  return {
    id: conversationId,
    status: 'open',
    publicSeq: 1,
    readSeq: 1,
    teamReadSeq: 0,
    lastMessage: { preview: 'Is the mug dishwasher safe?', authorKind: 'visitor', at: sampleInstant() },
    createdAt: sampleInstant(),
    ...changes,
  };
}

export function samplePart(publicSeq: number, text: string, changes: Partial<VisitorPart> = {}): VisitorPart {
  return {
    id: sampleId(1000 + publicSeq),
    conversationId,
    publicSeq,
    author: { kind: 'visitor' },
    body: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
    createdAt: sampleInstant(publicSeq),
    ...changes,
  };
}

export function sampleSnapshot(changes: Partial<VisitorSnapshot> = {}): VisitorSnapshot {
  return {
    sessionId: sampleId(2),
    configuration: sampleConfiguration(),
    availability: { open: true, changesAt: null },
    team: [
      { id: ada.id, name: 'Ada', available: true },
      { id: ben.id, name: 'Ben', available: false },
    ],
    conversations: [],
    help: false,
    doors: { preChat: null, offHours: { mode: 'message', text: '', form: null }, known: [], consented: false },
    ...changes,
  };
}
