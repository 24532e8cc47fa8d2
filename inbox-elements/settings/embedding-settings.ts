import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { formMessage } from '../form/field.ts';
import { Submission } from '../form/submission.ts';
import { CopyButton } from '../snippet/copy-button.ts';
import { ConfirmButton } from './confirm-button.ts';
import { secretBox } from './secret-box.ts';
import { SettingsSection } from './settings-section.ts';

/**
 * @tag parlour-embedding-settings
 * @summary Parlour inside other apps and sites: the secrets that their servers sign with, and what to do with them.
 */
export class EmbeddingSettings extends SettingsSection {
  @state() private secret: string | null = null;
  @state() private identitySecret: string | null = null;

  readonly #submission = new Submission(this);
  readonly #identitySubmission = new Submission(this);
  readonly #confirm = new ConfirmButton(this);
  readonly #copy = new CopyButton(this);
  readonly #copyPage = new CopyButton(this);
  readonly #copyServer = new CopyButton(this);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    queueMicrotask(() => {
      if (!this.isConnected) this.secret = this.identitySecret = null;
    });
  }

  #rotate = (): Promise<boolean> =>
    this.#submission.run(null, async () => {
      this.secret = (await this.execute('workspace.rotateSigningSecret', {})).secret;
    });

  #rotateIdentity = (): Promise<boolean> =>
    this.#identitySubmission.run(null, async () => {
      this.identitySecret = (await this.execute('workspace.rotateIdentitySecret', {})).secret;
    });

  protected override render(): TemplateResult | typeof nothing {
    const { directory } = this;
    if (!directory) return nothing;
    const { publicUrl, workspace } = directory;
    return html`<section class="section">
        <div class="section-head">
          <h3>${msg('Signing secret')}</h3>
          <p class="lead">
            ${msg('You can embed this inbox in your own app. Your server signs a token for the teammate who is signed in there, with a secret that you create here. Keep it on the server.')}
          </p>
        </div>
        <div class="field" role="group" aria-labelledby="workspace-id-label">
          <span class="label" id="workspace-id-label">${msg('Workspace ID')}</span>
          <div class="id-line">
            <code id="workspace-id">${workspace.id}</code>
            ${this.#copy.render(workspace.id, '#workspace-id', 'small')}
          </div>
          <p class="hint">${msg('Your server names it in every token, as kid.')}</p>
        </div>
        ${formMessage(this.#submission.message)}
        ${
          this.secret
            ? secretBox(this.#copy, {
                sentence: msg(
                  'Copy the secret now. It is shown only this once. Tokens signed with one made before no longer work.',
                ),
                secret: this.secret,
              })
            : nothing
        }
        <div class="save">
          ${this.#confirm.render({
            key: 'rotate',
            label: msg('Create a new signing secret'),
            name: msg('Create a new signing secret'),
            sure: msg('Create the signing secret'),
            note: secretNote(),
            act: this.#rotate,
          })}
        </div>
      </section>
      <section class="section wide">
        ${example(this.#copyPage, 'page-example', msg('In your page'), pageExample(publicUrl))}
        ${example(
          this.#copyServer,
          'server-example',
          msg('On your server'),
          tokenExample(workspace.id),
          msg('A token is valid for ten minutes at most; the session fetches the next one automatically.'),
        )}
      </section>
      <section class="section">
        <div class="section-head">
          <h3>${msg('Identity secret')}</h3>
          <p class="lead">
            ${msg('Your site can prove to the chat who its visitor is, so that they find their conversations in every browser. Your server signs a token for the visitor, with a secret that you create here. Keep it on the server.')}
          </p>
        </div>
        ${formMessage(this.#identitySubmission.message)}
        ${
          this.identitySecret
            ? secretBox(this.#copy, {
                sentence: msg(
                  'Copy the secret now. It is shown only this once. Tokens signed with one made before no longer work.',
                ),
                secret: this.identitySecret,
              })
            : nothing
        }
        <div class="save">
          ${this.#confirm.render({
            key: 'rotate-identity',
            label: msg('Create a new identity secret'),
            name: msg('Create a new identity secret for your site'),
            sure: msg('Create the identity secret'),
            note: secretNote(),
            act: this.#rotateIdentity,
          })}
        </div>
        <p class="lead">
          <a href="${publicUrl}/docs#identity" target="_blank" rel="noopener">${msg('Signing examples in five programming languages')}</a>
        </p>
      </section>`;
  }
}

/** Nobody here knows whether there is one already: it holds either way. */
function secretNote(): string {
  return msg('The secret is shown only once. If one was made before, it stops working.');
}

/** Lines of code under their title, to be taken along. */
function example(copy: CopyButton, id: string, title: string, code: string, lead?: string): TemplateResult {
  return html`<div class="example-head">
      <h4>${title}</h4>
      ${copy.render(code, `#${id}`, 'small')}
    </div>
    ${lead ? html`<p class="lead">${lead}</p>` : nothing}
    <pre id=${id} tabindex="0" role="region" aria-label=${title}><code>${code}</code></pre>`;
}

// Lines rather than one template: the build closes up the space in those, and these are there to be read.
function pageExample(publicUrl: string): string {
  return [
    `<script type="module" src="${publicUrl}/elements.js"></script>`,
    '',
    '<style>',
    '  parlour-workspace { height: 100dvh; } /* or what your page leaves */',
    '</style>',
    '',
    `<parlour-session id="session" server="${publicUrl}">`,
    '  <parlour-workspace></parlour-workspace>',
    '</parlour-session>',
    '',
    '<script type="module">',
    "  document.querySelector('#session').getToken = async () =>",
    "    (await fetch('/parlour-token', { method: 'POST' })).text();",
    '</script>',
  ].join('\n');
}

function tokenExample(workspaceId: string): string {
  return [
    "import { createHmac } from 'node:crypto';",
    '',
    "const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');",
    '',
    'export function teammateToken(email) {',
    '  const iat = Math.floor(Date.now() / 1000);',
    `  const header = encode({ alg: 'HS256', typ: 'JWT', kid: '${workspaceId}' });`,
    "  const claims = encode({ aud: 'parlour', sub: email, iat, exp: iat + 600 });",
    "  const signature = createHmac('sha256', process.env.PARLOUR_SIGNING_SECRET)",
    '    .update(`${header}.${claims}`)',
    "    .digest('base64url');",
    '  return `${header}.${claims}.${signature}`;',
    '}',
  ].join('\n');
}
