/** HTML by tagged templates. Every value is escaped unless it is markup itself. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function render(value: unknown): string {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(render).join('');
  return String(value ?? '').replaceAll(/[&<>"]/g, (c) => escapes[c] ?? c);
}

export function html(parts: TemplateStringsArray, ...values: unknown[]): Markup {
  return new Markup(String.raw({ raw: parts }, ...values.map(render)));
}

/** Plain text with visible line ends. */
export function lines(text: string): Markup {
  return new Markup(render(text).replaceAll(/\r?\n/g, '<br>'));
}

const style = `body{font:16px/1.6 "Malgun Gothic","Noto Sans KR",sans-serif;margin:0;color:#1e2124;background:#f4f5f6}
header{background:#063a74;color:#fff;padding:.8rem 1.5rem}header a{color:#fff;text-decoration:none;font-weight:700}
main{max-width:60rem;margin:1.5rem auto;padding:1.5rem;background:#fff;border-radius:8px}h1{font-size:1.4rem;margin-top:0}h2{font-size:1.1rem}
table{border-collapse:collapse;width:100%}th,td{padding:.5rem;border-bottom:1px solid #cdd1d5;text-align:left}th{background:#eef2f7}
dl{display:grid;grid-template-columns:8rem 1fr;gap:.25rem}dt{color:#58616a}dd{margin:0}
.text,article{border:1px solid #cdd1d5;border-radius:6px;padding:1rem;margin:.5rem 0}small{color:#58616a}
.badge{border-radius:1rem;padding:.1rem .7rem;background:#e6e8ea}.s40,.s50{background:#d8eadb}.s10,.s20{background:#dfeaf9}.s90,.s80{background:#f9e0e0}
.button,button{display:inline-block;background:#0b50d0;color:#fff;border:0;border-radius:6px;padding:.4rem 1rem;text-decoration:none;font:inherit;cursor:pointer}
label{display:block;margin:.6rem 0}input,select,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.4rem;border:1px solid #8a949e;border-radius:4px}
.error{background:#fdefec;border-left:4px solid #bd2c0f;padding:.6rem 1rem}`;

/** Fetches the page again and replaces its main part, so that the page does not flicker. */
const refresh = `setInterval(async()=>{try{const r=await fetch(location.href);if(!r.ok)return;const d=new DOMParser().parseFromString(await r.text(),'text/html');const m=document.querySelector('main'),n=d.querySelector('main');if(n&&m.innerHTML!==n.innerHTML)m.replaceWith(n)}catch{}},1500)`;

export interface Page {
  agencyName: string;
  title: string;
  body: Markup;
  /** True: the page updates itself while it is open. */
  live: boolean;
}

export function layout({ agencyName, title, body, live }: Page): string {
  const head = live
    ? new Markup(`<noscript><meta http-equiv="refresh" content="2"></noscript><script>${refresh}</script>`)
    : '';
  return html`<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} - ${agencyName}</title><style>${new Markup(style)}</style>${head}</head>
<body><header><a href="/">${agencyName} 민원게시판</a></header><main><h1>${title}</h1>${body}</main></body></html>`
    .text;
}
