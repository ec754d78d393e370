import pytest

from tests.mutants.operators import mutants


def instead_of(line):
    """Return what may stand instead of a line."""
    return sorted(mutant.text.strip() for mutant in mutants("some.py", f"{line}\n"))


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("a < b", ["(a <= b)", "(a >= b)"]),
        ("a >= 3", ["(a > 3)", "(a < 3)", "a >= 4", "a >= 2"]),
        ("a is None", ["(a is not None)"]),
        ("a and b", ["(a or b)"]),
        ("not a", ["(a)"]),
        ("a + b", ["(a - b)"]),
        ("a // b * c", ["(a // b + c)", "(a * b) * c"]),
        ("a[-1]", ["a[(1)]", "a[-2]", "a[-0]"]),
        ("0.5", ["0.55", "0.45"]),
        ("0.0", ["1.0", "(-1.0)"]),
        ("True", ["False"]),
        ("min(a)", ["max(a)"]),
        ("np.argmax(a)", ["np.argmin(a)"]),
        ("b if a else c", ["b if (not (a)) else c"]),
        ("[a for a in b if a]", ["([a for a in b])"]),
    ],
)
def test_faults_of_expressions(code, found):
    assert instead_of(f"x = {code}") == sorted(f"x = {one}" for one in found)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("a += b", ["a -= b", "pass"]),
        ("a = a.b", ["pass"]),
        ("a[b] = c", ["pass"]),
        ("a.append(b)", ["pass"]),
        ("raise a", ["pass"]),
    ],
)
def test_faults_of_statements(line, found):
    assert instead_of(line) == found


@pytest.mark.parametrize(
    "line",
    ["a = b", '"""Text."""', "a = 'text'", "a = f'{a + 1} areas'", "a: Final[1] = b", "a = zip(b, strict=True)"],
)
def test_texts_types_and_what_holds_anyway_stay(line):
    assert set(instead_of(line)) <= {"pass"}


def test_a_mutant_is_known_by_its_function_and_its_lines_whatever_stands_before():
    text = "class A:\n    def b(self):\n        return 'é', 3\n"
    one, other = ([mutant.name for mutant in mutants("some.py", before + text)] for before in ("", "# A line.\n"))
    assert one == other
    assert "some.py A.b\n- return 'é', 3\n+ return 'é', 4" in one


def test_functions_inside_others_are_part_of_these_and_defaults_of_classes_of_none():
    text = "class A:\n    b: int = 3\n    def c(self):\n        def d():\n            return 3\n        return d\n"
    found = {(mutant.place, mutant.in_function) for mutant in mutants("some.py", text)}
    assert found == {("A", False), ("A.c", True)}


def test_the_same_fault_twice_in_a_function_is_told_apart():
    names = [mutant.name for mutant in mutants("some.py", "def a():\n    b += 1\n    b += 1\n")]
    assert len(set(names)) == len(names)


def test_every_mutant_can_be_compiled():
    text = "def a(b):\n    while b and b.c:\n        b = b.d if b.e else b[1:]\n    return b\n"
    found = mutants("some.py", text)
    assert len(found) > 5
    for mutant in found:
        compile(mutant.text, "some.py", "exec")
