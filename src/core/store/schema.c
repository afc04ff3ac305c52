/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-schema"

#include "core/store/schema.h"

/* Reliability note 2.3. `rule` is 0, and one more each time a person has the same message sent
 * again. Moments ending in _ms are milliseconds since 1970; those with _boot_ms count from the boot
 * called boot_id. The triggers make it a property of the file, not of the program, that what is
 * over stays over and that nothing that is not over disappears. */
static const char first_schema[] =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;"

    "CREATE TABLE server(id INTEGER PRIMARY KEY, printer TEXT NOT NULL UNIQUE,"
    " role TEXT NOT NULL DEFAULT 'sender' CHECK(role IN('sender','viewer'))) STRICT;"

    "CREATE TABLE gap(id INTEGER PRIMARY KEY, server INTEGER NOT NULL REFERENCES server,"
    " from_ms INTEGER NOT NULL, to_ms INTEGER, reason TEXT NOT NULL,"
    " reconciled INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE UNIQUE INDEX one_open_gap ON gap(server) WHERE to_ms IS NULL;"

    "CREATE TABLE job(id INTEGER PRIMARY KEY, server INTEGER NOT NULL REFERENCES server,"
    " name TEXT NOT NULL, storage TEXT NOT NULL, path TEXT NOT NULL,"
    " base_ok INTEGER, base_bad INTEGER, opened_ms INTEGER NOT NULL, outcome TEXT,"
    " closed_ms INTEGER, UNIQUE(server,name)) STRICT;"
    "CREATE UNIQUE INDEX one_open_job ON job(server) WHERE outcome IS NULL;"

    "CREATE TABLE event(id INTEGER PRIMARY KEY, server INTEGER NOT NULL REFERENCES server,"
    " job INTEGER REFERENCES job, kind TEXT NOT NULL,"
    " source TEXT NOT NULL CHECK(source IN('live','reconciled','inferred','local')),"
    " dedupe TEXT NOT NULL UNIQUE, occurred_ms INTEGER, observed_ms INTEGER NOT NULL,"
    " payload TEXT NOT NULL CHECK(length(payload)<=65536)) STRICT;"
    "CREATE INDEX event_age ON event(observed_ms);"
    "CREATE INDEX event_job ON event(job) WHERE job IS NOT NULL;"

    "CREATE TABLE delivery(id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " event INTEGER NOT NULL REFERENCES event, rule INTEGER NOT NULL,"
    " channel TEXT NOT NULL, channel_type TEXT NOT NULL, dest TEXT NOT NULL, lane TEXT NOT NULL,"
    " idem TEXT NOT NULL, body BLOB NOT NULL,"
    " state TEXT NOT NULL DEFAULT 'pending' CHECK(state IN('pending','sending','committing',"
    "  'deferred','delivered','probable','expired','superseded','digested','rejected',"
    "  'quarantined','cancelled')),"
    " boot_id TEXT NOT NULL, due_boot_ms INTEGER NOT NULL, due_ms INTEGER NOT NULL,"
    " expires_boot_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL,"
    " created_ms INTEGER NOT NULL, finished_ms INTEGER,"
    " attempts INTEGER NOT NULL DEFAULT 0, ambiguous INTEGER NOT NULL DEFAULT 0,"
    " deaths INTEGER NOT NULL DEFAULT 0, remote_id TEXT, reason TEXT,"
    " UNIQUE(event,rule,channel,dest)) STRICT;"
    "CREATE INDEX due ON delivery(due_boot_ms) WHERE state IN('pending','deferred');"
    "CREATE INDEX expiry ON delivery(expires_boot_ms) WHERE state IN('pending','deferred');"
    "CREATE INDEX lane_head ON delivery(lane,id)"
    " WHERE state IN('pending','sending','committing','deferred');"
    "CREATE INDEX ledger ON delivery(channel,state);"

    "CREATE TABLE attempt(id INTEGER PRIMARY KEY, delivery INTEGER NOT NULL REFERENCES delivery,"
    " n INTEGER NOT NULL, started_ms INTEGER NOT NULL, ended_ms INTEGER, phase TEXT NOT NULL,"
    " code INTEGER, detail TEXT, UNIQUE(delivery,n)) STRICT;"

    "CREATE TRIGGER terminal_is_final BEFORE UPDATE OF state ON delivery"
    " WHEN old.state IN('delivered','probable','expired','superseded','digested','rejected',"
    "  'cancelled') AND new.state<>old.state"
    " BEGIN SELECT RAISE(ABORT,'terminal'); END;"
    "CREATE TRIGGER no_delete_live BEFORE DELETE ON delivery"
    " WHEN old.state IN('pending','sending','committing','deferred','quarantined')"
    " BEGIN SELECT RAISE(ABORT,'live'); END;";

/* What must be known after an absence: the print that was under way, how often each file had been
 * printed (by the server's own count), and the newest timelapse; all of it of one server, the origin. */
static const char second_schema[] =
    "ALTER TABLE job ADD COLUMN memory TEXT NOT NULL DEFAULT '{}';"
    "ALTER TABLE gap ADD COLUMN recovered INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE gap ADD COLUMN unknown INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE server ADD COLUMN movie_s INTEGER NOT NULL DEFAULT -1;"
    "ALTER TABLE server ADD COLUMN origin TEXT NOT NULL DEFAULT '';"

    "CREATE TABLE print_count(server INTEGER NOT NULL REFERENCES server, path TEXT NOT NULL,"
    " date_s INTEGER NOT NULL, n_done INTEGER NOT NULL, n_failed INTEGER NOT NULL,"
    " PRIMARY KEY(server,path)) STRICT, WITHOUT ROWID;";

/* A picture is a file beside the database; several deliveries may share it. `held` says for what a
 * delivery is held back: 1 for something that is done before, 2 for its picture. What is `urgent` does not wait
 * behind what is held. */
static const char third_schema[] =
    "CREATE TABLE picture(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    " media_type TEXT NOT NULL, bytes INTEGER NOT NULL, width INTEGER NOT NULL,"
    " height INTEGER NOT NULL) STRICT;"
    "ALTER TABLE delivery ADD COLUMN held INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE delivery ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE delivery ADD COLUMN picture INTEGER REFERENCES picture;"
    "ALTER TABLE delivery ADD COLUMN picture_kind TEXT;"
    "ALTER TABLE delivery ADD COLUMN note TEXT;"
    "CREATE INDEX picture_use ON delivery(picture) WHERE picture IS NOT NULL;"
    "CREATE INDEX urgent_waiting ON delivery(lane,id) WHERE urgent=1 AND state IN('pending','deferred');";

/* `held` is 3 for what waits because no more may be sent by the channel now. 4 is added for what goes only if nobody is
 * at this computer; it is in nobody's way.
 * What a message costs, in microdollars: its words, and its picture if it has one. `allowance` is 1 for a message that
 * tells what others were to tell, and 2 for those others and for what was left out, because no more could be sent by the
 * channel. `spent` finds what has left in a time, or may have. */
static const char fourth_schema[] =
    "ALTER TABLE delivery ADD COLUMN price INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE delivery ADD COLUMN picture_price INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE delivery ADD COLUMN allowance INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX spent ON delivery(channel,finished_ms) WHERE state='delivered' OR ambiguous>0;"
    "CREATE INDEX left_out ON delivery(channel,finished_ms) WHERE allowance=2;"
    "CREATE INDEX digest_waiting ON delivery(channel) WHERE allowance=1 AND state IN('pending','deferred');";

/* When a print of the file was told to be over that the server had not counted; it may do so later. 0 if there is none. */
static const char fifth_schema[] =
    "ALTER TABLE print_count ADD COLUMN uncounted_ms INTEGER NOT NULL DEFAULT 0;";

/* What a person discards can be put back as it was, and as nothing else: in `discarded` is the state it had before, and in
 * `discarded_reason` the reason for that one. */
static const char sixth_schema[] =
    "ALTER TABLE delivery ADD COLUMN discarded TEXT;"
    "ALTER TABLE delivery ADD COLUMN discarded_reason TEXT;"
    "DROP TRIGGER terminal_is_final;"
    "CREATE TRIGGER terminal_is_final BEFORE UPDATE OF state ON delivery"
    " WHEN old.state IN('delivered','probable','expired','superseded','digested','rejected',"
    "  'cancelled') AND new.state<>old.state"
    "  AND (old.discarded IS NULL OR new.state<>old.discarded OR new.discarded IS NOT NULL)"
    " BEGIN SELECT RAISE(ABORT,'terminal'); END;";

const char *const herald_schema_steps[] = {
  first_schema,
  second_schema,
  third_schema,
  fourth_schema,
  fifth_schema,
  sixth_schema,
};

const guint herald_schema_n_steps = G_N_ELEMENTS (herald_schema_steps);
