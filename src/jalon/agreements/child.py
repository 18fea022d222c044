"""The process in which files are read, under limits: orders in and answers out, as JSON after its length."""

import json
import os
import resource
import struct
import sys
from pathlib import Path
from typing import Any

from jalon.agreements import record
from jalon.agreements.reading import read
from jalon.documents import open_document
from jalon.documents.limits import LIMITS, Limits
from jalon.errors import DocumentError

HEADER = struct.Struct(">Q")


def serve(limits: Limits = LIMITS) -> None:
    """Read orders until there are no more."""
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(2_000)
    while head := orders.read(HEADER.size):
        order = json.loads(orders.read(HEADER.unpack(head)[0]))
        _allow(limits.cpu_seconds)
        answer = json.dumps(answer_to(Path(order["path"]), order["name"], limits), ensure_ascii=False).encode()
        answers.write(HEADER.pack(len(answer)) + answer)
        answers.flush()


def _allow(seconds: int) -> None:
    """Processor time for the next file, beyond what is already spent."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))


def answer_to(path: Path, name: str, limits: Limits = LIMITS) -> dict[str, Any]:
    """What is read in a file, or why it is refused, as plain JSON values."""
    try:
        document = open_document(path, limits)
        agreement = read(document)
    except DocumentError as error:
        return _refusal(name, error.code, error.user_message, error.mend)
    except (MemoryError, RecursionError):
        return _refusal(name, "document-too-large", f"{name} demande trop de mémoire.", "découpez-le.")
    except Exception as error:  # whatever a parser raises on hostile bytes: the file is refused, the next one is read
        told = f"{name} est refusé : sa lecture échoue ({type(error).__name__})."
        return _refusal(name, "document-unreadable", told, "signalez-le, avec le fichier si vous le pouvez.")
    return {
        "status": "read",
        "name": name,
        "pages": len(document.pages),
        "agreement": record.agreement(agreement),
        "actions": list(record.actions(agreement)),
        "doubts": list(agreement.notes),
    }


def _refusal(name: str, code: str, reason: str, mend: str) -> dict[str, Any]:
    return {"status": "refused", "name": name, "code": code, "reason": reason, "mend": mend}


if __name__ == "__main__":
    serve()
