-- A timestamp without a zone holds UTC, whatever the zone of the session that writes it.

-- up
alter table public.users alter column created_at set default (now() at time zone 'utc');
alter table public.activities alter column created_at set default (now() at time zone 'utc');

-- down
alter table public.users alter column created_at set default current_timestamp;
alter table public.activities alter column created_at set default current_timestamp;
