import MarkdownIt from 'markdown-it';

/**
 * Markdown as HTML that can stand in a page. HTML inside it is shown as text, and images are named only: a package from
 * outside puts neither a script nor a picture of elsewhere into the console. Links lead to other sites or to headings
 * of the same document; what points to a file is told as text, because only the repository has it.
 */
export function renderMarkdown(source: string): string {
  const headings = new Map<string, number>();
  const markdown = new MarkdownIt({ html: false, linkify: false });
  const { rules } = markdown.renderer;
  markdown.disable('image');
  markdown.core.ruler.push('headings', (state) => {
    const levels = state.tokens
      .filter(({ type }) => type === 'heading_open')
      .map(({ tag }) => Number(tag[1]));
    // The page has one heading above this document, and no level may be left out below it.
    const lower = 3 - Math.min(...levels);
    state.tokens.forEach((token, index) => {
      if (token.type !== 'heading_open' && token.type !== 'heading_close') return;
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + lower)}`;
      if (token.type === 'heading_open')
        token.attrSet('id', toId(state.tokens[index + 1]?.content ?? '', headings));
    });
  });
  rules.table_open = () =>
    '<div class="krds-table-wrap" tabindex="0" role="group"><table class="tbl col data">\n';
  rules.table_close = () => '</table></div>\n';
  rules.th_open = () => '<th scope="col">';
  rules.link_open = (tokens, index, options, _env, self) => {
    const href = String(tokens[index]?.attrGet('href') ?? '');
    if (href.startsWith('#')) tokens[index]?.attrSet('href', `#doc-${decode(href.slice(1))}`);
    else if (/^https?:\/\//.test(href)) tokens[index]?.attrSet('rel', 'noreferrer noopener');
    else return `<span class="file-link" title="${markdown.utils.escapeHtml(href)}">`;
    return self.renderToken(tokens, index, options);
  };
  rules.link_close = (tokens, index, options, _env, self) =>
    leads(findOpening(tokens, index)) ? self.renderToken(tokens, index, options) : '</span>';
  rules.fence = (tokens, index) =>
    `<pre class="code" tabindex="0">${markdown.utils.escapeHtml(tokens[index]?.content ?? '')}</pre>\n`;
  rules.code_block = rules.fence;
  return markdown.render(withoutTitle(source));
}

type Tokens = ReturnType<InstanceType<typeof MarkdownIt>['parse']>;

/** Links are never inside one another. */
const findOpening = (tokens: Tokens, index: number): string =>
  String(
    tokens
      .slice(0, index)
      .findLast(({ type }) => type === 'link_open')
      ?.attrGet('href') ?? '',
  );

const leads = (href: string) => /^(#|https?:\/\/)/.test(href);

/** As GitHub makes it of a heading, so that links in READMEs find it; `doc-` keeps it apart from the page's own. */
function toId(title: string, known: Map<string, number>): string {
  const slug = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
  const count = known.get(slug) ?? 0;
  known.set(slug, count + 1);
  return `doc-${slug}${count > 0 ? `-${count}` : ''}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The page tells the name already. */
const withoutTitle = (source: string) => source.replace(/^\uFEFF?\s*# .*\r?\n/, '');
