"""What is written to organisations, in English."""

from casework.organisation_texts import OrganisationTexts

ENGLISH = OrganisationTexts(
    subject="Credit request {reference}",
    greeting="Hello,",
    advice=(
        "One of your employees works with a professional through our platform, and the "
        "professional advises more sponsored sessions (credits)."
    ),
    ask="We would like to know whether you agree to {amount}.",
    ask_openly="We would like to know how many more credits you agree to, if any.",
    one_credit="{credits} more credit",
    many_credits="{credits} more credits",
    reply=(
        "To answer, simply reply to this message: with yes, with another number that suits you, "
        "or with no. No reason is needed. Please keep the reference {reference} in the subject."
    ),
    reply_openly=(
        "To answer, simply reply to this message: with a number that suits you, or with no. No "
        "reason is needed. Please keep the reference {reference} in the subject."
    ),
    unnamed=(
        "We do not tell who it is. Please do not try to find out, and please do not guess. That "
        "way everybody can use the service with an easy mind."
    ),
    free_to_decline=(
        "It is perfectly fine to decline. That has no consequences for the person, who is free to "
        "go on at their own expense."
    ),
    thanks="Thank you for looking after your people.",
    closing="Kind regards,",
    neither_nor=(
        "Thank you for your message. We neither confirm nor deny any guess about who a request is "
        "for. We answer every such question in exactly these words, whatever the question is, so "
        "the answer itself tells nothing."
    ),
    only_the_request=(
        "Please decide on request {reference} and only on that: yes with a number, or no. No "
        "reason is needed. Please do not pass guesses on to anybody."
    ),
)
