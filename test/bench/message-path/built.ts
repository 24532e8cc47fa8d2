import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const entries = {
  floor: fileURLToPath(new URL('./floor-server.ts', import.meta.url)),
  parlour: fileURLToPath(new URL('./parlour-server.ts', import.meta.url)),
};

/**
 * Bundles what is measured, as production is bundled: run from source, each closure on the hot path would be given its name anew, every time.
 * @param folder within the project, so that packages are found from there
 * @returns the servers' files
 */
export async function buildServers(folder: string): Promise<Record<keyof typeof entries, string>> {
  const outDir = join(folder, 'server');
  await mkdir(outDir, { recursive: true });
  await build({
    configFile: false,
    logLevel: 'warn',
    build: { ssr: true, outDir, emptyOutDir: false, rolldownOptions: { input: entries } },
  });
  return { floor: join(outDir, 'floor.js'), parlour: join(outDir, 'parlour.js') };
}
