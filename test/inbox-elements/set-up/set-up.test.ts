import { SetUp } from '../../../inbox-elements/set-up/set-up.ts';
import { define } from '../../../shared/ui/define.ts';
import { expectAccessible } from '../../accessible.ts';
import { describe, expect, it, mount, settled } from '../../page.ts';
import { refuse } from '../fake-client.ts';
import { expectNoLeak } from '../leaks.ts';

define({ 'parlour-set-up': SetUp });

const details = {
  ownerName: 'Ada Okafor',
  name: 'Fern & Field',
  email: 'ada@example.com',
  password: 'a long password',
  timeZone: 'Europe/Berlin',
};

function withToken(token = 'the-token'): SetUp {
  const element = new SetUp();
  element.token = token;
  return element;
}

function fill(element: Element, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    const control = element.shadowRoot!.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
    control.value = value;
    control.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

async function submit(element: SetUp): Promise<void> {
  element.shadowRoot!.querySelector('form')!.requestSubmit();
  await new Promise((resolve) => setTimeout(resolve));
  await settled(element);
}

const text = (element: Element): string => element.shadowRoot!.textContent ?? '';
const describedError = (element: Element, name: string): string =>
  element.shadowRoot!.querySelector(`#${name}-description`)?.textContent ?? '';

describe('<parlour-set-up>', () => {
  it('is accessible when empty', async () => {
    await expectAccessible(await mount(withToken()));
  });

  it('is accessible without a token', async () => {
    await expectAccessible(await mount(withToken('')));
  });

  it('is accessible while it waits for the server', async () => {
    const element = withToken();
    element.setUp = () => new Promise(() => undefined);
    await mount(element);
    fill(element, details);
    await submit(element);
    expect(text(element)).to.contain('Setting up…');
    await expectAccessible(element);
  });

  it('is accessible with errors beside its fields', async () => {
    const element = await mount(withToken());
    await submit(element);
    expect(element.shadowRoot!.querySelectorAll('.error').length).to.equal(4);
    await expectAccessible(element);
  });

  it('makes the workspace with everything typed and the token of the link', async () => {
    const sent: unknown[] = [];
    const element = withToken();
    element.setUp = async (...values) => void sent.push(values);
    await mount(element);
    let heard = 0;
    element.addEventListener('parlour-signed-in', () => (heard += 1));
    fill(element, details);
    await submit(element);
    expect(sent).to.deep.equal([[location.origin, { token: 'the-token', ...details }]]);
    expect(heard).to.equal(1);
  });

  it('says in its own words that a password is too short', async () => {
    const element = await mount(withToken());
    fill(element, details);
    const password = element.shadowRoot!.querySelector<HTMLInputElement>('[name="password"]')!;
    // A browser finds too short only what a person has typed, which no script can do.
    Object.defineProperty(password, 'validity', { value: { valid: false, tooShort: true } });
    await submit(element);
    expect(describedError(element, 'password')).to.equal('Must be at least 10 characters.');
    expect(element.shadowRoot!.activeElement).to.equal(password);
  });

  it("starts with the browser's own time zone, and offers the others", async () => {
    const element = await mount(withToken());
    const zone = element.shadowRoot!.querySelector<HTMLSelectElement>('[name="timeZone"]')!;
    expect(zone.value).to.equal(new Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(zone.options.length).to.be.greaterThan(300);
  });

  it('shows what the server finds wrong beside the field, until that field is edited', async () => {
    const element = withToken();
    element.setUp = async () =>
      refuse({ code: 'invalid', message: 'Some fields are wrong.', fields: { email: 'must be an email address' } });
    await mount(element);
    fill(element, { ...details, email: 'ada@example' });
    await submit(element);
    expect(describedError(element, 'email')).to.equal('Must be an email address');
    expect(element.shadowRoot!.activeElement?.id).to.equal('email');
    fill(element, { email: 'ada@example.com' });
    await settled(element);
    expect(describedError(element, 'email')).to.equal('');
  });

  it('shows the sentence about a wrong token', async () => {
    const element = withToken('wrong');
    element.setUp = async () =>
      refuse({ code: 'forbidden', message: 'This set-up link is not valid. Take the one the server printed last.' });
    await mount(element);
    fill(element, details);
    await submit(element);
    expect(element.shadowRoot!.querySelector('[role="alert"]')!.textContent).to.contain(
      'This set-up link is not valid',
    );
  });

  it('leads to the sign-in, and shows no form any more, where somebody else was faster', async () => {
    const element = withToken();
    const sentence = 'This Parlour is set up already. Sign in instead, or ask its owner to add you.';
    element.setUp = async () => refuse({ code: 'gone', message: sentence });
    await mount(element);
    fill(element, details);
    await submit(element);
    expect(element.shadowRoot!.querySelector('[role="alert"]')!.textContent).to.contain(sentence);
    expect(element.shadowRoot!.querySelector('input')).to.equal(null);
    const link = element.shadowRoot!.activeElement as HTMLAnchorElement;
    expect(link.textContent).to.equal('Sign in');
    expect(link.href).to.equal(location.origin + location.pathname + location.search);
    await expectAccessible(element);
  });

  it('shows no form without a token, but where to find the link', async () => {
    const element = await mount(withToken(''));
    expect(element.shadowRoot!.querySelector('form')).to.equal(null);
    expect(text(element)).to.contain('set-up link that the server printed');
  });

  it('leaves nothing behind', async () => {
    await expectNoLeak(() => withToken());
  });
});
