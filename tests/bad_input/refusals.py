"""What every refusal of a command must be."""

from pathlib import Path

from tests.bad_input.cases import Case
from tests.unit.data.running import Ran, dump, run


def refused(case: Case, home: Path, folder: Path) -> None:
    """Run a case in this process on the store in ``home``, with its files in ``folder``, and judge how it ends."""
    before = dump(home)
    ran = run(home, *arguments_of(case, folder))
    judge(case, ran)
    assert dump(home) == before


def arguments_of(case: Case, folder: Path) -> list[str]:
    """Write the files of a case and give its arguments with their paths."""
    brought = folder / "brought"
    brought.mkdir()
    for name, content in case.files.items():
        (brought / name).parent.mkdir(exist_ok=True)
        (brought / name).write_bytes(content.encode() if isinstance(content, str) else content)
    named = {*case.files, ".", "nowhere.csv"}
    return [str(brought / each) if each in named else each for each in case.arguments]


def judge(case: Case, ran: Ran) -> None:
    """Hold a refusal to one sentence on stderr that says what it must and hides what it must, and to exit code 2."""
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1
    sentence = ran.err.removeprefix("Error: ").removesuffix("\n")
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert "Traceback" not in sentence
    assert [said for said in case.says if said not in sentence] == []
    assert [hidden for hidden in case.hides if hidden in ran.err] == []
    # The remedy follows the fault: after a semicolon.
    assert ";" in sentence
