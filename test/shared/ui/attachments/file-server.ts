/** What answers a browser that sends files, in place of a network: `null` is none. */
export class FileServer {
  answer: 'takes' | { status: number; body: string } | null = 'takes';
  /** Under which ids files were sent, in order. */
  ids: string[] = [];
  /** When each of them came. */
  times: number[] = [];
  /** Called before an upload is answered. */
  held: Promise<void> | undefined;
  readonly #fetch = window.fetch;
  readonly #request = window.XMLHttpRequest;

  open(): void {
    this.answer = 'takes';
    this.ids = [];
    this.times = [];
    this.held = undefined;
    window.fetch = async (address, options) =>
      String(address).includes('attachment-limits')
        ? Response.json({ maxBytes: 1_000_000, maxPerMessage: 10 })
        : this.#fetch(address, options);
    const take = this.#take;
    window.XMLHttpRequest = class extends window.XMLHttpRequest {
      #id = '';
      #name = '';
      #answer = { status: 0, body: '' };
      #isOver = false;

      override open(_method: string, address: string | URL): void {
        this.#name = new URL(address).searchParams.get('name') ?? '';
      }

      override setRequestHeader(name: string, value: string): void {
        if (name === 'idempotency-key') this.#id = value;
      }

      override getResponseHeader(): string | null {
        return null;
      }

      override get status(): number {
        return this.#answer.status;
      }

      override get responseText(): string {
        return this.#answer.body;
      }

      override abort(): void {
        this.#end('abort');
      }

      override send(file: Blob): void {
        void take(this.#id, this.#name, file.size).then((answer) => {
          if (answer) this.#answer = answer;
          this.#end(answer ? 'load' : 'error');
        });
      }

      #end(how: 'load' | 'error' | 'abort'): void {
        if (this.#isOver) return;
        this.#isOver = true;
        this.dispatchEvent(new ProgressEvent(how));
        this.dispatchEvent(new ProgressEvent('loadend'));
      }
    };
  }

  close(): void {
    window.fetch = this.#fetch;
    window.XMLHttpRequest = this.#request;
  }

  readonly #take = async (id: string, name: string, size: number): Promise<{ status: number; body: string } | null> => {
    this.ids.push(id);
    this.times.push(performance.now());
    await this.held;
    if (this.answer !== 'takes') return this.answer;
    return { status: 200, body: JSON.stringify({ id, name, size, type: 'text/plain' }) };
  };
}
