"""What English replies say."""

from casework.reply_words import ReplyWords, count, each, joined, tens

_UNITS = count("one two three four five six seven eight nine", 1)
_TENS = tens("twenty thirty forty/fourty fifty sixty seventy eighty ninety")
_TEENS = count(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10
)
_WE_PAY = each(
    "we, we can, we will, we'll, we are able to, we're able to, i can, i will, i'll, the company "
    "will, company can, pleased to, delighted to, happy to, glad to, content to, prepared to, "
    "willing to, decided to, agreed to, can confirm we will",
    "approve, accept, cover, pay for, fund, finance, sponsor, support, grant, authorise, "
    "authorize, contribute, honour, sign off on, cover the cost, go ahead, proceed, say yes",
)

ENGLISH = ReplyWords(
    telling=(
        "the, we, you, is, this, that, and, yes, it, are, i'm, please, thanks, thank, of, not, "
        "who, credits, credit, approved, approve, agree, fine, with, our, your, can, more, "
        "sessions"
    ),
    yes=(
        "yes, yep, yeah, yup, sure, ok, okay, absolutely, certainly, definitely, of course, !go, "
        "confirmed, approved, agreed, granted, affirmative, gladly, by all means, sure thing, of "
        "course yes, yes please, you bet, no bother, signed off, authorised, authorized, "
        "certainly yes, all good"
    ),
    no=(
        "!no, nope, nah, negative, declined, denied, rejected, no thanks, no thank you, not "
        "approved, no can do, afraid not, i'm afraid not, unfortunately not, sadly not, "
        "regrettably not, sorry no, regretfully no, thanks but no thanks, thank you but no thank "
        "you"
    ),
    approve=(
        "are all happy, yes please do, happy for you to proceed, "
        "would be glad to, would be happy to, would be fine, would be ok, glad to support, happy "
        "to approve, make it, aproved, can have, suits us, we approve, i approve, i hereby "
        "approve, we hereby approve, can approve, are happy to, am happy to, i'm happy to, we're "
        "happy to, happy to, glad to, we agree to, i agree to, we agree, i agree, we can agree "
        "to, we accept, i accept, is approved, are approved, has been approved, have been "
        "approved, have approved, i've approved, we've approved, was approved, were approved, "
        "approved, approving, go ahead, please proceed, you may proceed, can proceed, fine by us, "
        "fine by me, fine with us, fine with me, fine for us, ok for us, ok with us, ok by us, ok "
        "with me, ok by me, okay with us, okay with me, is fine, are fine, is ok, is okay, are "
        "ok, are okay, that's fine, that's ok, thats fine, sounds good, sounds fine, works for "
        "us, works for me, we can cover, will cover, we'll cover, we can pay, will pay for, we'll "
        "pay for, we confirm, i confirm, you have our approval, our approval, we can offer, we "
        "can give, we say yes, say yes, will approve, i'll approve, we'll approve, we grant, we "
        "support, in favour, in favor, green light, please add, you can add, we can do, we can "
        "sponsor, we'll sponsor, good to go, with pleasure, thumbs up, consider it approved, "
        "happy for this to, happy for them to, happy with this, happy with that, we're happy "
        "with, consider this approved, consider it done, consider this a yes, take this as a yes, "
        "take this as approval, take this as our approval, take it as a yes, as approval, as our "
        "approval, signed off on this, signed this off, signed it off, good with that, good with "
        "this, is grand, are grand, work away, fire away, perfectly acceptable, is acceptable, "
        "are acceptable, acceptable to us, has been authorised, has been authorized, is "
        "authorised, is authorized, are authorised, has authorised, i authorise, we authorise, is "
        "granted, are granted, been granted, has agreed to this, has agreed to it, have agreed to "
        "this, has approved this, has approved it, has approved, yes to this, in agreement, full "
        "support, we welcome this, is perfect, give them the, go for it, go right ahead, carry "
        "on, please continue, will gladly, gladly, no difficulty with, she is happy, he is happy, "
        "they are happy, is happy for, happy for you to proceed, happy for you to go ahead, "
        + _WE_PAY
    ),
    approve_oddly=(
        "no doubt that, no problem at all, no problem, no worries, not a problem, no objections, "
        "no objection, don't object, do not object, why not, nothing against, have no issue, no "
        "issue with, no issues, no issue, don't mind, do not mind, don't see why not, no reason "
        "not to, can't say no to, cannot say no to, no bother, not a bother, no difficulty, no "
        "trouble, no trouble at all, no bother at all, no difficulty with, no hesitation, nothing "
        "stopping, no reason why not"
    ),
    offers=(
        "stretch to, can manage, we'll take, we will take, would take, let's say, we'll say, "
        "let's make it, make that, can only fund, can fund, can contribute, go as far as, go no "
        "higher than, can go to, our limit is, limit is, our maximum is, our cap is, we would "
        "prefer, we'd prefer, we prefer, prefer, would rather, would rather have, rather, sign "
        "off on, sign off, give them, give, go for, go with, settle for, settle on, please add, "
        "add, bring it to, raise it to, increase it to, reduce it to, cut it to, lower it to, "
        "limit it to, we would be happy with, we'd be happy with, we'd be happy to pay for, we'd "
        "be happy to cover, we'd be glad to, happy with, is the most we can do, is all we can do, "
        "is what we can do, what we can do is, the best we can do is, best we can offer, is as "
        "far as we can go, can stretch, could do with, in favour of"
    ),
    decline=(
        "used up, budget is used up, budget has been used up, is used up, is exhausted, budget is "
        "spent, run out of, won't be able to, will not be able to, not be able to, cannot "
        "approve, can't approve, have no funds, have no budget, no funds, we decline, i decline, "
        "decline this, decline the, have to decline, must decline, to decline, will decline, "
        "we'll decline, is declined, been declined, we reject, i reject, is rejected, been "
        "rejected, is denied, been denied, say no, our answer is no, answer is no, the answer is "
        "no, it's a no, it is a no, a no from, have to pass, we'll pass, will pass on, we pass, "
        "no credits, no more credits, no further credits, no additional credits, no more "
        "sessions, no budget for, cannot afford, can't afford, unable to approve, unable to "
        "cover, unable to support, not in a position to, we refuse, we turn down, turn this down, "
        "turn it down, turn down, we deny, not possible, not this time, not going to, cannot "
        "offer, can't offer, none at all, not something we can, has been used, have been used, "
        "been used up, are used up, fully used, used in full, been exhausted, are exhausted, have "
        "exhausted, been spent, no money, no money left, nothing left, none left, no budget left, "
        "no funding, no funds left, no funds available, no funding available, no budget, don't "
        "have the budget, do not have the budget, don't have budget, do not have budget, don't "
        "have the funds, do not have the funds, cannot help, can't help, unable to help, unable "
        "to assist, unable to fund, unable to offer, unable to accommodate, unable to agree, "
        "unable to extend, unable to provide, unable to pay, unable to contribute, unable to "
        "grant, won't be extending, will not be extending, won't be adding, won't be funding, not "
        "be funding, won't be approving, not be approving, won't be supporting, not be "
        "supporting, answer has to be no, has to be no, has to be a no, have to be a no, must say "
        "no, have to say no, decided not to, chosen not to, do not wish to, don't wish to, prefer "
        "not to, rather not, would rather not, not on this occasion, not on this one, won't be "
        "possible, will not be possible, is not possible, isn't possible, no longer offer, no "
        "longer fund, no longer cover, no longer support, does not allow, doesn't allow, do not "
        "allow, does not permit, doesn't permit, does not cover, doesn't cover, does not fund, "
        "doesn't fund, do not fund, don't fund, do not offer, don't offer, isn't something we, is "
        "not something we, not able to, aren't able to, cannot stretch, can't stretch, stretch to "
        "any more, cannot accommodate, can't accommodate, we must decline, regret to decline, "
        "turned down, have turned down, have declined, has declined, has been turned down, "
        "reached the limit, reached our limit, at our limit, limit has been reached, have reached "
        "our, no money left in the budget, there is no money left"
    ),
    consent=(
        "add, increase, extend, approve, accept, agree, agree to, support, cover, offer, sponsor, "
        "grant, fund, pay for, pay, give, provide, do this, do that, do it, do more, accommodate, "
        "authorise, authorize, finance, contribute, help with this, sanction, meet this, "
        "facilitate, fulfil"
    ),
    negations=(
        "no way, by no means, not, n't, never, cannot, can't, cant, don't, dont, won't, wont, "
        "isn't, isnt, aren't, doesn't, doesnt, didn't, haven't, hasn't, wouldn't, couldn't, "
        "shouldn't, unable, neither, nor, nothing, none, without, refuse to, too many, too much, "
        "nobody, no one, no longer"
    ),
    conditions=(
        "if, unless, provided, providing, as long as, only when, once we, once i, once you, "
        "until, assuming, subject to, on condition, on the condition, depends, depending, in "
        "case, conditional, condition, conditions, after we, after i, before we, before i, in "
        "principle, then yes, then we, then i, in that case, in which case, pending, as soon as, "
        "when we know, given that, whether, so long as, contingent, under the condition, except, "
        "would like to know, need to know, must know, have to know, want to know, in exchange"
    ),
    hedges=(
        "to answer, to respond, to reply, we'd, i'd, mistake*, by error, postpone*, to hear from, "
        "hear, apology, decide, deciding, decision, please contact, contact, authorised, "
        "authorized, authority, responsible, someone else, somebody else, maybe, perhaps, "
        "possibly, probably, might, may be, not sure, unsure, get back to, come back to, let you "
        "know, look into, look at, looking at, check with, check, checking, discuss, consult, ask "
        "our, ask my, ask the, ask him, ask her, ask them, need to ask, think about, consider "
        "this, considering, consider it, later, forwarded, forward this, forwarding, passed this "
        "on, pass this on, wrong person, wrong address, right person, no longer work, would, "
        "could, should, i think, we think, i believe, i guess, i suppose, hopefully, hope, "
        "normally, usually, generally, typically, sometimes, next week, next month, tomorrow, "
        "meeting, not yet, awaiting, waiting for, wait for, not decided, haven't decided, "
        "undecided, on hold, review, reviewing, received your, have received, will respond, will "
        "reply, will answer, more information, more details, need more, understand, explain, as "
        "we did, last time, previously, last year, last month, earlier, already, in the past, "
        "approved by someone, approved supplier, agree that, joking, kidding, not my, not mine, "
        "recommend, want to, wish we, tend to, in theory, inclined, tempted, technically, same "
        "as, as before, some of, a few, a couple, several, at least, or so, roughly, about, "
        "around, approximately, minus, fewer, less, the rest, per person, every, a month, per "
        "month, monthly, per year, split, first, then, wants, says, said, asked, yet, before, "
        "nobody, no one, myself, on my own, by myself, alone, double check, neither, nor, or "
        "declined, or decline, or no, or not, never, anything more, anything above, anything "
        "over, anything beyond, needs the, need the, needs to come, need to come, has to come, "
        "not against, too many, too much, a lot, who approves, hold off, hold on, leaning, "
        "surprised, sent this to, sent it to, sent to our, not up to me, my decision, your "
        "service, cheaper, were, but not the, want to decline, hear back, to be signed off, board "
        "to, i don't know, do not know, don't know, no decision, no idea, still open, leave it "
        "with, without the, thread, attachment*, the file, this file, a file, call, call me, call "
        "us, contacted, reminder*, any questions, accept an invoice, pay the invoice, the link, "
        "mailing list, examples, ask, the form, the document, the portal, the name"
    ),
    undone=(
        "in part, partially, partly, more than, less than, fewer than, tell me, tell us, to wait, "
        "wait, receipt, got this, got it, got your, received, anonymous*, happier, price, costs, "
        "discuss, plus, left, remaining, by mistake, agree that, approve of, hear from, approval "
        "is, approval of, approval from, our approval process, need approval, needs approval, "
        "requires approval, approval process, to be approved, be approved by, must be approved, "
        "has to be approved, that you ask, you asking, whenever, need it approved, need this "
        "approved, get it approved, get this approved, have it approved, have this approved, have "
        "to approve, to approve this first, must approve, who approves, good to hear, great to "
        "hear, happy to consider, happy to discuss, happy to look, happy to talk, happy to "
        "review, happy to wait, not saying no, approved by mistake, approved invoices, have to "
        "sign off, needs to sign, must sign off, sign off needed, fine to ask, okay to ask, but "
        "the price, don't go ahead, do not go ahead, do not proceed, don't proceed, do not add, "
        "don't add, nobody has, no one has, none of us has, half of our, half our, half of us, "
        "the cost is, the cost per, cost per, what cost, about cost, about the cost, on the cost, "
        "without the, without our, without my, without his, without her, without a name, without "
        "the name, accept an invoice"
    ),
    remarks=(
        "understand, hope, hopefully, usually, normally, generally, each, every, already, "
        "earlier, previously, last year, last time, less, around, about, several, a few, first, "
        "said, says, meeting, in the past, they need, contact, before, thread, attachment*, the "
        "file, this file, a file, call, call me, call us, contacted, reminder*, any questions, "
        "accept an invoice, pay the invoice, the link, mailing list, examples, ask, the "
        "form, the document, the portal"
    ),
    contrasts="but, however, although, though, instead, otherwise, except",
    more="more, extra, additional, further",
    openers=(
        "who, what, when, where, why, which, how, is it, is this, is that, are you, are these, "
        "are they, do you, does it, does this, did you, can you, can we, could you, could we, "
        "would you, would it, will it, will you, have you, has this, may i, may we, should we, "
        "can i, could i, shall we"
    ),
    who=(
        "may i ask can i ask asking ask who does, who did, who will, who are, who is it, who is "
        "this, who it is, who this is, who's this, who's it, who is that, whom, who it concerns, "
        "who this concerns, who it's for, who is asking, who is the employee, who the employee, "
        "who it's about, who needs, who the person, who is the person, who are we talking, who "
        "are you talking, which employee, which of our, which person, which one of our, what is "
        "the name, what's the name, the name of, name of the, their name, his name, her name, a "
        "name, the name, the employee's name, employee's name, who exactly, who asked, who wants, "
        "who requested, who would it be, who will use, who has, tell me tell us know who we are, "
        "identity, identify the, which department, what department, which team, which office, "
        "who, who's, whose, whose request, person's name, member's name, which colleague, which "
        "member of staff, which staff member, the person is, without a name, without the name, "
        "what name"
    ),
    is_it=(
        "is it, is this, is that, is this for, is it for, is it about, is this about, must be, "
        "has to be, it's, this is, i guess it, guess it's, assume it's, assume this is, suppose "
        "it's, think it's, for, about, concerning, regarding, would it be, could it be, might it "
        "be"
    ),
    neutral=(
        "agree that, please see below, see below, no need to come back, no need to get back, no "
        "need to get in touch, if you have any questions, if you have questions, if you need "
        "anything else, if you need anything, if anything else, if there is anything else, if you "
        "need more, don't hesitate to, do not hesitate to, let me know if you, let us know if "
        "you, thank you for your, thanks for your, no reason needed, no need to reply, no need, "
        "no later than, not only, yes or no, if needed, as needed, as you asked, as requested, as "
        "as asked, that you asked for, you requested, if possible, if required, whatever is "
        "needed, without hesitation, without further ado, without any problem, without "
        "reservation, unconditionally, good morning, good afternoon, have a nice day, have a good "
        "day, have a great day, have a good weekend, thank you, thanks, many thanks, kind "
        "regards, hope you are well, hope all is well, i hope this finds you well, we are happy "
        "to hear, happy to help, just to confirm, no further questions, with no questions asked, "
        "no questions asked, sorry for the late reply, sorry for the delay, we would be happy to "
        "hear, we discussed it, we discussed this, discussed it, discussed this, have discussed, "
        "has discussed, yesterday's meeting, at our last meeting, at today's meeting, as usual, "
        "in the usual way, the usual way, thanks for asking, thank you for asking, spoken to, "
        "spoken with, talked to, talked with, hope this helps, hope that helps, while you are at "
        "it, while you're at it, looked into this and, have reviewed this and, reviewed this and, "
        "our finance director, our director, our managing director, from our end, on our end, "
        "from our side, on our side, on our part, when you can, when you get a chance, at "
        "yesterday's meeting, meeting yesterday"
    ),
    known=(
        "programme, program, scheme, service, treatment, care, wellbeing, course, employees, "
        "people, they, person's, letter, straight away, right away, away, take, st, okay, only, "
        "just, a, an, the, this, that, it, its, is, are, to, for, of, on, in, at, we, i, us, me, "
        "our, my, you, your, and, so, please, very, well, all, these, those, from, side, here, "
        "with, by, do, go, ahead, add, them, will, can, be, it's, that's, as, request, requested, "
        "asked, number, amount, full, fully, entire, both, fine, good, great, ok, yes, happy, "
        "glad, approved, agreed, confirmed, more, extra, additional, further, new, up, another, "
        "total, in total, would suit us, suit, suits, sorry, afraid, unfortunately, time, now, "
        "today, moment, regards, hi, hello, dear, team, sir, madam, everyone, hey, hereby, am, "
        "have, company, organisation, organization, budget, person, employee, colleague, their, "
        "answer, reply, regarding, credit, credits, session, sessions, absolutely, sure, "
        "certainly, definitely, support, no, not, works, let's, make, say, give, maximum, max, "
        "most, than, any, confirm, approve, agree, accept, proceed, cover, pay, granted, gladly, "
        "enough, should, ours, rather, prefer, instead, limit, let, lets, manage, occasion, year, "
        "help, finance, director, management, manager, has, been, was, cost, costs, policy, "
        "staff, she, he, decision, end, part, fund, funds, bit, right, perfectly, pleased, "
        "delighted, continue, follow, forward, invoice, usual, some, one, higher, done, sadly, "
        "regrettably, there, treat, email, mail, message, money, possible"
    ),
    half="half, half of it, half of them, half the",
    one_less="one less, one fewer, one less than that, one fewer than that",
    twice=(
        "double, double it, double that, double the number, double the amount, twice as many, "
        "twice that, twice the number, twice the amount, doubled, the double"
    ),
    out_of="of the, of those, of these, of your, out of the, out of, of",
    limits=(
        "max, maximum, at most, up to, no more than, not more than, at the most, maximum of, a "
        "maximum of"
    ),
    instead="instead of, rather than, not",
    ones="one",
    credits="credit*, session*, appointment*, hour*, visit*",
    units=(
        "day*, week*, month*, year*, minute*, min, people, person*, employee*, colleague*, staff, "
        "member*, o'clock, am, pm, time*, percent, pct, question*, page*, floor, department*, "
        "hour*, email*, message*, reason*, request*, option*, invoice*, working, business, "
        "business days, office*, site*, director*, leader*, branch*, case*, thing*, reminder*, "
        "other, others, colleagues"
    ),
    rates=(
        "a year, per year, each year, every year, annually, yearly, per annum, a month, per "
        "month, each month, every month, in a year, per employee, per person, a head, each, last "
        "year, this year already, already"
    ),
    closings=(
        "kind regards, best regards, regards, best, best wishes, warm regards, warmest regards, "
        "with kind regards, many thanks, cheers, sincerely, yours sincerely, yours faithfully, "
        "yours truly, all the best, br, kr, thanks, thank you, thanks in advance, rgds, with best "
        "regards, many thanks and best wishes, thanks and regards"
    ),
    greetings=(
        "hi, hello, dear, hey, good morning, good afternoon, good day, greetings, good evening, "
        "to whom it may concern, morning, afternoon"
    ),
    wrote="wrote, wrote the following",
    headers="from, sent, to, subject, date, cc, bcc, reply-to, importance",
    cuts=(
        "original message, forwarded message, begin forwarded message, original appointment, "
        "forwarded by, reply message, message history"
    ),
    sent_from="sent from, get outlook for, sent via, sent with",
    disclaimers=(
        "this e-mail, this email, this message, the information, the contents, this "
        "communication, this mail, disclaimer, confidentiality, caution, notice, external, "
        "warning, [external, please consider, confidential, you don't often get email, if you are "
        "not the intended, think before"
    ),
    legal=(
        "confidential*, intended, recipient*, outside, external, virus*, unauthori*, legally, "
        "privileged, liability, responsible, environment, printing, links, attachments, often get "
        "email, disclos*"
    ),
    away=(
        "out of office, out of the office, away from the office, on annual leave, on leave, on "
        "holiday, on vacation, on parental leave, on maternity leave, on paternity leave, away "
        "until, currently away, automatic reply, auto reply, auto-reply, autoreply, automated "
        "reply, automated response, automatic response, limited access to my email, limited "
        "access to email, no access to my email, i will be back, i am back, back in the office, "
        "returning on, return to the office, this is an automated, this is an automatic, do not "
        "monitor, not monitored, your message has been received and, ticket has been created, we "
        "have received your email and, we have received your message and"
    ),
    away_subjects=(
        "automatic reply, out of office, auto reply, auto-reply, autoreply, away, automated "
        "reply, auto response, automatic response, vacation, on leave, on holiday, ooo"
    ),
    bounces=(
        "delivery has failed, delivery to the following recipient, undelivered mail, "
        "undeliverable, delivery failed, could not be delivered, couldn't be delivered, wasn't "
        "delivered, was not delivered, not be delivered, delivery status notification, mailbox is "
        "full, mailbox full, mailbox unavailable, user unknown, unknown user, address not found, "
        "address couldn't be found, no such user, recipient address rejected, mail delivery "
        "system, mail delivery subsystem, permanent error, mailer-daemon, recipient rejected, "
        "does not exist at, quota exceeded, over quota, returned to sender"
    ),
    bounce_subjects=(
        "undeliverable, undelivered mail, delivery status notification, mail delivery failed, "
        "mail delivery failure, returned mail, delivery failure, failure notice, delivery has "
        "failed, mail delivery subsystem, message not delivered, mail system error, delivery "
        "delayed, returned to sender"
    ),
    numbers={
        **_UNITS,
        **_TEENS,
        **_TENS,
        **joined(_TENS, _UNITS, "{ten} {unit}"),
        "a hundred": 100,
        "one hundred": 100,
        "hundred": 100,
        "a dozen": 12,
    },
)
