"""The table of organisations' replies."""

from collections.abc import Sequence

from casework.ports import Sealer
from casework.reply_records import Reply
from casework.understand_reply import Meaning
from storage.engine import Connection


class ReplyTable:
    """Implements :class:`casework.reply_records.Replies`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection, self._sealer = connection, sealer

    def add(self, reply: Reply, now: int) -> bool:
        """Keep a reply; of an erased request without its sentence. Returns whether it was new."""
        place = reply_place(reply.reference, reply.message_id)
        added = self._connection.run(
            """
            INSERT INTO replies (
                reference, message_id, meaning, credits, sealed_sentence, names, known,
                attachments, read_at
            ) VALUES (
                :reference, :message_id, :meaning, :credits,
                CASE WHEN EXISTS (
                    SELECT 1 FROM requests
                    WHERE reference = :reference AND erased_at IS NOT NULL
                ) THEN :nothing ELSE :sealed_sentence END,
                :names, :known, :attachments, :now
            )
            ON CONFLICT (reference, message_id) DO NOTHING
            """,
            reference=reply.reference,
            message_id=reply.message_id,
            meaning=reply.meaning,
            credits=reply.credits,
            sealed_sentence=self._sealer.seal(reply.sentence.encode(), place),
            names=int(reply.names),
            known=int(reply.known),
            attachments=int(reply.attachments),
            nothing=b"",
            now=now,
        )
        return added == 1

    def find(self, reference: str) -> Sequence[Reply]:
        """The replies about a request, oldest first."""
        rows = self._connection.rows(
            """
            SELECT message_id, meaning, credits, sealed_sentence, names, known, attachments
            FROM replies WHERE reference = :reference ORDER BY read_at, message_id
            """,
            reference=reference,
        )
        return [
            Reply(
                reference=reference,
                message_id=row["message_id"],
                meaning=Meaning(row["meaning"]) if row["meaning"] else None,
                credits=row["credits"],
                sentence=self._open(reference, row["message_id"], bytes(row["sealed_sentence"])),
                names=bool(row["names"]),
                known=bool(row["known"]),
                attachments=bool(row["attachments"]),
            )
            for row in rows
        ]

    def _open(self, reference: str, message_id: str, sealed: bytes) -> str:
        place = reply_place(reference, message_id)
        return self._sealer.unseal(sealed, place).decode() if sealed else ""


def reply_place(reference: str, message_id: str) -> str:
    """What a reply's sentence is bound to, so that it opens nowhere else."""
    return f"reply:{reference}:{message_id}"
