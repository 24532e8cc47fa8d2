/** How element tests run: real Chromium, one page per file, TypeScript compiled with the same options as the build. */
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import type { TestRunnerConfig } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { emojiNamesModule } from './emoji-names.ts';
import { findBrowser } from './test/browser.ts';

const page = (testRunnerImport: string): string => `<!doctype html>
<html lang="en">
  <head>
    <title>Element test</title>
    <meta name="viewport" content="width=device-width" />
    <script>
      // The build replaces process.env.NODE_ENV; here nothing is built.
      window.process = { env: { NODE_ENV: 'production' } };
    </script>
    <script type="module" src="${testRunnerImport}"></script>
  </head>
  <body></body>
</html>`;

export async function elementTestConfig(files: string[]): Promise<TestRunnerConfig> {
  const { executablePath, args, env } = await findBrowser();
  return {
    rootDir: fileURLToPath(new URL('.', import.meta.url)),
    files,
    concurrency: 2,
    // Development builds of Lit write warnings into every test's console.
    nodeResolve: { exportConditions: ['production', 'browser'] },
    plugins: [
      // As the build makes them; see vite.config.ts.
      {
        name: 'parlour:emoji-names',
        resolveImport: ({ source }) =>
          source.startsWith('emoji-names:') ? `/${source.replace(':', '/')}.js` : undefined,
        serve({ path }) {
          const [, language] = /^\/emoji-names\/(\w+)\.js$/.exec(path) ?? [];
          return language && { body: emojiNamesModule(language), type: 'js' };
        },
      },
      esbuildPlugin({
        ts: true,
        target: 'es2022',
        tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)),
      }),
    ],
    browsers: [
      chromeLauncher({
        launchOptions: { executablePath, args, env: { ...process.env, ...env } },
        // A context of its own is a window of its own: behind another tab a page is hidden, and hears no scrolling.
        createPage: async ({ context }) => {
          const page = await (await context.browser().createBrowserContext()).newPage();
          const tools = await page.createCDPSession();
          // A page is used for many files. Where its history is full, at 50 entries, a new one displaces such as nobody's hand led to, be it the one that
          // Back should lead to: each file begins with none.
          page.on('framenavigated', (frame) => {
            if (frame.parentFrame() || frame.url() !== 'about:blank') return;
            // The page may be closed meanwhile, with the last file.
            tools.send('Page.resetNavigationHistory').catch(() => undefined);
          });
          return page;
        },
      }),
    ],
    testRunnerHtml: page,
    // Longer than `until` waits, whose failure says what did not come.
    testFramework: { config: { ui: 'bdd', timeout: 30_000 } },
    // Of a whole file, as in Node: one that hangs is to be told of at last.
    testsFinishTimeout: 360_000,
    staticLogging: true,
  };
}
