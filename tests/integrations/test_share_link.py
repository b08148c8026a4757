import pytest

from integrations.hubspot.share_link import read_share_link


@pytest.mark.parametrize(
    ("url", "portal", "form"),
    [
        (
            "https://share.hsforms.com/2KTSxK6iFSt2OgoIai4M4jQ2uw42",
            "4800530",
            "2934b12b-a885-4add-8e82-821a8b83388d",
        ),
        (
            "https://share.hsforms.com/2wulFylPeRbaCD4qN7XtJ4g2mcb1",
            "4401613",
            "c2e945ca-53de-45b6-820f-8a8ded7b49e2",
        ),
        (
            "https://share.hsforms.com/1pPqIw41PT6q8wklsLoHCZQ96it",
            "428357",
            "a4fa88c3-8d4f-4faa-bcc2-496c2e81c265",
        ),
        (
            "https://share.hsforms.com/14FkcXQg5Q8mhZNOhTHr0xwd4k9y",
            "22047910",
            "e0591c5d-0839-43c9-a164-d3a14c7af4c7",
        ),
        (
            "https://share.hsforms.com/10Olxqk0FTjOOnGJntMKfYQ4du3f",
            "7363995",
            "d0e971aa-4d05-4e33-8e9c-6267b4c29f61",
        ),
        (
            " https://2uw42.share.hsforms.com/2KTSxK6iFSt2OgoIai4M4jQ ",
            "4800530",
            "2934b12b-a885-4add-8e82-821a8b83388d",
        ),
        (
            "https://2uw42.share-eu1.hsforms.com/2KTSxK6iFSt2OgoIai4M4jQ?utm_source=mail#top",
            "4800530",
            "2934b12b-a885-4add-8e82-821a8b83388d",
        ),
    ],
)
def test_share_links_are_read(url: str, portal: str, form: str) -> None:
    assert read_share_link(url) == (portal, form)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "2KTSxK6iFSt2OgoIai4M4jQ2uw42",
        "http://share.hsforms.com/2KTSxK6iFSt2OgoIai4M4jQ2uw42",
        "https://share.hsforms.com.example.org/2KTSxK6iFSt2OgoIai4M4jQ2uw42",
        "https://share.hsforms.com/2KTSxK6iFSt2OgoIai4M4jQ",
        "https://share.hsforms.com/3KTSxK6iFSt2OgoIai4M4jQ2uw42",
        "https://share.hsforms.com/2KTSxK6iFSt2OgoIai4M4jQ2UW42",
        "https://share.hsforms.com/2AAAAAAAAAAAAAAAAAAAAAA2uw42",
        "https://share.hsforms.com/",
        "https://[bad",
    ],
)
def test_other_links_are_refused_in_a_plain_sentence(url: str) -> None:
    with pytest.raises(ValueError, match="HUBSPOT_FORM_URL is not the share link of a form"):
        read_share_link(url)
