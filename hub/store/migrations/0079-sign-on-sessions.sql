-- Sessions that began at an identity provider, so that it can end them. `hint`: the token that names the session to the provider
-- when the person signs out there (OpenID Connect RP-Initiated Logout, 2). It opens nothing, and goes with the session.
create table sign_on_sessions (
  token_hash text primary key references sessions on delete cascade,
  provider text not null,
  issuer text not null,
  subject text not null,
  sid text,
  hint text
);
create index sign_on_sessions_of on sign_on_sessions (issuer, subject);
create index sign_on_sessions_sid on sign_on_sessions (issuer, sid) where sid is not null;

-- What the session of a sign-in will be told of its provider, while a second factor is waited for.
alter table half_sign_ins add column sign_on jsonb;
