// Holds one stream for all pages of this browser, while at least one of them is seen: a browser has six connections to
// one host, for all of its tabs together, and a stream in each tab would leave none for pages and forms.
import { createStream } from './live-stream.js';

// Milliseconds after which a page that said nothing is taken for gone: it says every fifteen seconds that it is seen.
const silence = 60_000;
// Milliseconds from the writing of a page to its first word here. It hears of changes in between.
const loadingTime = 10_000;
const pages = new Map();
let changedAt = 0;

const stream = createStream((said) => {
  if (said === 'look') changedAt = Date.now();
  for (const port of pages.keys()) port.postMessage(said);
});

function turn() {
  if (pages.size > 0) stream.open();
  else stream.close();
}

function heard(port, said) {
  const isNew = !pages.has(port);
  if (said === 'seen') pages.set(port, Date.now());
  else pages.delete(port);
  turn();
  if (said !== 'seen') return;
  if (isNew && Date.now() - changedAt < loadingTime) port.postMessage('look');
  port.postMessage(stream.isOpen() ? 'open' : 'waiting');
}

addEventListener('connect', ({ ports: [port] }) => {
  port.addEventListener('message', ({ data }) => heard(port, data));
  port.start();
});

setInterval(() => {
  for (const [port, at] of pages) if (Date.now() - at > silence) pages.delete(port);
  turn();
}, silence / 2);
