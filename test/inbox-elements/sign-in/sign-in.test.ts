import { SignIn } from '../../../inbox-elements/sign-in/sign-in.ts';
import { define } from '../../../shared/ui/define.ts';
import { expectAccessible } from '../../accessible.ts';
import { describe, expect, it, mount, settled, until } from '../../page.ts';
import { refuse } from '../fake-client.ts';
import { expectNoLeak } from '../leaks.ts';

define({ 'parlour-sign-in': SignIn });

function fill(element: Element, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    const input = element.shadowRoot!.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

async function submit(element: SignIn): Promise<void> {
  element.shadowRoot!.querySelector('form')!.requestSubmit();
  await new Promise((resolve) => setTimeout(resolve));
  await settled(element);
}

function signInThat(answer: () => Promise<void>): SignIn {
  const element = new SignIn();
  element.signIn = answer;
  return element;
}

const text = (element: Element): string => element.shadowRoot!.textContent ?? '';

describe('<parlour-sign-in>', () => {
  it('is accessible when empty', async () => {
    await expectAccessible(await mount(new SignIn()));
  });

  it('is accessible while it waits for the server', async () => {
    const element = await mount(signInThat(() => new Promise(() => undefined)));
    fill(element, { email: 'ada@example.com', password: 'a long password' });
    await submit(element);
    expect(text(element)).to.contain('Signing in…');
    await expectAccessible(element);
  });

  it('is accessible with wrong fields and a refusal', async () => {
    const element = await mount(
      signInThat(async () => refuse({ code: 'unauthenticated', message: 'The email or the password is wrong.' })),
    );
    await submit(element);
    await expectAccessible(element);
    fill(element, { email: 'ada@example.com', password: 'a wrong password' });
    await submit(element);
    expect(text(element)).to.contain('The email or the password is wrong.');
    await expectAccessible(element);
  });

  it('sends what was typed to its server and says that the browser is signed in', async () => {
    const sent: unknown[] = [];
    const element = new SignIn();
    element.server = 'https://chat.example/somewhere/';
    element.signIn = async (...values) => void sent.push(values);
    await mount(element);
    let heard = 0;
    element.addEventListener('parlour-signed-in', () => (heard += 1));
    fill(element, { email: 'ada@example.com', password: 'a long password' });
    await submit(element);
    expect(sent).to.deep.equal([['https://chat.example', { email: 'ada@example.com', password: 'a long password' }]]);
    expect(heard).to.equal(1);
  });

  it('asks nobody while a field is incomplete, and puts the focus there', async () => {
    let asked = 0;
    const element = await mount(signInThat(async () => void (asked += 1)));
    fill(element, { email: 'ada@example.com' });
    await submit(element);
    expect(asked).to.equal(0);
    const password = element.shadowRoot!.querySelector('#password')!;
    expect(password.getAttribute('aria-invalid')).to.equal('true');
    expect(element.shadowRoot!.activeElement).to.equal(password);
  });

  it('asks once, however often the button is pressed', async () => {
    let asked = 0;
    const element = await mount(
      signInThat(() => {
        asked += 1;
        return new Promise(() => undefined);
      }),
    );
    fill(element, { email: 'ada@example.com', password: 'a long password' });
    await submit(element);
    await submit(element);
    expect(asked).to.equal(1);
  });

  it('says so when the server cannot be reached, and keeps what was typed', async () => {
    const element = await mount(signInThat(() => Promise.reject(new TypeError('Failed to fetch'))));
    fill(element, { email: 'ada@example.com', password: 'a long password' });
    await submit(element);
    expect(text(element)).to.contain('The server cannot be reached');
    expect(element.shadowRoot!.querySelector<HTMLInputElement>('#password')!.value).to.equal('a long password');
  });

  it('tells password managers what each field is', async () => {
    const element = await mount(new SignIn());
    const fields = [...element.shadowRoot!.querySelectorAll('input')];
    expect(fields.map(({ autocomplete }) => autocomplete)).to.deep.equal(['username', 'current-password']);
  });

  it('shows the password on request', async () => {
    const element = await mount(new SignIn());
    const password = element.shadowRoot!.querySelector<HTMLInputElement>('#password')!;
    const toggle = element.shadowRoot!.querySelector<HTMLButtonElement>('[aria-label="Show password"]')!;
    toggle.click();
    await until(() => password.type === 'text', 'the password is shown');
    toggle.click();
    await until(() => password.type === 'password', 'the password is hidden again');
  });

  it('leaves nothing behind', async () => {
    await expectNoLeak(() => new SignIn());
  });
});
