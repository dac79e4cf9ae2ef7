import { Worker } from 'node:worker_threads';
import type { Paper } from './paper.ts';
import { PaperError } from './paper-error.ts';

/** What the thread says of one document. */
export type Printed = { pdf: Uint8Array } | { failed: string };

/** Documents that may wait for the thread. */
const mostWaiting = 30;
/** Milliseconds that one document may take: several complaints of the greatest length are written in it. */
const longest = 30_000;
/** Milliseconds without a document after which the thread ends, and its fonts leave memory. */
const idle = 60_000;
const mostMegabytes = 512;
const workerUrl = new URL('./press-worker.ts', import.meta.url);

interface Waiting {
  paper: Paper;
  resolve: (pdf: Buffer) => void;
  reject: (error: Error) => void;
}

/** One thread of this process writes all documents, one after the other. It runs while there are some. */
class Press {
  readonly #waiting: Waiting[] = [];
  #worker: Worker | undefined;
  #current: Waiting | undefined;
  #timer: NodeJS.Timeout | undefined;

  print(paper: Paper): Promise<Buffer> {
    if (this.#waiting.length >= mostWaiting)
      return Promise.reject(new PaperError('busy', `${mostWaiting} documents wait already`));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ paper, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#current) return;
    this.#current = this.#waiting.shift();
    clearTimeout(this.#timer);
    if (!this.#current) {
      this.#worker?.unref();
      this.#timer = setTimeout(() => this.#end(), idle).unref();
      return;
    }
    this.#worker ??= this.#start();
    this.#worker.ref();
    this.#timer = setTimeout(() => this.#giveUp(new PaperError('too_long', 'it took too long')), longest);
    this.#worker.postMessage(this.#current.paper);
  }

  #start(): Worker {
    const resourceLimits = { maxOldGenerationSizeMb: mostMegabytes };
    const worker = new Worker(workerUrl, { name: 'paper', resourceLimits, env: {}, execArgv: [] });
    worker.on('message', (printed: Printed) => {
      const { resolve, reject } = this.#current ?? {};
      this.#current = undefined;
      if ('pdf' in printed) resolve?.(Buffer.from(printed.pdf));
      else reject?.(new PaperError('failed', printed.failed));
      this.#next();
    });
    // Out of memory, for example: the document under way is lost, the others get a new thread.
    worker.on('error', (error) => {
      if (worker === this.#worker) this.#giveUp(new PaperError('failed', String(error)));
    });
    return worker;
  }

  #giveUp(error: PaperError): void {
    const { reject } = this.#current ?? {};
    this.#current = undefined;
    this.#end();
    reject?.(error);
    this.#next();
  }

  #end(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }
}

const press = new Press();

/** Writes the document as PDF, beside everything else. Errors: PaperError. */
export const printPaper = (paper: Paper): Promise<Buffer> => press.print(paper);
