-- Everything a provider has to remember. Times are Unix seconds by its clock, or "elapsed": seconds on a counter that
-- nobody sets. Names are the URIs and FQDNs of services/names.py.

-- `search` is a JSON list of the kinds of identifiers by which others find the user; all if there is none.
CREATE TABLE users (
    user   TEXT PRIMARY KEY,
    search TEXT
) STRICT, WITHOUT ROWID;

-- Users who were ours once.
CREATE TABLE former_users (
    user TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Rows have numbers, which rise in the order of registration.
CREATE TABLE clients (
    client TEXT PRIMARY KEY,
    user   TEXT NOT NULL REFERENCES users (user)
) STRICT;

CREATE INDEX clients_of_user ON clients (user, client);

-- The signature keys that a client of ours shows to request a group or to join by external commit.
CREATE TABLE client_keys (
    client        TEXT NOT NULL REFERENCES clients (client) ON DELETE CASCADE,
    signature_key BLOB NOT NULL,
    cipher_suite  INTEGER NOT NULL,
    PRIMARY KEY (client, signature_key)
) STRICT, WITHOUT ROWID;

-- The last word on whether `requester` may add `target` to the group `scope`, or to any group if `scope` is empty.
CREATE TABLE consents (
    requester TEXT NOT NULL,
    target    TEXT NOT NULL,
    scope     TEXT NOT NULL,
    word      TEXT NOT NULL,
    since     INTEGER NOT NULL,
    PRIMARY KEY (target, requester, scope)
) STRICT, WITHOUT ROWID;

-- Handed-out ones stay, so that nobody can upload them a second time. `kind` is the draft's word for what they are for.
CREATE TABLE key_packages (
    position    INTEGER PRIMARY KEY AUTOINCREMENT,
    reference   BLOB NOT NULL UNIQUE,
    client      TEXT NOT NULL REFERENCES clients (client) ON DELETE CASCADE,
    kind        TEXT NOT NULL,
    last_resort INTEGER NOT NULL,
    used        INTEGER NOT NULL DEFAULT 0,
    not_after   INTEGER NOT NULL,
    key_package BLOB NOT NULL
) STRICT;

CREATE INDEX key_package_stock ON key_packages (client, kind, last_resort, used, position);

-- The KeyPackages that came with the consent of users of others, for one group (`scope`) or any; used ones stay.
CREATE TABLE granted_key_packages (
    position    INTEGER PRIMARY KEY AUTOINCREMENT,
    reference   BLOB NOT NULL UNIQUE,
    requester   TEXT NOT NULL,
    target      TEXT NOT NULL,
    scope       TEXT NOT NULL,
    used        INTEGER NOT NULL DEFAULT 0,
    not_after   INTEGER NOT NULL,
    key_package BLOB NOT NULL
) STRICT;

CREATE INDEX granted_to ON granted_key_packages (requester, target, scope, used, position);

-- A deleted group keeps its row, without state, so that its id is never used again. `facts` are the draft's.
CREATE TABLE groups (
    group_id   BLOB PRIMARY KEY,
    facts      BLOB NOT NULL,
    state      BLOB,
    group_info BLOB,
    CHECK ((state IS NULL) = (group_info IS NULL))
) STRICT, WITHOUT ROWID;

-- The ids that ReInits have announced: the group `predecessor` has ended in favour of `group_id`.
CREATE TABLE successors (
    group_id    BLOB PRIMARY KEY,
    predecessor BLOB NOT NULL UNIQUE REFERENCES groups (group_id)
) STRICT, WITHOUT ROWID;

-- Who was added by a Welcome and has not joined yet. `needed_until` is elapsed.
CREATE TABLE joiners (
    group_id      BLOB NOT NULL REFERENCES groups (group_id),
    reference     BLOB NOT NULL,
    epoch         INTEGER NOT NULL,
    client        TEXT NOT NULL,
    signature_key BLOB NOT NULL,
    needed_until  INTEGER NOT NULL,
    PRIMARY KEY (group_id, reference)
) STRICT, WITHOUT ROWID;

CREATE INDEX joiners_by_client ON joiners (group_id, client);
CREATE INDEX joiners_by_end ON joiners (group_id, needed_until);
CREATE INDEX joiners_by_epoch ON joiners (group_id, epoch);

-- The ratchet tree of each epoch that some joiner still needs.
CREATE TABLE epochs (
    group_id BLOB NOT NULL REFERENCES groups (group_id),
    epoch    INTEGER NOT NULL,
    tree     BLOB NOT NULL,
    PRIMARY KEY (group_id, epoch)
) STRICT, WITHOUT ROWID;

-- Sets of clients that get the same messages: those of a provider about a group. `newest` is the last of these messages,
-- or an earlier one as long as no other audience of the group has got one since.
CREATE TABLE audiences (
    id       INTEGER PRIMARY KEY,
    sender   TEXT NOT NULL,
    group_id BLOB NOT NULL,
    newest   INTEGER NOT NULL
) STRICT;

CREATE INDEX audiences_by_use ON audiences (sender, group_id, newest);

-- Who is in an audience for its messages from `first` on, and before `until`: the largest integer as long as it is.
CREATE TABLE audience_members (
    client   TEXT NOT NULL REFERENCES clients (client) ON DELETE CASCADE,
    until    INTEGER NOT NULL,
    audience INTEGER NOT NULL REFERENCES audiences (id),
    first    INTEGER NOT NULL,
    PRIMARY KEY (client, until, audience)
) STRICT, WITHOUT ROWID;

CREATE INDEX members_of_audience ON audience_members (audience, until);

-- The messages for our clients in the order in which they came, each once for its whole audience; so many of that have
-- yet to acknowledge it. The row stays after that, to know the message again by its digest.
CREATE TABLE messages (
    id       INTEGER PRIMARY KEY,
    audience INTEGER NOT NULL REFERENCES audiences (id),
    digest   BLOB NOT NULL,
    unread   INTEGER NOT NULL
) STRICT;

CREATE INDEX messages_by_digest ON messages (digest);
CREATE INDEX messages_of_audience ON messages (audience, id);

-- What is in a message, which only the draft reads; it goes when the last client acknowledges it.
CREATE TABLE payloads (
    message INTEGER PRIMARY KEY REFERENCES messages (id),
    payload BLOB NOT NULL
) STRICT;

-- How many messages a client has acknowledged, and the last of them.
CREATE TABLE queue_positions (
    client       TEXT PRIMARY KEY REFERENCES clients (client) ON DELETE CASCADE,
    acknowledged INTEGER NOT NULL,
    message      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- All of that as a queue for each client, for whoever compares stores: a row for each of its messages, acknowledged or not.
CREATE VIEW queue AS
    SELECT client, id, sender, group_id, digest, CASE WHEN id > coalesce(read.message, 0) THEN payload END AS payload
    FROM (
        SELECT client, messages.id, sender, group_id, digest
        FROM messages JOIN audience_members USING (audience) JOIN audiences ON audiences.id = audience
        WHERE first <= messages.id AND until > messages.id
    ) LEFT JOIN queue_positions AS read USING (client) LEFT JOIN payloads ON payloads.message = id;

-- The requests of clients that changed something, by the digest of what was signed: a repetition is known by it.
-- `at` is elapsed, `answer` is what was answered, where a draft can't tell that from the request.
CREATE TABLE accepted (
    digest BLOB PRIMARY KEY,
    at     INTEGER NOT NULL,
    answer BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX accepted_by_age ON accepted (at);

-- Which of our clients are in groups of other hubs, where messages come without the names of their recipients; or are
-- `expected` to be, since they have asked to join.
CREATE TABLE own_members (
    group_id BLOB NOT NULL,
    client   TEXT NOT NULL REFERENCES clients (client) ON DELETE CASCADE,
    expected INTEGER NOT NULL,
    PRIMARY KEY (group_id, client)
) STRICT, WITHOUT ROWID;

-- Which of our clients has sent a message, by the digest of that: it does not get its own one back. `at` is elapsed.
CREATE TABLE submissions (
    digest BLOB PRIMARY KEY,
    client TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX submissions_by_age ON submissions (at);

-- Files that our clients have uploaded, by names that nobody can guess; numbers rise in the order of uploads. `at` is
-- elapsed.
CREATE TABLE files (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name   TEXT NOT NULL UNIQUE,
    user   TEXT NOT NULL,
    data   BLOB NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

CREATE INDEX files_of_user ON files (user, number);
CREATE INDEX files_by_age ON files (at);

-- What other providers have yet to get from us, in order per provider. `payload`, of `size` bytes, and `operation` are
-- the draft's, `recipients` is a JSON list, `since` is elapsed.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    provider   TEXT NOT NULL,
    operation  TEXT NOT NULL,
    group_id   BLOB NOT NULL,
    recipients TEXT NOT NULL,
    payload    BLOB NOT NULL,
    size       INTEGER NOT NULL,
    created    INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    refusals   INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL
) STRICT;

-- With the size, so that a backlog is measured without reading its payloads.
CREATE INDEX outbox_of_provider ON outbox (provider, id, size);

-- What other providers will never get from us, and why.
CREATE TABLE undelivered (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    provider   TEXT NOT NULL,
    operation  TEXT NOT NULL,
    group_id   BLOB NOT NULL,
    recipients TEXT NOT NULL,
    created    INTEGER NOT NULL,
    attempts   INTEGER NOT NULL,
    given_up   INTEGER NOT NULL,
    reason     TEXT NOT NULL
) STRICT;

-- What providers have reported to us, as a hub, of messages that we had accepted: `messages` is a JSON list of time and
-- content, `size` that of note and messages.
CREATE TABLE abuse_reports (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id BLOB NOT NULL,
    provider TEXT NOT NULL,
    reporter TEXT NOT NULL,
    abuser   TEXT NOT NULL,
    note     TEXT NOT NULL,
    messages TEXT NOT NULL,
    size     INTEGER NOT NULL,
    at       INTEGER NOT NULL
) STRICT;

CREATE INDEX abuse_reports_of_provider ON abuse_reports (provider, id, size);

CREATE TABLE own_keys (
    key_id      BLOB PRIMARY KEY,
    public_key  BLOB NOT NULL UNIQUE,
    private_key BLOB NOT NULL,
    not_before  INTEGER NOT NULL,
    not_after   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE peer_keys (
    provider   TEXT PRIMARY KEY,
    key_id     BLOB NOT NULL,
    public_key BLOB NOT NULL,
    not_before INTEGER NOT NULL,
    not_after  INTEGER NOT NULL,
    fetched    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE discovered (
    provider TEXT PRIMARY KEY,
    document BLOB NOT NULL,
    expires  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Privacy Pass, as an issuer: the seeds of its keys, the newest at place 0, and what was issued in the windows that count.
CREATE TABLE issuer_keys (
    place      INTEGER PRIMARY KEY,
    seed       BLOB NOT NULL,
    not_before INTEGER NOT NULL
) STRICT;

CREATE TABLE issued_tokens (
    window   INTEGER NOT NULL,
    provider TEXT NOT NULL,
    holder   BLOB NOT NULL,
    digest   BLOB NOT NULL,
    PRIMARY KEY (window, provider, holder, digest)
) STRICT, WITHOUT ROWID;

-- As an origin: each token that was presented, with the digest of its request and the answer, once there is one; and the
-- connection KeyPackages that may be used.
CREATE TABLE spent_tokens (
    nonce   BLOB PRIMARY KEY,
    request BLOB NOT NULL,
    window  INTEGER NOT NULL,
    status  INTEGER,
    answer  BLOB,
    CHECK ((status IS NULL) = (answer IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE handed_out (
    reference BLOB PRIMARY KEY,
    times     INTEGER NOT NULL,
    not_after INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- As an asker: tokens, what they pay for, whom it has to believe. `until` and `fetched` are elapsed.
CREATE TABLE wallet (
    place     INTEGER PRIMARY KEY AUTOINCREMENT,
    origin    TEXT NOT NULL,
    issuer    TEXT NOT NULL,
    nonce     BLOB NOT NULL UNIQUE,
    challenge BLOB NOT NULL,
    key_id    BLOB NOT NULL,
    holder    TEXT,
    token     BLOB NOT NULL,
    until     INTEGER NOT NULL,
    presented INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE pending_tokens (
    challenge BLOB NOT NULL,
    token_key BLOB NOT NULL,
    holder    TEXT NOT NULL,
    fields    BLOB NOT NULL,
    request   BLOB NOT NULL,
    inverse   BLOB NOT NULL,
    until     INTEGER NOT NULL,
    PRIMARY KEY (challenge, token_key, holder)
) STRICT, WITHOUT ROWID;

CREATE TABLE payments (
    user    TEXT NOT NULL,
    request BLOB NOT NULL,
    token   BLOB NOT NULL,
    tokens  INTEGER NOT NULL,
    PRIMARY KEY (user, request)
) STRICT, WITHOUT ROWID;

CREATE TABLE used_allowances (
    user   TEXT NOT NULL,
    origin TEXT NOT NULL,
    window INTEGER NOT NULL,
    used   INTEGER NOT NULL,
    PRIMARY KEY (user, origin, window)
) STRICT, WITHOUT ROWID;

CREATE TABLE protected_endpoints (
    origin   TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    PRIMARY KEY (origin, endpoint)
) STRICT, WITHOUT ROWID;

CREATE TABLE known_challenges (
    origin    TEXT PRIMARY KEY,
    challenge BLOB NOT NULL,
    token_key BLOB,
    until     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE token_directories (
    issuer  TEXT PRIMARY KEY,
    content BLOB NOT NULL,
    fetched INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    changes TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What challenges, and pseudonyms of users, follow from.
CREATE TABLE token_secrets (
    purpose TEXT PRIMARY KEY,
    secret  BLOB NOT NULL
) STRICT, WITHOUT ROWID;
