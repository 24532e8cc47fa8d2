import { text, uuid } from 'drizzle-orm/pg-core';
import { at, parlour } from '../../database/schema.ts';

export const workspace = parlour.table('workspace', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  /** What host apps sign teammate tokens with; encrypted with the installation's secret. */
  signingSecret: text('signing_secret'),
  /** What a site's server signs with to prove who a visitor is; encrypted likewise. */
  identitySecret: text('identity_secret'),
  createdAt: at('created_at').notNull(),
});
