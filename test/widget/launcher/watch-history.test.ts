import { watchHistory } from '../../../widget/greeter/watch-history.ts';
import { afterEach, beforeEach, describe, expect, it, until } from '../../page.ts';

const here = location.href;
const functions = (): unknown[] => ['pushState', 'replaceState'].map((name) => Reflect.get(history, name));
const own = functions();

let seen: string[] = [];
const moved = (): void => void seen.push(location.pathname);
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  seen = [];
});
afterEach(() => history.replaceState(null, '', here));

describe('a change of address, where the browser does not tell', () => {
  it('is seen when the page makes one, and when the visitor goes back', async () => {
    const over = new AbortController();
    watchHistory(moved, over.signal);
    history.pushState({ page: 1 }, '', '/one');
    await turn();
    history.replaceState(null, '', '/two');
    await turn();
    expect(seen).to.deep.equal(['/one', '/two']);
    history.back();
    await until(() => seen.length > 2, 'it goes back');
    over.abort();
  });

  it('leaves the page’s history as it was, however many listened, and hears nothing more', async () => {
    const [one, other] = [new AbortController(), new AbortController()];
    watchHistory(moved, one.signal);
    watchHistory(() => seen.push('other'), other.signal);
    history.pushState(null, '', '/both');
    await turn();
    expect(seen).to.deep.equal(['/both', 'other']);
    one.abort();
    expect(functions()).to.not.deep.equal(own);
    other.abort();
    expect(functions()).to.deep.equal(own);
    expect(Object.getOwnPropertyNames(history)).to.deep.equal([]);
    history.pushState(null, '', '/nobody');
    await turn();
    expect(seen).to.deep.equal(['/both', 'other']);
  });

  it('leaves a script alone that replaced the same functions later: it goes on working, and ours only pass on', async () => {
    const first = new AbortController();
    watchHistory(moved, first.signal);
    const ours = Reflect.get(history, 'pushState') as History['pushState'];
    let theirs = 0;
    const another = function (this: History, ...change: Parameters<History['pushState']>): void {
      theirs += 1;
      ours.apply(this, change);
    };
    history.pushState = another;
    first.abort();
    expect(Reflect.get(history, 'pushState')).to.equal(another);
    history.pushState(null, '', '/theirs');
    await turn();
    expect([theirs, location.pathname, seen]).to.deep.equal([1, '/theirs', []]);
    const second = new AbortController();
    watchHistory(moved, second.signal);
    history.pushState(null, '', '/again');
    await turn();
    expect([theirs, seen]).to.deep.equal([2, ['/again']]);
    second.abort();
    expect(Reflect.get(history, 'pushState')).to.equal(another);
    Reflect.deleteProperty(history, 'pushState');
    expect(functions()).to.deep.equal(own);
  });

  it('never troubles the page: what the listener does wrong is not the page’s', async () => {
    const over = new AbortController();
    watchHistory(() => over.abort(), over.signal);
    expect(() => history.pushState(null, '', '/safe')).to.not.throw();
    expect(() => history.pushState(null, '', 'https://elsewhere.example/')).to.throw(DOMException);
    await turn();
    expect(functions()).to.deep.equal(own);
  });

  it('is not listened for by whoever has gone before it could be', () => {
    watchHistory(moved, AbortSignal.abort());
    expect(functions()).to.deep.equal(own);
  });
});
