"""HTML of mails as people read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.hubspot.plain_text import plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Yes.</p><p>Four<br>credits</p>", "Yes.\n\nFour\ncredits"),
        ("<div>Yes</div><div>four</div>", "Yes\n\nfour"),
        ("one\ntwo   three", "one two three"),
        ("J&oacute;na &amp; co&nbsp;hf.", "Jóna & co hf."),
        ("<b>Jó</b>na", "Jóna"),
        ("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"),
        ("<style>p { color: red }</style><p>Yes</p>", "Yes"),
        ("<html><head><title>x</title><body>Yes</body></html>", "Yes"),
        ("<script>if (1 < 2) alert('x')</script>Yes", "Yes"),
        ("<p style='display:none'>hidden</p>Yes", "hidden\n\nYes"),
        ("<blockquote>May we?</blockquote>Yes", "May we?\n\nYes"),
        ("Yes <!-- no --> indeed", "Yes indeed"),
        ("1 < 2 and <3", "1 < 2 and <3"),
        ("<p>Not closed", "Not closed"),
        ("a</script>b", "ab"),
        ("<p><![if !supportLists]>1.<![endif]> Yes</p>", "1. Yes"),
        ("<![foo[ Yes ]]>", "<![foo[ Yes ]]>"),
        ("", ""),
        ("   \n ", ""),
    ],
)
def test_what_people_read(markup: str, text: str) -> None:
    assert plain_text(markup) == text


@given(st.text(alphabet="<>![]-/&#;pbrx=\"' \nJ", max_size=40) | st.text(max_size=40))
def test_no_markup_breaks_it(markup: str) -> None:
    plain_text(markup)


def test_very_deep_markup_is_read() -> None:
    assert plain_text("<div>" * 50_000 + "Yes") == "Yes"
