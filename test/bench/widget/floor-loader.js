/** The floor of the widget: what anybody would write first. A round button in a shadow root; the panel comes at the first intent. */
(() => {
  const base = new URL('.', document.currentScript.src);
  const host = document.createElement('floor-widget');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    'button{position:fixed;inset:auto 20px 20px auto;inline-size:60px;block-size:60px;border:0;border-radius:30px;background:#0f766e;color:#fff;font-size:24px}',
  );
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.textContent = '✉';
  button.ariaLabel = 'Open chat';
  let panel;
  const load = () => (panel ??= import(new URL('floor-panel.js', base)));
  button.onpointerenter = button.onfocus = load;
  button.onclick = async () => (await load()).open(root);
  root.append(button);
  const stand = () => (document.body ? document.body.append(host) : requestAnimationFrame(stand));
  stand();
})();
