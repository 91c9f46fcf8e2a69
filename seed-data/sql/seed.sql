-- The app's first people. 'dynacog db seed' runs this in one transaction; a second run adds nothing. It needs no
-- constraint, so that databases with an older schema can be seeded too.

-- Two runs at once come one after the other.
lock table public.users, public.activities in share row exclusive mode;

insert into public.users (uuid, display_name, handle, email, cognito_user_id, created_at)
select new.uuid::uuid, new.display_name, new.handle, new.email, 'MOCK', now() at time zone 'utc'
from (
  values
    ('b7b0e0cc-2e3f-4f0b-9c57-3d1d6e1a7f01', 'Andrew Brown', 'andrewbrown', 'andrew@example.com'),
    ('b7b0e0cc-2e3f-4f0b-9c57-3d1d6e1a7f02', 'Andrew Bayko', 'bayko', 'bayko@example.com'),
    ('b7b0e0cc-2e3f-4f0b-9c57-3d1d6e1a7f03', 'Londo Mollari', 'londo', 'londo@example.com'),
    ('b7b0e0cc-2e3f-4f0b-9c57-3d1d6e1a7f04', 'G''Kar', 'gkar', 'gkar@example.com')
) as new (uuid, display_name, handle, email)
where not exists (
  select 1 from public.users as old where old.handle = new.handle or old.uuid = new.uuid::uuid
);

insert into public.activities (uuid, user_uuid, message, expires_at, created_at)
select
  'ac71f1e5-6d0b-4a43-8a44-51f3a90f8c01',
  author.uuid,
  'A first post, so that there is something to read.',
  (now() at time zone 'utc') + interval '10 days',
  now() at time zone 'utc'
from (select uuid from public.users where handle = 'andrewbrown' order by created_at, uuid limit 1) as author
where not exists (
  select 1 from public.activities where uuid = 'ac71f1e5-6d0b-4a43-8a44-51f3a90f8c01'
);
