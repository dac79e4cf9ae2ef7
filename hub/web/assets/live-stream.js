// The connection to the hub that says when something changed. `tell` hears 'open', 'lost' and 'look'.
// Milliseconds after which a stream that was refused is asked for again.
const refusedPause = 20_000;

export function createStream(tell) {
  let source;
  let again;

  function failed() {
    tell('lost');
    if (source.readyState !== EventSource.CLOSED) return;
    // Refused, and a browser does not ask again by itself: too many streams are open, or the person is signed out.
    close();
    again = setTimeout(open, refusedPause);
  }

  function open() {
    if (source) return;
    clearTimeout(again);
    source = new EventSource('/events');
    source.addEventListener('look', () => tell('look'));
    source.addEventListener('open', () => tell('open'));
    source.addEventListener('error', failed);
  }

  function close() {
    clearTimeout(again);
    source?.close();
    source = undefined;
  }

  return { open, close, isOpen: () => source?.readyState === EventSource.OPEN };
}
