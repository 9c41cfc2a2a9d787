import { sql, type Kysely } from 'kysely'

const statements = [
  // Who has an account. Whoever sits at the machine is the user `local`, whom no password admits; programs have none either.
  sql`create table auth_user (
    id text primary key,
    name text not null,
    email text not null unique check (email = lower(email)),
    email_verified boolean not null default false,
    image text,
    role text not null default 'user' check (role in ('user', 'service', 'analyst', 'admin')),
    tier text not null default 'free' check (tier in ('free', 'basic', 'premium', 'pro')),
    banned boolean not null default false,
    two_factor_enabled boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  sql`insert into auth_user (id, name, email, role, tier) values ('local', 'This machine', 'local@this-machine.invalid', 'admin', 'pro')`,
  // Of a session's token only the hash is kept.
  sql`create table auth_session (
    id text primary key,
    user_id text not null references auth_user on delete cascade,
    token text not null unique,
    expires_at timestamptz not null,
    ip_address text,
    user_agent text,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  sql`create index auth_session_user on auth_session (user_id, created_at)`,
  sql`create index auth_session_expiry on auth_session (expires_at)`,
  // How a user signs in: `credential` is by password, kept as a salted scrypt hash.
  sql`create table auth_account (
    id text primary key,
    user_id text not null references auth_user on delete cascade,
    provider_id text not null,
    account_id text not null,
    password text,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamptz,
    refresh_token_expires_at timestamptz,
    scope text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (provider_id, account_id)
  )`,
  sql`create index auth_account_user on auth_account (user_id)`,
  // What waits to be shown again, such as a token that came by mail; named by its hash.
  sql`create table auth_verification (
    id text primary key,
    identifier text not null,
    value text not null,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  sql`create index auth_verification_identifier on auth_verification (identifier)`,
  sql`create index auth_verification_expiry on auth_verification (expires_at)`,
  // What access tokens are signed with; private keys are encrypted.
  sql`create table auth_jwks (
    id text primary key,
    public_key text not null,
    private_key text not null,
    alg text,
    crv text,
    created_at timestamptz not null,
    expires_at timestamptz
  )`,
  // Second factors; secret and backup codes are encrypted.
  sql`create table auth_two_factor (
    id text primary key,
    user_id text not null references auth_user on delete cascade,
    secret text not null,
    backup_codes text not null,
    verified boolean default true,
    failed_verification_count integer default 0,
    locked_until timestamptz
  )`,
  sql`create unique index auth_two_factor_user on auth_two_factor (user_id)`,
  // Of a key only its hash and its first characters are kept; reference_id is its owner, permissions its scopes.
  sql`create table auth_api_key (
    id text primary key,
    config_id text not null default 'default',
    reference_id text not null references auth_user on delete cascade,
    name text,
    start text,
    prefix text,
    key text not null unique,
    enabled boolean default true,
    permissions text,
    metadata text,
    refill_interval integer,
    refill_amount integer,
    last_refill_at timestamptz,
    rate_limit_enabled boolean default false,
    rate_limit_time_window integer,
    rate_limit_max integer,
    request_count integer default 0,
    remaining integer,
    last_request timestamptz,
    expires_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  sql`create index auth_api_key_owner on auth_api_key (reference_id, created_at)`,
  // The hash of the token that makes the first administrator.
  sql`create table auth_setup (
    one boolean primary key default true check (one),
    token_hash text not null,
    made_at timestamptz not null
  )`,
  // Rises whenever something that admits somebody was withdrawn: what processes remember of callers is older than that, or not.
  sql`create table auth_revision (
    one boolean primary key default true check (one),
    revision bigint not null
  )`,
  sql`insert into auth_revision (revision) values (0)`,
  sql`create function raise_auth_revision() returns trigger language plpgsql as $body$
    begin
      update auth_revision set revision = revision + 1;
      return null;
    end $body$`,
  sql`create trigger auth_user_changed after update of role, tier, banned, email_verified or delete on auth_user
    for each statement execute function raise_auth_revision()`,
  sql`create trigger auth_session_ended after delete on auth_session
    for each statement execute function raise_auth_revision()`,
  sql`create trigger auth_api_key_changed after update of enabled, permissions, expires_at, rate_limit_max, key or delete on auth_api_key
    for each statement execute function raise_auth_revision()`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}
