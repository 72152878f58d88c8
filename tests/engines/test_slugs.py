import pytest

from veikart.engines.slugs import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Helse Sør-Øst RHF", "helse-sor-ost-rhf"),
        ("Æresbevisning på ÅSEN", "aeresbevisning-pa-asen"),
        ("Café – «Zürich» (2021)", "cafe-zurich-2021"),
        ("a\u030a og å", "a-og-a"),
        ("  Fullmakt,  representasjon ", "fullmakt-representasjon"),
        ("Én digital offentlig sektor", "en-digital-offentlig-sektor"),
        ("Meld. St. 40 (2020–2021)", "meld-st-40-2020-2021"),
        ("…", ""),
    ],
)
def test_a_slug_is_lower_case_ascii_with_single_hyphens(text, expected):
    assert slug(text) == expected


def test_a_slug_is_cut_at_its_longest_without_a_hyphen_at_the_end():
    assert slug("en to tre", longest=6) == "en-to"
    assert slug("en to tre", longest=99) == "en-to-tre"
