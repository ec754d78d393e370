"""Wordings that put on children what others do to them, why they do not help, and what to say instead.

Gathered and put into words of our own from the guidance on child sexual exploitation of the Department for Education
(February 2017), “Making words matter” (NWG Network), and “Child exploitation and abuse: an appropriate language guide”
(The Children’s Society and NAPAC for the CSE Taskforce, November 2024). Looked through on 29 November 2026.
"""

from typing import Final, NamedTuple

REVIEWED: Final = "2026-11-29"
SOURCES: Final = (
    "Department for Education, Child sexual exploitation: definition and guide for practitioners, 2017",
    "NWG Network, Making words matter",
    "The Children’s Society and NAPAC, Child exploitation and abuse: an appropriate language guide, 2024",
)

_CHILD: Final = (
    r"(?:child(?:ren)?|kids?|pupils?|students?|girls?|boys?|young (?:people|person|men|women|man|woman)|teen\w*)"
)
_THEM: Final = r"(?:them|him|her|your|one|their)sel(?:f|ves)"
_THEY: Final = rf"(?:he|she|they|who|{_CHILD})"
_BE: Final = r"(?:is|are|was|were|has been|have been|keeps?|kept)"


class BlamingWording(NamedTuple):
    """A wording as patterns, whatever the case; why it does not help; what to say instead; where it is harmless."""

    patterns: tuple[str, ...]
    why: str
    instead: str
    unless: str = ""  # a pattern: what must not follow
    unless_before: str = ""  # a pattern: what must not stand just before


_CHOICE: Final = "It says that a child chose what was done to them; nobody chooses to be exploited."
_RISK: Final = "It makes the child the source of the risk, which comes from those who harm."
_LABEL: Final = "It labels children, and what happens to them is then taken less seriously."
_ADULT: Final = "It makes abuse sound like a relationship of equals; a child cannot consent to being exploited."
_CRIME: Final = "It calls a child an offender where others make them do it."

WORDINGS: Final = (
    BlamingWording(
        (
            r"lifestyle choices?",
            r"chosen lifestyle",
            r"choos(?:es|ing) (?:this|that|such a) lifestyle",
        ),
        _CHOICE,
        "has been exploited; is being controlled by others",
    ),
    BlamingWording(
        (rf"(?:put|plac)(?:s|es|ing|ting)? {_THEM} (?:in(?:to)? |at )(?:\w+ )?(?:risk|danger|harm['’]?s way)",),
        _RISK,
        "at risk from (those who harm); is being targeted",
    ),
    BlamingWording(
        (rf"(?:mak|expos)(?:e|es|ing) {_THEM} (?:vulnerable|to (?:\w+ )?(?:risks?|harm|danger))",),
        _RISK,
        "is being targeted by people who harm children",
    ),
    BlamingWording(
        (
            r"risk[- ]?taking",
            r"risk[- ]?takers?",
            r"risky behaviou?rs?",
            r"tak(?:es|ing) risks",
        ),
        _RISK,
        "is at risk from others; say who or what the risk comes from",
        unless_before=(r"\b(?:drivers?|motorists?) "),
    ),
    BlamingWording(
        (r"promiscu(?:ous(?:ly|ness)?|ity)",),
        _LABEL,
        "has been sexually exploited; is being abused",
    ),
    BlamingWording(
        (
            r"troublesome",
            r"trouble[- ]?makers?",
        ),
        _LABEL,
        "children who may be in trouble, or being drawn in",
        unless=(
            r" (?:junction|corner|spot|place|estate|alley|path|stretch|gate|lock|door|light|premises|shop|bar|"
            r"pub)\w*"
        ),
    ),
    BlamingWording(
        (r"street[- ]?wise",),
        "It says that a child can look after themselves; knowing the streets protects nobody from exploitation.",
        "at risk in public places; say what the risk is",
    ),
    BlamingWording(
        (r"attention[- ]seek(?:ing|ers?)",),
        _LABEL,
        "is telling us that something is wrong; needs support",
    ),
    BlamingWording(
        (
            (
                r"(?:refus(?:e|es|ed|ing|al)|declin(?:e|es|ed|ing)|fail(?:s|ed|ing|ure)?|unwilling|won['’]t|"
                r"will not|would not|does not|doesn['’]t|do not|don['’]t) (?:to )?(?:engage|co-?operate)"
            ),
            r"(?:non|dis)[- ]?engage(?:ment|d)",
        ),
        "It puts on the child what services have not managed yet; being afraid or controlled can look like this.",
        "we have not reached them yet; may be afraid or controlled",
        unless_before=(
            r"\b(?:landlord|owner|operator|council|shop|store|manager|company|agency|firm|venue|premises|pub|"
            r"hotel|licensee|club|takeaway)s? "
        ),
    ),
    BlamingWording(
        (r"hard[- ]to[- ](?:reach|engage)",),
        "It puts on people what services have not managed yet.",
        "not reached by our services yet",
    ),
    BlamingWording(
        (
            r"(?:child|juvenile|teen(?:age)?|young|under-?age) prostitut(?:es?|ion)",
            rf"prostitut(?:es|ed|ing) {_THEM}",
            r"rent ?boys?",
            rf"sell(?:s|ing)? (?:{_THEM}|(?:her|his|their) bod(?:y|ies))",
            rf"{_CHILD} (?:working as|who are) prostitutes?",
        ),
        "There is no such thing as a child who is a prostitute: it is child sexual abuse.",
        "is being sexually exploited; child sexual abuse",
    ),
    BlamingWording(
        (
            (
                r"(?:swap|trad|exchang|offer|sell|perform)(?:s|es|ed|ping|ing)? (?:\w+ )?sex(?:ual (?:favou?rs|"
                r"acts|services))?\b"
            ),
            r"sexual favou?rs",
            r"sex for (?:drugs|money|gifts|favou?rs|food|alcohol|vapes|lifts)",
        ),
        _CHOICE,
        "is being sexually exploited in exchange for something",
        unless=(r"[- ](?:shop|offen[cs]e|education)\w*"),
    ),
    BlamingWording(
        (
            (
                rf"(?:sexual activity|sex|sexual relations?(?:hips?)?|intercourse) with (?:an? |the |some |these |"
                rf"those )?(?:\w+ ){{0,2}}?(?:{_CHILD}|minors?|year \d+s?|\d\d[- ]year[- ]olds?|him|her|them)\b"
            ),
        ),
        _ADULT,
        "child sexual abuse; is being abused by",
        unless=(r" (?:is|are|was) (?:an? )?(?:offen[cs]e|crime|illegal|against)"),
    ),
    BlamingWording(
        (
            (
                r"(?:older|adult|much older|grown-?up|so-called|drug[- ]dealing|dealer|new older) (?:boy|"
                r"girl)friends?"
            ),
            (
                r"(?:boy|girl)friends?(?:,| \(|,? aged?|,? who (?:is|was))? ?(?:in (?:his|her|their) )?(?:1[89]|"
                r"[2-6]\d)s?\b"
            ),
            (
                r"(?:boy|girl)friends? (?:sells?|deals?|supplies|gives? (?:her|him|them)|buys? (?:her|him|them)|"
                r"picks? (?:her|him|them))"
            ),
        ),
        _ADULT,
        "an adult who is exploiting the child; the person who abuses them",
        unless=(r" model"),
    ),
    BlamingWording(
        (
            (
                r"in a (?:sexual )?relationship with (?:an? |her |his |their )?(?:\w+ )?(?:adult|man|men|woman|"
                r"older|exploiter|abuser|dealer)"
            ),
        ),
        _ADULT,
        "is being abused or groomed by",
    ),
    BlamingWording(
        (
            r"consensual (?:sex\w*|relationships?|activity)",
            r"consent(?:s|ed|ing) to (?:the )?(?:sex\w*|abuse|it\b)",
        ),
        _ADULT,
        "may have been exploited even if it looked as if they agreed",
        unless_before=(r"\bnon[- ]?"),
    ),
    BlamingWording(
        (r"under-?age sex",),
        _ADULT,
        "child sexual abuse, where an adult or power is involved",
    ),
    BlamingWording(
        (r"(?:child|kiddie|kiddy|kids?) porn(?:o\w*)?",),
        "It makes pictures of abuse sound like entertainment.",
        "pictures of child sexual abuse",
    ),
    BlamingWording(
        (
            r"(?:drugs?|county lines?|gang) (?:runners?|mules?)",
            r"money mules?",
            r"(?:is|are|as) a runner for",
        ),
        _CRIME,
        "is being made to carry drugs or money; is being criminally exploited",
    ),
    BlamingWording(
        (
            r"(?:child|teen(?:age)?|young|schoolboy|schoolgirl|pupil) (?:drug )?deal(?:ers?|ing)",
            rf"{_THEY} {_BE} (?:drug )?dealing",
        ),
        _CRIME,
        "is being made to sell drugs; is being criminally exploited",
        unless=(r" (?:with|in\b(?! (?:drugs|cannabis|weed|vapes)))"),
    ),
    BlamingWording(
        (
            (
                rf"{_THEY} (?:{_BE} )?(?:involved in|involvement in) (?:cse|cce|(?:child )?(?:sexual |"
                rf"criminal )?exploitation|county lines)"
            ),
            r"involve(?:d|ment) in (?:cse|cce|county lines)",
        ),
        "It says that a child takes part in what is done to them.",
        "is being exploited",
        unless_before=(r"\b(?:agenc(?:y|ies)|adults?|offenders?|perpetrators?|men|gangs?) "),
    ),
    BlamingWording(
        (
            r"gang members?",
            r"gangsters?",
            r"gang (?:kids|boys|girls|youths)",
        ),
        _CRIME,
        "children whom a gang exploits, or young people affected by gangs",
        unless_before=(r"\b(?:adult|older) "),
    ),
    BlamingWording(
        (r"abscond(?:s|ed|ing|ers?)?",),
        "It is a word for prisoners; a child who goes missing may be running from harm or be taken to it.",
        "went missing; goes missing",
    ),
    BlamingWording(
        (
            r"(?:wrong|bad) crowd",
            r"bad (?:influences?|company)",
        ),
        _RISK,
        "is being drawn in by people who exploit children",
    ),
    BlamingWording(
        (
            r"mature for (?:her|his|their) age",
            r"look(?:s|ed|ing)? (?:much )?older than (?:she|he|they|her|his|their)",
            r"grown[- ]up for (?:her|his|their) age",
        ),
        "It makes a child seem an adult, and adults seem less to blame.",
        "is a child, and must be protected as one",
    ),
    BlamingWording(
        (
            r"asking for it",
            r"brought (?:it|this) on",
            r"only (?:her|him|them)sel(?:f|ves) to blame",
            r"own fault",
            r"(?:led|lead|leads|leading) (?:him|them|men|her) on",
        ),
        "It blames the child for what somebody else did.",
        "leave it out, and say what those who harm do",
        unless=(r" (?:to the|through|along|a walk)"),
    ),
    BlamingWording(
        (
            r"provocative(?:ly)?(?: dress\w*| cloth\w*| behav\w*)?",
            r"dress(?:ed|es|ing) provocatively",
            r"flirt(?:s|ed|ing|y|atious)?",
        ),
        "Nothing that a child wears or says makes abuse their doing.",
        "say what adults do there",
    ),
    BlamingWording(
        (
            r"(?:went|goes|going|go|took part|complicit|meets?|met) willingly",
            r"willing(?:ly)? (?:goes|went|participants?|victims?|meets?)",
            r"complicit",
        ),
        _CHOICE,
        "was groomed or controlled, and may not see it as harm",
    ),
    BlamingWording(
        (
            r"beyond (?:parental )?control",
            r"out of parental control",
        ),
        "It puts the risk on the child and the family.",
        "the family needs support; others control the child",
    ),
    BlamingWording(
        (
            r"yobs?",
            r"yobbish",
            r"feral",
            r"thugs?",
            r"chavs?",
            r"hoodies",
            r"scum",
            r"delinquents?",
            r"hooligans?",
            r"ne'er[- ]do[- ]wells?",
        ),
        _LABEL,
        "young people; say what happens there",
        unless=(r" (?:cats?|dogs?|pigeons?|goats?)"),
    ),
    BlamingWording(
        (
            r"druggies?",
            r"junkies?",
            r"pot ?heads?",
            r"drug abusers?",
        ),
        _LABEL,
        "young people who are offered or use drugs",
    ),
    BlamingWording(
        (
            r"manipulative",
            r"attitude problem",
            r"bad attitude",
        ),
        _LABEL,
        "say what the child may be telling us",
    ),
)
