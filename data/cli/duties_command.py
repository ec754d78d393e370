"""The command that writes documents for a school's duties, or the list of what guidance asks."""

from pathlib import Path
from typing import Annotated

import typer

from data.cli.command_line import log_export, say
from data.principal import LOCAL_USER
from geo.errors import InputError


def duties(
    file: Annotated[Path | None, typer.Argument(help="The new file (.docx), with --document.")] = None,
    document: Annotated[str | None, typer.Option(help="dpia, processing, sharing or privacy.")] = None,
) -> None:
    """Write a document for your duties as DOCX, or list what guidance asks as CSV to stdout."""
    from data.services.duties import duties_csv

    if document is None and file is None:
        typer.echo(duties_csv(), nl=False)
        return
    if document is None or file is None:
        raise InputError(
            "A document needs its name and a new file, and one of them is missing; "
            "write `python -m data duties --document dpia FILE.docx`."
        )
    _write(document, file)


def _write(document: str, file: Path) -> None:
    from datetime import date

    from data.services.duty_documents import DOCUMENTS, duty_document
    from data.services.opening import open_store

    if file.exists():
        raise InputError(f"A document must be a new file, and “{file.name}” is there already; choose another name.")
    content = duty_document(open_store(), LOCAL_USER, document, date.today())
    log_export(f"duties {document}")
    file.write_bytes(content)
    say(f"Written: {DOCUMENTS[document]}. It is a draft: your data protection officer must check and complete it.")
