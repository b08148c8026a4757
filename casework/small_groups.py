"""The small-group shield: where members are few, a question about one of them tells who it is.

In a company of twenty, of whom two see a professional, “one of your employees” is half a name. So
nobody is to ask such an organisation about one person; :mod:`casework.standing_rules` is the best
way round it. The rules here are about what the organisation is told. Staff see who asks anyway.
"""


def may_ask_about_one(company_members: int | None, limit: int) -> bool:
    """Whether the organisation may be asked about one request.

    A number that nobody has filled in holds up nothing, since otherwise every request would wait
    until all of them are: staff are to fill it in for those that are small.
    """
    return company_members is None or company_members >= limit


def may_show_reason(company_members: int | None, limit: int) -> bool:
    """Whether the organisation may see the reason beside the bare fact of a request.

    A reason narrows it down further, so here a number that nobody knows counts as a small one.
    """
    return company_members is not None and company_members >= limit
