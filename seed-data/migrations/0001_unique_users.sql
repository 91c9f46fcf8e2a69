-- A handle, and a Cognito user, belong to one user only. Where two rows share one, this stops and names it: which of
-- them is right, nobody but you can tell.

-- up
alter table public.users add constraint users_handle_key unique (handle);
create unique index users_cognito_user_id_key on public.users (cognito_user_id) where cognito_user_id <> 'MOCK';

-- down
drop index public.users_cognito_user_id_key;
alter table public.users drop constraint users_handle_key;
