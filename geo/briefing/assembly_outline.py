"""The assembly outline: what pupils may be told. No place, no figure and no picture of the facts gets into it."""

from typing import Final

from geo.briefing.facts import Facts
from geo.briefing.paper import Section, Words
from geo.briefing.parts import all_of, own, paragraphs, section
from geo.harms import HARM_GROUPS

_LEADER: Final = """
Tell staff before the assembly, so that somebody is free to listen after it. Pupils who have been harmed will be in
the room. Let anybody leave quietly, and have an adult go with them.

Name no place and no person. Show no map, no headline and no figure: fear does not protect, and blame keeps people
silent. Ask nobody to tell their story in front of others.
"""
_OPENING: Final = """
Today is about getting to school and home again, about evenings and weekends, and about being with friends. On most
days it all goes well. Today is for the other days.

Everybody here has a right to feel safe: at school, outside and online. If something or somebody takes that away, the
person who does it is responsible. It is never your fault.
"""
# By harm group: what is worth saying where it matters. Closed, so that nothing of the facts can get in.
_ON_HARM: Final = {
    "cse": """
Some people are kind at first because they want something. They give presents, lifts or attention, and later ask for
something back, or for a secret. Anybody can be taken in: those people practise it. It is never your fault.
""",
    "cce": """
Sometimes an older person asks you to carry, hide or look after something, or to let them use your bank account. It
may start as a favour. The one who asks is doing wrong, not you, and you can get out with help.
""",
    "violence": """
When an argument grows, walking away is strong. You owe nobody a fight, and no phone or coat is worth getting hurt
for. Hardly anybody your age carries a weapon, whatever people say.
""",
    "peer": """
A joke is only a joke if everybody can laugh. If somebody touches you, films you or goes on at you and you do not want
it, that is not banter. You can say stop, and you can tell us, even if it is a friend.
""",
    "substances": """
Somebody may offer you something to try, and say that everybody does it. Most do not. You can say no, and you can
blame us for it: my school would find out. If a friend is ill, call for help. Nobody is told off for that.
""",
    "asb": """
Streets and parks belong to you as much as to anybody. If a place makes you uneasy, or is broken or dark, tell us.
Adults can have it put right, and you do not have to go back to prove that you are brave.
""",
}
_ALWAYS: Final = """
Trust the feeling in your stomach. If something feels wrong, you may leave, cross over, go into a shop, sit near the
driver, or ring home. You do not have to be polite, and you do not have to explain.
"""
_FRIENDS: Final = """
Friends notice first. If a friend goes quiet, has things they cannot explain, or seems frightened of their phone, ask
them: are you all right? Then listen. You do not have to solve it.

You can walk together, wait for each other, and get each other home. If you see somebody being hurt, do not step in
between. Get an adult, and stay with your friend afterwards.

Telling an adult about a friend is not telling tales. If you promised to keep a secret and it hurts somebody, you may
break that promise.
"""
_TELL: Final = """
Tell an adult you trust: somebody at home, your tutor, or the safeguarding lead, whose picture is on the posters. If
the first person does not listen, tell another. Go on until somebody does.

If you are in danger now, or somebody else is, call 999. You can call without credit.

You can talk to Childline on 0800 1111, or online. It is free and it does not show on the
bill. You do not have to give your name.

We will listen, we will believe you, and we will tell you what happens next. We cannot keep it secret if somebody is
being hurt. It is never too late to tell.
"""
_THINK: Final = """
Think of three adults whom you could tell: one at home, one here, and one somewhere else. If you cannot think of
three, come and see us, and we will find them together.
"""

_AFTER: Final = """
One assembly changes little by itself: say in which lessons it is taken up. Keep somebody free for the rest of the day,
and tell the safeguarding lead of anybody who comes.
"""


def assembly_sections(facts: Facts) -> tuple[Section, ...]:
    """Write the assembly outline; of the facts it takes only which kind of harm rose, or comes first."""
    return all_of(
        section(
            "leader",
            "Before you begin",
            own("leader", "What whoever leads the assembly should know.", paragraphs(_LEADER)),
        ),
        _said("opening", "You have a right to feel safe", "How you open, in your own words.", _OPENING),
        _said("outside", "When you are out and about", "What to do outside; no place.", _on_harm(facts) + _ALWAYS),
        _said("friends", "What friends can do", "What friends can do here.", _FRIENDS),
        _said("tell", "Who to tell", "Whom pupils can tell at your school.", _TELL),
        _said("think", "A minute to think", "The question that pupils take with them.", _THINK),
        section(
            "after",
            "After the assembly",
            own(
                "after",
                "What follows in lessons, and who is free to listen.",
                paragraphs(_AFTER),
            ),
        ),
    )


def _said(key: str, heading: str, asked: str, text: str) -> Section | None:
    return section(key, heading, Words(key, paragraphs(text), asked, spoken=True))


def _on_harm(facts: Facts) -> str:
    """Return what is said of the harm that is up, or whose course comes first; "" where none is known."""
    codes = {label: code for code, label in HARM_GROUPS.items()}
    up_first = sorted(facts.trends, key=lambda one: -one.side)
    return next((_ON_HARM[codes[one.harm]] for one in up_first if codes.get(one.harm) in _ON_HARM), "")
