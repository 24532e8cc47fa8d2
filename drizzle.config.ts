/** `npm run db:generate -- --name what-changes` writes the next migration from the difference to the last one. */
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./server/database/schema.ts', './server/modules/*/schema.ts'],
  out: './server/database/migrations',
  schemaFilter: ['parlour'],
});
