-- Activities refer to users and to each other, and what is looked up has an index.

-- up
-- Old schemas have an integer here, which can't hold what it refers to.
alter table public.activities
  alter column reply_to_activity_uuid type uuid using reply_to_activity_uuid::text::uuid;
alter table public.activities
  add constraint activities_user_uuid_fkey foreign key (user_uuid) references public.users (uuid),
  add constraint activities_reply_to_activity_uuid_fkey
    foreign key (reply_to_activity_uuid) references public.activities (uuid) on delete set null;
create index activities_user_uuid_idx on public.activities (user_uuid, created_at desc);
create index activities_reply_to_activity_uuid_idx on public.activities (reply_to_activity_uuid);
create index activities_created_at_idx on public.activities (created_at desc);
create index activities_expires_at_idx on public.activities (expires_at);

-- down
-- The column stays a uuid: going back would lose the references.
drop index public.activities_expires_at_idx;
drop index public.activities_created_at_idx;
drop index public.activities_reply_to_activity_uuid_idx;
drop index public.activities_user_uuid_idx;
alter table public.activities
  drop constraint activities_reply_to_activity_uuid_fkey,
  drop constraint activities_user_uuid_fkey;
