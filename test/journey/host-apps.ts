/** Pages of other people's making: what they are built with is bundled for the test, as its authors would. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

const reactApp = (server: string, channel: string): string => `
import { createElement as h, StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
function App() {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const follow = () => setPath(location.pathname);
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const go = (event) => { event.preventDefault(); history.pushState(null, '', event.target.href); setPath(location.pathname); };
  const heard = ({ message }) => { document.title = message.text; };
  return h('main', null, h('nav', null, h('a', { href: '/react/elsewhere', onClick: go }, 'Elsewhere')),
    h('h1', null, 'React at ' + path),
    h('parlour-widget', { channel: '${channel}', theme: 'dark', 'onparlour-message': heard }));
}
const place = document.createElement('div');
document.body.append(place);
createRoot(place).render(h(StrictMode, null, h(App)));
await import('${server}/parlour-widget.js');
`;

const vueApp = (server: string, channel: string): string => `
import { createApp, h, onMounted, onUnmounted, ref } from 'vue';
import { boot } from '${join(root, 'dist/client/widget-api.js')}';
const app = createApp({
  setup() {
    const path = ref(location.pathname);
    const go = (event) => { event.preventDefault(); history.pushState(null, '', event.target.href); path.value = location.pathname; };
    const chat = boot({ server: '${server}', channel: '${channel}' });
    onMounted(async () => (await chat).on('message', ({ detail }) => { document.title = detail.text; }));
    onUnmounted(async () => (await chat).destroy());
    return () => h('main', [h('nav', [h('a', { href: '/vue/elsewhere', onClick: go }, 'Elsewhere')]), h('h1', 'Vue at ' + path.value)]);
  },
});
const place = document.createElement('div');
document.body.append(place);
app.mount(place);
Object.assign(window, { app });
`;

/** Each as one module, by name. */
export async function bundles(
  server: string,
  channel: string,
): Promise<Record<'react' | 'vue' | 'turbo' | 'htmx', string>> {
  const { build } = await import('vite');
  await mkdir(join(root, '.tmp'), { recursive: true });
  const folder = await mkdtemp(join(root, '.tmp', 'host-apps-'));
  const bundle = async (name: string, source: string): Promise<string> => {
    const entry = join(folder, `${name}.js`);
    await writeFile(entry, source);
    const result = await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      define: {
        'process.env.NODE_ENV': '"production"',
        __VUE_OPTIONS_API__: 'true',
        __VUE_PROD_DEVTOOLS__: 'false',
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      },
      build: {
        write: false,
        target: 'es2022',
        rolldownOptions: { input: entry, external: [/^https?:/], output: { format: 'es' } },
      },
    });
    const [first] = [result].flat();
    if (!first || !('output' in first)) throw new Error(`${name} was not bundled`);
    return first.output[0].code;
  };
  try {
    const [react, vue, turbo, htmx] = await Promise.all([
      bundle('react', reactApp(server, channel)),
      bundle('vue', vueApp(server, channel)),
      bundle('turbo', `import '@hotwired/turbo';`),
      bundle('htmx', `import htmx from 'htmx.org'; window.htmx = htmx;`),
    ]);
    return { react, vue, turbo, htmx };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
