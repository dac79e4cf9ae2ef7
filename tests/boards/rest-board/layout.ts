/** Safe HTML. Any other value is escaped when it is inserted. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | null | undefined | false | Html[];

/** A template whose values are escaped. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(parts.reduce((text, part, index) => text + render(values[index - 1]) + part));
}

/** HTML that the agency's editor stored. The page's content security policy prevents its scripts from running. */
export function stored(text: string): Html {
  return new Html(text);
}

function render(value: Value): string {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(render).join('');
  return escapeHtml(value === null || value === undefined || value === false ? '' : String(value));
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export const contentPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; form-action 'self'; img-src data:";

const style = `
:root { --ink: #1d2b36; --soft: #5c6b77; --line: #d9e0e6; --brand: #0b5c7d; --wash: #f3f6f8 }
* { box-sizing: border-box }
body { margin: 0; font: 16px/1.6 "Pretendard", "Noto Sans KR", "Malgun Gothic", system-ui, sans-serif; color: var(--ink); background: var(--wash) }
header { background: var(--brand); color: #fff; padding: 1rem 1.5rem }
header a { color: inherit; text-decoration: none; font-weight: 700; font-size: 1.15rem }
main, #live { display: grid; gap: 1rem }
main { max-width: 60rem; margin: 1.5rem auto; padding: 0 1rem }
section, form, table { background: #fff; border: 1px solid var(--line); border-radius: .6rem; padding: 1.1rem 1.3rem }
table { border-collapse: collapse; width: 100%; padding: 0; overflow: hidden }
th, td { text-align: left; padding: .6rem .8rem; border-bottom: 1px solid var(--line) }
th { color: var(--soft); font-weight: 600; background: #fafbfc }
h1 { font-size: 1.4rem; margin: 0 0 .3rem } h2 { font-size: 1.05rem; margin: 0 0 .6rem }
label { display: block; font-weight: 600; margin: .5rem 0 } fieldset { border: 0; padding: 0; margin: .5rem 0 }
input:not([type=radio]), select, textarea { width: 100%; font: inherit; padding: .45rem .6rem; border: 1px solid #b6c2cc; border-radius: .4rem }
textarea { min-height: 7rem }
button, .button { font: inherit; font-weight: 600; padding: .5rem 1.1rem; border: 0; border-radius: .4rem; background: var(--brand); color: #fff; cursor: pointer; text-decoration: none; display: inline-block }
.state { display: inline-block; padding: .05rem .6rem; border-radius: 1rem; background: #e2eef4; color: var(--brand); font-weight: 600; font-size: .9rem }
.answer { border-left: .3rem solid var(--brand) } .soft { color: var(--soft); font-size: .92rem } .row { display: flex; gap: 1rem; flex-wrap: wrap; justify-content: space-between }
summary { cursor: pointer; font-weight: 600 } details form { border: 0; padding: .5rem 0 }
`;

/** A whole page. `live`: its `#live` part is fetched again every second. Without scripts the page reloads. */
export function page(agencyName: string, title: string, body: Html, live = false): string {
  return html`<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - ${agencyName}</title><style>${stored(style)}</style>
${live && html`<script src="/live.js" defer></script><noscript><meta http-equiv="refresh" content="5"></noscript>`}
</head><body><header><a href="/">${agencyName} 민원 게시판</a></header><main>${body}</main></body></html>`
    .text;
}

/** Fetches the live part and replaces it if it has changed. */
export const liveScript = `
setInterval(async () => {
  try {
    const reply = await fetch(location.pathname + '/live');
    if (!reply.ok) return;
    const fresh = await reply.text();
    const place = document.getElementById('live');
    if (place.dataset.shown !== fresh) { place.innerHTML = fresh; place.dataset.shown = fresh; }
  } catch { /* the board is away; the next second tries again */ }
}, 1000);
`;
