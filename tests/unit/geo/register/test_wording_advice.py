"""Wording that blames children is explained with a better one, and harmless uses of the same words are left alone."""

import pytest

from geo.register.blaming_words import WORDINGS
from geo.register.wording_advice import advise


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Seen as a lifestyle choice by staff", "lifestyle choice"),
        ("LIFESTYLE CHOICES of the group", "LIFESTYLE CHOICES"),
        ("Girls putting themselves at risk by the kiosk", "putting themselves at risk"),
        ("Pupils who put themselves in danger", "put themselves in danger"),
        ("She places herself at serious risk", "places herself at serious risk"),
        ("Known for promiscuity", "promiscuity"),
        ("Promiscuous girls meet here", "Promiscuous"),
        ("Troublesome youths on the steps", "Troublesome"),
        ("troublemakers at home time", "troublemakers"),
        ("The boys are street-wise", "street-wise"),
        ("Streetwise kids gather here", "Streetwise"),
        ("Attention-seeking pupils", "Attention-seeking"),
        ("They refuse to engage with youth workers", "refuse to engage"),
        ("Young people won’t engage", "won’t engage"),
        ("child prostitutes seen at the hotel", "child prostitutes"),
        ("Girls prostituting themselves", "prostituting themselves"),
        ("Teenagers selling themselves for vapes", "selling themselves"),
        ("Pupils trading sexual favours", "trading sexual favours"),
        ("sex for vapes behind the shops", "sex for vapes"),
        ("Men have sexual activity with a child in the flat", "sexual activity with a child"),
        ("sex with young girls", "sex with young girls"),
        ("Dropped off by an older boyfriend", "older boyfriend"),
        ("Her boyfriend, 24, waits in a car", "boyfriend, 24"),
        ("Their boyfriends sell vapes here", "boyfriends sell"),
        ("In a relationship with an adult", "In a relationship with an adult"),
        ("It was called a consensual relationship", "consensual relationship"),
        ("County lines runners change trains here", "County lines runners"),
        ("A young drug dealer on a bike", "young drug dealer"),
        ("He was dealing by the gate", "He was dealing"),
        ("Pupils involved in CSE", "Pupils involved in CSE"),
        ("Gang members wait by the stairs", "Gang members"),
        ("Pupils abscond through the fence", "abscond"),
        ("in with the wrong crowd", "wrong crowd"),
        ("She looks older than her age", "looks older than her"),
        ("Mature for his age", "Mature for his age"),
        ("dressed provocatively", "dressed provocatively"),
        ("Goes willingly with the men", "Goes willingly"),
        ("Feral teenagers and yobs", "Feral"),
        ("risk-taking behaviour at the weir", "risk-taking"),
    ],
)
def test_a_wording_that_blames_is_found_as_it_is_written(text: str, found: str) -> None:
    told = advise(text)
    assert told[0].found == found
    assert told[0].why.endswith(".")
    assert told[0].instead


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "Two boys were robbed here after school; poor light on the path",
        "The boyfriend of a pupil raised the alarm",
        "Her boyfriend was hurt here",
        "Streetwise Youth Centre opens until eight",
        "Beside the Streetwise Community Café",
        "Runner's Lane, by the bus stop",
        "Runners Way bus stop",
        "Park runners use the path on Saturdays",
        "Sexual activity without consent is an offence",
        "Sexual activity with a child is an offence, say the posters",
        "Adults sell vapes to pupils from the kiosk",
        "The landlord refuses to engage with the council",
        "Troublesome junction with no crossing",
        "Staff were dealing with broken glass",
        "It is never a lifestyle choice",
        "We do not call this a lifestyle choice",
        "There is no such thing as a child prostitute",
        "Training on the boyfriend model for staff",
        "Non-consensual sharing of pictures",
        "The path led them on to the station",
        "Feral cats behind the bins",
        "Agencies involved in CSE meet monthly",
        "Lifestyle shop and choice of cafés",
        "Being exploited by men who offer lifts",
        "Adult gang members approach pupils",
        "Pupils are at risk from men who wait in cars",
        "The Thug Bar closed last year",
        "Promiscuous Boutique on the High Street",
        "A risk to pedestrians: drivers taking risks at the bend",
    ],
)
def test_harmless_uses_are_left_alone(text: str | None) -> None:
    assert advise(text) == []


def test_each_better_wording_is_a_good_one_itself() -> None:
    assert [one.instead for one in WORDINGS if advise(one.instead)] == []


def test_advice_comes_in_the_order_of_the_text() -> None:
    told = advise("Yobs, and promiscuous girls,  who refuse to\nengage")
    assert [one.found for one in told] == ["Yobs", "promiscuous", "refuse to engage"]
