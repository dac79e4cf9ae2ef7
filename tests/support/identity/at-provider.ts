/** A browser at a provider, without JavaScript: keeps the provider's cookies, and fills its form. */
export function createProviderBrowser(issuer: string) {
  const cookies = new Map<string, string>();
  const call = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(url, issuer), {
      ...init,
      headers: { ...(cookie && { cookie }), ...(init.headers as Record<string, string>) },
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  /** Follows redirects at the provider. Resolves with the page, or with the address elsewhere to which it leads. */
  const follow = async (response: Response): Promise<{ away?: string; text: string; action: string }> => {
    let at = response;
    for (let step = 0; step < 10; step += 1) {
      const to = at.headers.get('location');
      if (to === null) {
        const text = await at.text();
        return { text, action: /<form[^>]*action="([^"]+)"/.exec(text)?.[1] ?? '' };
      }
      const url = new URL(to, issuer);
      if (url.origin !== issuer) return { away: url.href, text: '', action: '' };
      at = await call(url.href);
    }
    throw new Error('the provider goes round in circles');
  };
  return {
    call,
    follow,
    /** Goes to the address that the hub gave, and signs in. Resolves with the address at the hub to which the provider leads. */
    async signIn(url: string, login: string): Promise<string> {
      const page = await follow(await call(url));
      if (page.away) return page.away;
      const body = new URLSearchParams({ prompt: 'login', login, password: 'any' });
      const after = await follow(await call(page.action, { method: 'POST', body }));
      if (after.away) return after.away;
      throw new Error(`the provider shows a page: ${after.text.slice(0, 500)}`);
    },
    /** Says no on the provider's page. */
    async cancel(url: string): Promise<string> {
      const page = await follow(await call(url));
      const abort = /href="([^"]*\/abort)"/.exec(page.text)?.[1] ?? '';
      return (await follow(await call(abort))).away ?? '';
    },
  };
}
