"""The schema, as named steps. Once released, a step never changes; new ones are added.

Times are Unix milliseconds UTC. Columns that hold ciphertext say so in their name.
"""

#: Name and statements, in order.
MIGRATIONS: list[tuple[str, list[str]]] = [
    (
        "0001_the_main_job",
        [
            """
            CREATE TABLE deliveries (
                id INTEGER PRIMARY KEY,
                digest TEXT NOT NULL UNIQUE,
                route TEXT NOT NULL,
                sealed_body BLOB NOT NULL,
                arrived_at INTEGER NOT NULL,
                last_arrived_at INTEGER NOT NULL,
                times_arrived INTEGER NOT NULL DEFAULT 1,
                outcome TEXT NOT NULL DEFAULT 'waiting'
            )
            """,
            "CREATE INDEX deliveries_outcome ON deliveries (outcome)",
            """
            CREATE TABLE requests (
                reference TEXT PRIMARY KEY,
                organisation TEXT NOT NULL,
                stage TEXT NOT NULL,
                ticket_id TEXT UNIQUE,
                confirmed INTEGER NOT NULL,
                conversion_id TEXT UNIQUE,
                fields_digest TEXT NOT NULL,
                professional_digest TEXT NOT NULL,
                submitted_at INTEGER NOT NULL,
                received_at INTEGER NOT NULL,
                stage_since INTEGER NOT NULL,
                heard INTEGER NOT NULL,
                dormant INTEGER NOT NULL DEFAULT 0,
                ticket_state TEXT NOT NULL DEFAULT 'there',
                match TEXT,
                company_id TEXT,
                candidates TEXT NOT NULL DEFAULT '',
                opening INTEGER NOT NULL DEFAULT 0,
                writing INTEGER NOT NULL DEFAULT 0,
                move_to TEXT,
                attention TEXT,
                status_line TEXT NOT NULL,
                shown_organisation TEXT,
                wishes INTEGER NOT NULL DEFAULT 0
            )
            """,
            "CREATE INDEX requests_fields ON requests (fields_digest, received_at)",
            "CREATE INDEX requests_professional ON requests (professional_digest, received_at)",
            "CREATE INDEX requests_stage ON requests (stage)",
            "CREATE INDEX requests_unconfirmed ON requests (received_at) WHERE confirmed = 0",
            """
            CREATE TABLE sealed_fields (
                reference TEXT NOT NULL REFERENCES requests (reference),
                field TEXT NOT NULL,
                sealed_value BLOB NOT NULL,
                PRIMARY KEY (reference, field)
            )
            """,
            """
            CREATE TABLE grants (
                reference TEXT PRIMARY KEY REFERENCES requests (reference),
                state TEXT NOT NULL,
                credits INTEGER NOT NULL,
                due_at INTEGER NOT NULL,
                reserved_at INTEGER NOT NULL,
                sent_at INTEGER,
                posted_at INTEGER,
                receipt TEXT,
                why TEXT NOT NULL DEFAULT ''
            )
            """,
            """
            CREATE TABLE work (
                kind TEXT NOT NULL,
                key TEXT NOT NULL,
                due_at INTEGER NOT NULL,
                asked INTEGER NOT NULL DEFAULT 1,
                attempts INTEGER NOT NULL DEFAULT 0,
                first_failed_at INTEGER,
                error TEXT NOT NULL DEFAULT '',
                parked_at INTEGER,
                PRIMARY KEY (kind, key)
            )
            """,
            "CREATE INDEX work_due ON work (kind, due_at) WHERE parked_at IS NULL",
            "CREATE INDEX work_parked ON work (parked_at) WHERE parked_at IS NOT NULL",
            """
            CREATE TABLE journal (
                sequence INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                event TEXT NOT NULL,
                reference TEXT NOT NULL,
                facts TEXT NOT NULL,
                chain TEXT NOT NULL
            )
            """,
            "CREATE INDEX journal_reference ON journal (reference)",
            """
            CREATE TABLE companies (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                domains TEXT NOT NULL,
                seen_at INTEGER NOT NULL
            )
            """,
            """
            CREATE TABLE reversals (
                reference TEXT PRIMARY KEY REFERENCES requests (reference),
                credits INTEGER NOT NULL,
                proposed_at INTEGER NOT NULL,
                settled_at INTEGER,
                outcome TEXT NOT NULL DEFAULT ''
            )
            """,
            "CREATE TABLE key_check (id INTEGER PRIMARY KEY, sealed_value BLOB NOT NULL)",
            "CREATE TABLE marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
            """
            CREATE TABLE sent (
                reference TEXT NOT NULL REFERENCES requests (reference),
                what TEXT NOT NULL,
                begun_at INTEGER NOT NULL,
                sent_at INTEGER,
                PRIMARY KEY (reference, what)
            )
            """,
            """
            CREATE TABLE ledger (
                key TEXT PRIMARY KEY,
                reference TEXT NOT NULL,
                credits INTEGER NOT NULL,
                sealed_client_email BLOB NOT NULL,
                fingerprint TEXT NOT NULL,
                granted_at INTEGER NOT NULL,
                export INTEGER
            )
            """,
        ],
    ),
    (
        "0002_whose_request_it_is",
        [
            # A person's requests are found by this; nothing for those received before it.
            "ALTER TABLE requests ADD COLUMN client_digest TEXT NOT NULL DEFAULT ''",
            "CREATE INDEX requests_client ON requests (client_digest)",
        ],
    ),
    (
        "0003_identifiers",
        [
            """
            CREATE TABLE identifiers (
                reference TEXT NOT NULL REFERENCES requests (reference),
                digest TEXT NOT NULL,
                scope TEXT NOT NULL,
                whose TEXT NOT NULL,
                PRIMARY KEY (reference, digest)
            )
            """,
            "CREATE INDEX identifiers_digest ON identifiers (digest)",
            # By which version of the rules they were made; 0 is none.
            "ALTER TABLE requests ADD COLUMN identified INTEGER NOT NULL DEFAULT 0",
        ],
    ),
    (
        "0004_residue",
        [
            """
            CREATE TABLE residue (
                reference TEXT NOT NULL REFERENCES requests (reference),
                place TEXT NOT NULL,
                field TEXT NOT NULL,
                seen_at INTEGER NOT NULL,
                PRIMARY KEY (reference, place, field)
            )
            """,
        ],
    ),
    (
        "0005_small_groups",
        [
            "ALTER TABLE companies ADD COLUMN members INTEGER",
            "ALTER TABLE companies ADD COLUMN language TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE companies ADD COLUMN country TEXT NOT NULL DEFAULT ''",
            # Nothing is matched before the companies were read with their numbers.
            "DELETE FROM marks WHERE name = 'companies_read_at'",
        ],
    ),
    (
        "0006_standing_rules",
        [
            "ALTER TABLE requests ADD COLUMN credits_to_grant INTEGER",
            """
            CREATE TABLE standing_rules (
                company_id TEXT PRIMARY KEY,
                yearly_pool INTEGER NOT NULL,
                per_client INTEGER NOT NULL,
                automatic_up_to INTEGER NOT NULL,
                starts_at INTEGER NOT NULL,
                recorded_at INTEGER NOT NULL,
                told_from INTEGER NOT NULL,
                ended_at INTEGER
            )
            """,
            """
            CREATE TABLE rule_uses (
                reference TEXT PRIMARY KEY REFERENCES requests (reference),
                company_id TEXT NOT NULL,
                credits INTEGER NOT NULL,
                decided_at INTEGER NOT NULL
            )
            """,
            "CREATE INDEX rule_uses_company ON rule_uses (company_id, decided_at)",
        ],
    ),
    (
        "0007_who_was_forgotten",
        [
            # Since when nothing of the client, or of the professional, is kept any more.
            "ALTER TABLE requests ADD COLUMN erased_at INTEGER",
            "ALTER TABLE requests ADD COLUMN professional_erased_at INTEGER",
            # Who must not be taken in again, until the list has shown all that was under way.
            """
            CREATE TABLE forgotten (
                role TEXT NOT NULL,
                digest TEXT NOT NULL,
                forgotten_at INTEGER NOT NULL,
                PRIMARY KEY (role, digest)
            )
            """,
            # A form's body is emptied once it was read, from this version on.
            """
            UPDATE deliveries SET sealed_body = x''
            WHERE route = 'form' AND outcome IN ('read', 'ignored')
            """,
        ],
    ),
    (
        "0008_letter_and_reason",
        [
            "ALTER TABLE requests ADD COLUMN letter TEXT NOT NULL DEFAULT 'en/'",
            "ALTER TABLE requests ADD COLUMN shown_letter TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE requests ADD COLUMN reason_state TEXT NOT NULL DEFAULT ''",
            # Whether the credits platform was asked what the client is called.
            "ALTER TABLE requests ADD COLUMN named INTEGER NOT NULL DEFAULT 0",
        ],
    ),
    (
        "0009_replies",
        [
            """
            CREATE TABLE replies (
                reference TEXT NOT NULL REFERENCES requests (reference),
                message_id TEXT NOT NULL,
                meaning TEXT,
                credits INTEGER,
                sealed_sentence BLOB NOT NULL,
                names INTEGER NOT NULL,
                known INTEGER NOT NULL,
                attachments INTEGER NOT NULL,
                read_at INTEGER NOT NULL,
                PRIMARY KEY (reference, message_id)
            )
            """,
            "CREATE INDEX requests_company ON requests (company_id, stage)",
        ],
    ),
    (
        "0010_bodies_and_earlier_requests",
        [
            # An event's body holds what staff typed: it goes once it was read, as a form's does.
            """
            UPDATE deliveries SET sealed_body = x''
            WHERE outcome IN ('read', 'ignored', 'erased')
            """,
            # By which a typed organisation is known to be a company's name; see `plain_name`.
            "ALTER TABLE companies ADD COLUMN plain_name TEXT NOT NULL DEFAULT ''",
            "CREATE INDEX companies_plain_name ON companies (plain_name)",
            # Nothing is matched before the companies were read with it.
            "DELETE FROM marks WHERE name = 'companies_read_at'",
            # Those matched before 0005 were never measured by their numbers, nor got a language.
            """
            UPDATE requests SET match = NULL, company_id = NULL, candidates = ''
            WHERE match = 'sure' AND erased_at IS NULL
              AND stage NOT IN ('credited', 'declined', 'withdrawn')
            """,
        ],
    ),
    (
        "0011_lanes",
        [
            # How often each lane has changed hands; see storage/lanes.py.
            "CREATE TABLE lanes (lane TEXT PRIMARY KEY, term INTEGER NOT NULL)",
        ],
    ),
    (
        "0013_retention",
        [
            # Since when it is kept whatever its age, because somebody said so.
            "ALTER TABLE requests ADD COLUMN hold_since INTEGER",
            # What stands for this client in requests that were erased earlier.
            "ALTER TABLE requests ADD COLUMN stand_in TEXT NOT NULL DEFAULT ''",
            # Those exported before have nothing here: they count from when they were granted.
            "ALTER TABLE ledger ADD COLUMN exported_at INTEGER",
            # What staff are told before it is erased. Nothing in `announced_at`: not yet accepted.
            """
            CREATE TABLE announced (
                thing TEXT NOT NULL,
                key TEXT NOT NULL,
                since INTEGER NOT NULL,
                planned_at INTEGER NOT NULL,
                announced_at INTEGER,
                PRIMARY KEY (thing, key)
            )
            """,
            "CREATE INDEX announced_when ON announced (announced_at)",
            """
            CREATE INDEX requests_kept ON requests (dormant, stage, stage_since)
            WHERE erased_at IS NULL
            """,
            "CREATE INDEX requests_on_hold ON requests (hold_since) WHERE hold_since IS NOT NULL",
            "CREATE INDEX ledger_addressed ON ledger (granted_at) WHERE fingerprint <> ''",
            "CREATE INDEX deliveries_age ON deliveries (route, last_arrived_at)",
            # A reply's sentence goes with its request, from this version on.
            """
            UPDATE replies SET sealed_sentence = x''
            WHERE reference IN (SELECT reference FROM requests WHERE erased_at IS NOT NULL)
            """,
        ],
    ),
    (
        "0014_orphaned_tickets",
        [
            # By which a ticket is known again when its request is not, as after a restore.
            "ALTER TABLE requests ADD COLUMN ticket_check TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE requests ADD COLUMN shown_check TEXT NOT NULL DEFAULT ''",
            """
            CREATE TABLE orphaned_tickets (
                reference TEXT PRIMARY KEY,
                ticket_id TEXT NOT NULL,
                ticket_check TEXT NOT NULL,
                withheld INTEGER NOT NULL,
                seen_at INTEGER NOT NULL
            )
            """,
        ],
    ),
]
