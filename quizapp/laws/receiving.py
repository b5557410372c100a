"""Taking a law's text from the form: what is wrong with it stands at its field, and nothing is lost."""

from quizapp.core.uploads import UnreadableFile
from quizapp.laws import importing
from quizapp.laws.forms import ImportForm
from quizapp.laws.models import LawVersion
from quizapp.laws.statutes import UnreadableStatute, read_statute


def receive(form: ImportForm, actor_id: int) -> LawVersion | None:
    """Import what the form brings; None where it can't be, the reason at its field.

    A browser forgets a chosen file: its text is put where pasted text stands, to be mended there.
    """
    chosen = form.file.data
    content = chosen.read() if chosen else (form.text.data or "").encode()
    source = form.file if chosen else form.text
    if not content:
        form.file.errors = ["请选择文件，或在下面粘贴全文。"]
        return None
    try:
        lines = importing.read_law_lines(content)
    except UnreadableFile as error:
        source.errors = [str(error)]
        return None
    form.text.data = "\n".join(lines)
    try:
        statute = read_statute(lines)
        dates = importing.settle_dates(statute, form.revised_on.data, form.in_force_from.data)
        return importing.import_law(statute, importing.digest_of(content), *dates, actor_id)
    except UnreadableStatute as error:
        form.text.errors = [str(error)]
    except importing.DateMissing as error:
        form[error.field].errors = [error.advice]
    except importing.VersionLoaded as error:
        form.revised_on.errors = [error.advice]
    return None
