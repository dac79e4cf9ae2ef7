-- Which seal holds an entry: an evidence bundle names it for each access that it tells of.
create index access_seals_entries on access_seals using gin (entries);
