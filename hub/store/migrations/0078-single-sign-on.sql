-- Who a person is at an identity provider. The pair of issuer and subject names one person for ever (OpenID Connect Core, 2 and 5.7;
-- SAML Core, 8.3.7), and an account has one subject at each provider.
create table sign_on_subjects (
  issuer text not null,
  subject text not null,
  user_id uuid not null references users,
  -- the provider's name in the settings, for people
  provider text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  primary key (issuer, subject),
  unique (user_id, issuer)
);

-- Somebody who was sent to a provider and has not come back. Kept for some minutes.
create table sign_on_tries (
  -- what comes back with the person, hashed: `state` of OpenID Connect, `RelayState` of SAML
  state_hash text primary key,
  -- the browser that began. Null: the provider began, and the settings allow that.
  browser_hash text,
  provider text not null,
  -- what the answer must fit: nonce and code verifier, or the id of the request
  proof jsonb not null,
  -- where the person goes on, and what he or she had typed in a session that ended
  go_to text not null,
  path text,
  typed text,
  -- the signed-in account to which the person wants to add this way in
  link_user uuid references users,
  -- who came back, where the answer does not come with the browser's cookies
  identity jsonb,
  expires_at timestamptz not null
);
create index sign_on_tries_over on sign_on_tries (expires_at);

-- Answers of providers that were taken once and are taken no second time: ids of assertions and of logout tokens.
create table sign_on_seen (
  issuer text not null,
  id text not null,
  until timestamptz not null,
  primary key (issuer, id)
);
create index sign_on_seen_over on sign_on_seen (until);
