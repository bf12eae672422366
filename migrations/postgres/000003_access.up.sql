insert into schema_compatibility (version, compatible_from) values (3, 1);

-- Who may come in. Of a token only its hash is kept; rows stay, since events name
-- their tokens as actors.
create table tokens (
    id           bigint generated always as identity primary key,
    name         text not null check (name <> ''),
    role         text not null check (role in ('viewer', 'responder', 'editor', 'admin')),
    -- SHA-256 of the token, in hexadecimal.
    hash         text not null unique,
    created_at   timestamptz not null,
    created_by   text not null,
    expires_at   timestamptz,
    -- About when: it is not written with every request.
    last_used_at timestamptz,
    revoked_at   timestamptz,
    revoked_by   text,
    check ((revoked_at is null) = (revoked_by is null))
);
create unique index tokens_name on tokens (name) where revoked_at is null;

-- Who is signed in to the dashboard, by the hash of what their browser sends. A
-- session belongs to a token, or to the administrator's of the environment, of
-- which it has a fingerprint.
create table sessions (
    hash        text primary key,
    token_id    bigint references tokens (id),
    fingerprint text,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    check ((token_id is null) <> (fingerprint is null))
);
create index sessions_token on sessions (token_id) where token_id is not null;
create index sessions_expiry on sessions (expires_at);

-- What was answered to posts that may be sent again.
create table idempotency_keys (
    who         text not null,
    key         text not null,
    -- Of the method, the path and the body.
    fingerprint text not null,
    created_at  timestamptz not null,
    -- The answer; null while the first one is under way. Headers are those that
    -- describe its content, as a JSON object.
    status      integer,
    headers     json,
    body        text,
    primary key (who, key),
    check ((status is null) = (body is null) and (status is null) = (headers is null))
);
create index idempotency_keys_age on idempotency_keys (created_at);
