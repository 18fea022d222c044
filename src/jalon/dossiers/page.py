"""The dossier as one page of HTML that needs nothing else: its bytes never change."""

from html import escape

from jalon.claims.marks import marked
from jalon.dossiers.pdf import INK
from jalon.dossiers.record import Dossier, final, label, on, proofs, sign
from jalon.dossiers.wording import HEADS, RECOMPUTE, decided, heading, summary

STYLE = (
    "body{font:1rem/1.55 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#161616}"
    "h1{font-size:1.75rem;line-height:1.25}h2{font-size:1.25rem;margin-top:2rem}"
    "table{border-collapse:collapse;width:100%;font-size:.875rem}"
    "th,td{text-align:left;vertical-align:top;padding:.5rem;border-bottom:1px solid #ddd;overflow-wrap:break-word}"
    "td:first-child,th:first-child{white-space:nowrap}"
    "p{overflow-wrap:anywhere}.doux{color:#666}a{color:#000091}mark{background:none;text-decoration:underline;"
    "font-weight:600}sup{font-size:.75em}"
    + "".join(f".{name}{{color:rgb{ink}}}".replace(" ", "") for name, ink in INK.items())
    + "@media(max-width:40rem){thead{display:none}tr,td{display:block;border:0;padding:.125rem 0}"
    "tr{padding:.75rem 0;border-bottom:1px solid #ddd}}"
)


def to_html(dossier: Dossier) -> bytes:
    parts = [
        f"<h1>{_safe(dossier.title)}</h1>",
        f'<p class="doux">{_safe(heading(dossier))}</p><p><strong>{_safe(summary(dossier))}</strong></p>',
        f'<p><a href="{_safe(dossier.address)}.pdf">PDF</a> · <a href="{_safe(dossier.address)}.docx">DOCX</a> · '
        f'<a href="{_safe(dossier.address)}.json">JSON</a> · '
        f'<a href="{_safe(dossier.address)}/notes">notes postérieures</a></p>',
        "<h2>Le texte</h2>", *_text(dossier),
        "<h2>Point par point</h2>", _table(dossier),
        "<h2>Les chiffres</h2>", *_figures(dossier),
        "<h2>Les preuves</h2>", *_evidence(dossier),
        f"<h2>Recalculer</h2><p>{_safe(RECOMPUTE.format(edition=dossier.check.edition))}</p>",
        f'<p class="doux">SHA-256 de l’enregistrement : {dossier.sha256}</p>',
    ]  # fmt: skip
    head = (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{_safe(dossier.title)} — vérification figée</title><style>{STYLE}</style></head><body><main>"
    )
    return (head + "\n".join(parts) + "</main></body></html>\n").encode()


def _safe(words: object) -> str:
    return escape(str(words))


def _text(dossier: Dossier) -> list[str]:
    lines = marked(dossier.check).paragraphs
    return ["<p>" + "".join(_piece(dossier, p.text, p.numbers) for p in line) + "</p>" for line in lines]


def _piece(dossier: Dossier, text: str, numbers: tuple[int, ...]) -> str:
    if not numbers:
        return _safe(text)
    verdict = dossier.check.claims[numbers[0] - 1].verdict
    return (
        f'<mark class="{verdict}"><a class="{verdict}" href="#c{numbers[0]}">{_safe(text)}'
        f"<sup>{sign(verdict)}{numbers[0]}</sup></a></mark>"
    )


def _table(dossier: Dossier) -> str:
    heads = "".join(f'<th scope="col">{_safe(one)}</th>' for one in HEADS)
    rows = []
    for number, claim in enumerate(dossier.check.claims, 1):
        decision = dossier.decision(number)
        verdict = final(claim, decision)
        machine = "" if verdict == claim.verdict else f"<br>(machine : {_safe(label(claim.verdict))})"
        value = f"{_safe(claim.figure.label)} : {_safe(claim.figure.display)}" if claim.figure else "—"
        told = decided(decision)
        rows.append(
            f'<tr id="c{number}"><td>{number}</td><td>«\u202f{_safe(" ".join(claim.text.split()))}\u202f»</td>'
            f'<td class="{verdict}">{sign(verdict)} {_safe(label(verdict))}{machine}</td><td>{value}</td>'
            f"<td>{_safe(claim.reason)}{f'<br><em>{_safe(told)}</em>' if told else ''}</td></tr>"
        )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _figures(dossier: Dossier) -> list[str]:
    return [
        f'<p><strong><a href="{_safe(dossier.origin + one.permalink)}">{_safe(one.label)}</a> : '
        f"{_safe(one.value)}</strong> "
        f"au {_safe(on(one.as_of))}, {_safe(one.kind)}. {_safe(one.definition)} "
        f'<span class="doux">{_safe(one.excludes)}</span></p>'
        for one in dossier.figures
    ]


def _evidence(dossier: Dossier) -> list[str]:
    return [
        f"<p>{number}. «\u202f{_safe(' '.join(claim.text.split()))}\u202f»</p><ul>"
        + "".join(f"<li>{_safe(line)}</li>" for line in proofs(claim))
        + "</ul>"
        for number, claim in enumerate(dossier.check.claims, 1)
        if claim.evidence
    ]
