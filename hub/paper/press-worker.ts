/** A thread that writes documents. A long one takes seconds, in which the hub goes on with everything else. */
import { parentPort } from 'node:worker_threads';
import type { Paper } from './paper.ts';
import type { Printed } from './press.ts';
import { writePdf } from './write-pdf.ts';

parentPort?.on('message', async (paper: Paper) => {
  const tell = (printed: Printed) => parentPort?.postMessage(printed);
  try {
    tell({ pdf: await writePdf(paper) });
  } catch (error) {
    tell({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
