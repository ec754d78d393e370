"""What a speaker says at the staff briefing: ten minutes at 130 words a minute, without a figure and without a name."""

from typing import Final

WHY: Final = """
For the next ten minutes we look at what surrounds {our_school}. Children can be harmed in parks, shops, stations,
stairwells and online, away from home and away from us. A family cannot change such places alone, and nor can a child.

Our part is small, and it matters. We see the same pupils every day, so we notice when something is different. We do
not investigate. We notice, we listen, and we pass it on.

Two rules for this room. No child is named, and no family. And no stories about places: a place with a bad name is
avoided, and so are the children who live there. If a pupil comes to mind while I speak, come to me afterwards.
"""
FIGURES: Final = """
The figures are on the sheet in front of you. They count what was recorded around us, whoever it happened to. They do
not count our pupils.

Please read them with care. Most of what harms children is never recorded, because it is never told. So a low figure
is not good news by itself. And a high figure may mean that more people report, which is what we want.
"""
CHANGED: Final = """
The sheet names what has changed. It is there because the change is larger than chance would easily bring. It does not
say why. It is a reason to look and to ask, not a reason to be afraid.
"""
NOTHING_CHANGED: Final = """
The sheet shows no clear change. That is worth knowing too. Figures go up and down from month to month, and we do not
run after each of them. We keep looking, and we keep doing what works.
"""
NOT_RANKED: Final = """
We do not compare {our_school} with other schools. Every place has its own streets, shops and stops, and a table of
schools would only say who has a station next door. We compare this place with itself, a year before.

Take one thing from the figures. Knowing what is around us helps us to hear what a child is trying to say. When a
pupil mentions a place, a person or a lift home, you have something to connect it with.
"""
TIMES_KNOWN: Final = """
The sheet says when most of it is recorded. Keep that time in mind when you plan your duties.
"""
TIMES_UNKNOWN: Final = """
No time of day stands out on the sheet, so think of every time when no adult is near.
"""
WHERE: Final = """
Before school, at lunch, on the way home and in the evening, pupils are out of our sight. If you are on duty at the
gate or at a stop, stand where you can see and be seen, and say hello. A familiar adult who is simply there makes a
place safer.

Where the sheet names places, it names them so that adults look after them. It says nothing about anybody who goes
there. Most who go have good reasons: the shop, the bus, their friends. So do not warn pupils off a place by name.
Tell me what you see there, and I can ask for it to be put right.
"""
SIGNS: Final = """
What might you notice? Mostly small things, and mostly a change. A pupil who was on time is late, or leaves by another
gate. A pupil who talked has gone quiet. Somebody is tired, hungry or hurt, and the story does not fit.

Look for things that cost money and have no story: a phone, trainers, vapes, a taxi. Look for a second phone, or a
phone that frightens the one who holds it. Look for new friends who are older, for a car that waits, for a pupil who
is collected by somebody whom nobody knows.

Look for who is on their own. Somebody has lost their friends, or is made to carry things for others. Somebody has
missed lessons, or a night at home. Pupils who are treated as a nuisance are often those to whom it happens.

Any child can be harmed: boys as much as girls, those who do well as much as those who struggle. Children with special
needs and children in care are targeted more often, and are believed less often.

One sign proves nothing. You do not have to be sure. Your note may be the third on the same worry, and then it is the
one that lets us act.
"""
SAY: Final = """
Now, what do we say when a child begins to tell? Stop what you are doing, and listen. Let them use their own words,
and leave the silences alone. You can say: thank you for telling me. You can say: I believe you, and this is not your
fault. You can say: I will have to tell somebody who can help, and I will tell you who.

If you have to ask, ask openly. Tell me what happened. And then? Is there anything else that you would like me to
know?

What do we not say? We do not promise to keep it secret. We do not ask why they went there, why they did not leave, or
why they did not tell before. Each of those sounds like blame. We do not ask for details, and we do not ask leading
questions. We do not look at pictures on a phone, and we do not search for the person who did it.

Mind the words afterwards as well. We write what the child said and what we saw. We write that a child was exploited,
was made to carry, was hurt. Nobody chooses that. What we write may be read by that child one day.

And if a child says nothing? Then say that you noticed, and that your door is open. Many need to be asked more than
once, by somebody who has time.
"""
TELL: Final = """
Who do we tell? The designated safeguarding lead, today, before you go home, and yourself: not through somebody else.
If I am not there, tell the deputy. If a child is in danger now, call 999 first and me second. If you are not content
with what happens next, say so, and go to the head or straight to the council. Anybody may make a referral.

Write it down the same day, with the date, the time and your name. Do not put it in a message to a colleague, and do
not talk about it in the corridor. And look after yourself. This is heavy work, and you may talk to me about it.
"""
DISCUSS: Final = """
Last, one question for the people beside you, for one minute. Which place or time on the way to {our_school} would you
change first, and which adult could be there? Speak of the place, and of no child. Then write it down, and give it to
me as you leave. Thank you.
"""
