"""Personal data that a file was published with, emptied before it is stored."""

import csv
import io
from collections.abc import Sequence

from jalon.errors import SourceUnreadable


def emptied(data: bytes, columns: Sequence[str]) -> bytes:
    """The CSV with these columns empty, in the same dialect: every cell quoted, its own line ends, UTF-8.

    Raises SourceUnreadable when the text is no such table: nothing of it may be kept then.
    """
    try:
        text = data.decode("utf-8")
        header, *records = csv.reader(io.StringIO(text, newline=""))
        places = [header.index(column) for column in columns]
        for record in records:
            for place in places:
                record[place] = ""
    except (UnicodeDecodeError, ValueError, IndexError, csv.Error) as error:
        raise SourceUnreadable(
            f"no table with columns {columns}: {error}",
            user_message=f"le fichier reçu n'a pas les colonnes {', '.join(columns)} : rien n'en est gardé.",
            mend="le producteur l'a peut-être remplacé ; donnez le fichier publié par JALON_MIRROR.",
        ) from error
    out = io.StringIO(newline="")
    ends = "\r\n" if "\r\n" in text else "\n"
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=ends).writerows([header, *records])
    return out.getvalue().encode()
