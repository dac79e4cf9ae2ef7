-- Signs that a board cannot write, each with what a person chose in its place, for this copy alone. The complaint stays as it is.
alter table links add column substitutes jsonb not null default '{}';
