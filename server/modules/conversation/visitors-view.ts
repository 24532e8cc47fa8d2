import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { VisitorPart } from '../../../shared/contract/part.ts';
import type { Database } from '../../database/connection.ts';
import { listTeammates } from '../teammate/queries.ts';
import { toVisitorPart } from './records.ts';
import { part } from './schema.ts';

/** The newest messages, as the visitor sees them: no notes, nothing of the team's inner life. */
export async function visitorsView(
  db: Database,
  workspaceId: string,
  conversationId: string,
  most: number,
): Promise<{ parts: VisitorPart[]; isWhole: boolean }> {
  const [rows, teammates] = await Promise.all([
    db
      .select()
      .from(part)
      .where(and(eq(part.workspaceId, workspaceId), eq(part.conversationId, conversationId), isNotNull(part.publicSeq)))
      .orderBy(desc(part.seq))
      .limit(most + 1),
    listTeammates(db, workspaceId),
  ]);
  const names = new Map(teammates.map(({ id, name }) => [id, name]));
  const parts = rows
    .slice(0, most)
    .reverse()
    .flatMap((row) => toVisitorPart(row, (id) => names.get(id) ?? '') ?? []);
  return { parts, isWhole: rows.length <= most };
}
