"""Why a document is not read: one class a reason, each with its French sentence and the next step."""

from jalon.errors import DocumentError


class EmptyDocument(DocumentError):
    code = "document-empty"


class UnknownFormat(DocumentError):
    code = "document-format"


class EncryptedDocument(DocumentError):
    code = "document-encrypted"


class BrokenDocument(DocumentError):
    code = "document-broken"


class DangerousDocument(DocumentError):
    """A bomb: a small file made to exhaust who opens it."""

    code = "document-dangerous"


class TooLarge(DocumentError):
    code = "document-too-large"


class ToolMissing(DocumentError):
    code = "document-tool"


def empty(name: str) -> EmptyDocument:
    return EmptyDocument(f"{name}: empty", user_message=f"{name} est vide.", mend="demandez le fichier d'origine.")


def unknown(name: str, seen: str) -> UnknownFormat:
    return UnknownFormat(
        f"{name}: {seen}",
        user_message=f"{name} n'est ni un PDF, ni un DOCX, ni un ODT, ni un HTML, ni une image : {seen}.",
        mend="enregistrez-le dans l'un de ces formats.",
    )


def encrypted(name: str) -> EncryptedDocument:
    return EncryptedDocument(
        f"{name}: encrypted",
        user_message=f"{name} est protégé par un mot de passe.",
        mend="enregistrez-le sans mot de passe.",
    )


def broken(name: str, detail: str) -> BrokenDocument:
    return BrokenDocument(
        f"{name}: {detail}",
        user_message=f"{name} est abîmé ou tronqué : {detail}.",
        mend="demandez le fichier d'origine, ou ouvrez-le et enregistrez-le de nouveau.",
    )


def dangerous(name: str, detail: str) -> DangerousDocument:
    return DangerousDocument(
        f"{name}: {detail}",
        user_message=f"{name} est refusé : {detail}.",
        mend="ne l'ouvrez pas ; demandez le fichier à son auteur.",
    )


def too_large(name: str, detail: str) -> TooLarge:
    return TooLarge(
        f"{name}: {detail}",
        user_message=f"{name} dépasse les limites de lecture : {detail}.",
        mend="découpez-le en plusieurs fichiers.",
    )


def tool_missing(tool: str, needed: str) -> ToolMissing:
    return ToolMissing(
        f"{tool} is missing",
        user_message=f"{tool} n'est pas installé : {needed}.",
        mend="lancez scripts/system-packages.",
    )
