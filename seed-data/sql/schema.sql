-- The app's tables. 'dynacog db schema-load' runs this in one transaction, and records the migrations named here as run:
-- contains migrations up to 0003

create extension if not exists "uuid-ossp";

create table public.users (
  uuid uuid primary key default uuid_generate_v4(),
  display_name text not null,
  handle text not null,
  email text not null,
  -- The user's sub, or MOCK for as long as there is none.
  cognito_user_id text not null,
  created_at timestamp not null default (now() at time zone 'utc'),
  constraint users_handle_key unique (handle)
);

create unique index users_cognito_user_id_key on public.users (cognito_user_id) where cognito_user_id <> 'MOCK';

create table public.activities (
  uuid uuid primary key default uuid_generate_v4(),
  user_uuid uuid not null,
  message text not null,
  replies_count integer default 0,
  reposts_count integer default 0,
  likes_count integer default 0,
  reply_to_activity_uuid uuid,
  expires_at timestamp,
  created_at timestamp not null default (now() at time zone 'utc'),
  constraint activities_user_uuid_fkey foreign key (user_uuid) references public.users (uuid),
  constraint activities_reply_to_activity_uuid_fkey
    foreign key (reply_to_activity_uuid) references public.activities (uuid) on delete set null
);

create index activities_user_uuid_idx on public.activities (user_uuid, created_at desc);
create index activities_reply_to_activity_uuid_idx on public.activities (reply_to_activity_uuid);
create index activities_created_at_idx on public.activities (created_at desc);
create index activities_expires_at_idx on public.activities (expires_at);
