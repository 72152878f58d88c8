"""The desk's pages on figures: from a file to a data set and its figures, in plain forms."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.indicators.factories import put_count, put_indicator
from tests.indicators.test_taking_in import COUNTS, E1, table, take_in
from tests.languages import in_english
from veikart.documents import queries as documents
from veikart.documents.models import Document
from veikart.indicators import queries
from veikart.indicators.models import Computed, DataSet
from veikart.people.models import User

__all__ = ["in_english"]

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]


@pytest.fixture
def editor():
    return User.objects.create_user("editor", password="e", role=User.Role.EDITOR)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def at(name, *args):
    return reverse(f"intake:{name}", args=args)


def text(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def file(content=COUNTS, name="tall.csv"):
    return {"file": SimpleUploadedFile(name, content)}


def fields(response):
    """What a browser would send of the page's forms for the mapping and the data set."""
    context = response.context
    values = {}
    for form in (context["mapping_form"], context["form"]):
        for field in form:
            value = field.value()
            values[field.html_name] = "" if value is None else value
    return values


def upload(desk, content=COUNTS, code="e1"):
    """The page that follows when a file is sent."""
    return desk.post(at("indicator", code), file(content), follow=True)


def test_the_list_says_how_each_indicator_stands(desk):
    put_indicator()
    put_count()
    take_in()

    page = text(desk.get(at("indicators")))

    assert re.search(r"1\.4 Covered Coverage No data are reported – – 0", page)
    assert re.search(r"e1 Folketall Count 2022 ?– ?2023 .* To be computed 1", page)


def test_an_empty_desk_says_what_to_do_first(desk):
    assert "There are none yet. Write the first definition" in text(desk.get(at("indicators")))


def test_a_file_is_kept_shown_before_and_after_and_nothing_is_stored(desk):
    put_count()

    response = upload(desk)

    sha256 = Document.objects.get().sha256
    assert response.redirect_chain == [(at("figures", "e1", sha256), 302)]
    page = text(response)
    assert "3 rows can be taken in. Nothing is stored yet." in page
    assert "Before: the first rows of the file år kommunenr antall 2022 0301 699827" in page
    assert "After: as it would be stored period area numerator" in page
    assert not DataSet.objects.exists()


def test_what_is_kept_is_computed_at_once(desk, editor):
    put_count()
    response = upload(desk)
    sent = {**fields(response), "verb": "keep", "as_of": "2024-01-31", "source": "SSB"}

    done = desk.post(response.redirect_chain[0][0], sent, follow=True)

    page = text(done)
    assert "The data set is kept: 3 rows." in page
    assert "The figures are computed." in page
    assert "31 January 2024" in page
    row = DataSet.objects.get()
    assert (row.source, row.taken_in_by, str(row.as_of)) == ("SSB", editor, "2024-01-31")
    assert Computed.objects.get().indicator_id == E1


def keep(desk, content=COUNTS, **changes):
    """The page that follows when a file is sent and kept."""
    response = upload(desk, content)
    sent = {**fields(response), "verb": "keep", "as_of": "2024-01-31", "source": "SSB", **changes}
    return desk.post(response.redirect_chain[0][0], sent, follow=True)


def test_the_same_figures_again_are_said_to_be_there(desk):
    put_count()
    keep(desk)

    page = text(keep(desk))

    assert "These figures were taken in already. Nothing is changed" in page
    assert "The data set is kept" not in page
    assert DataSet.objects.count() == 1


def withdrawal_of(data_set):
    return at("withdraw", "e1", data_set.uid.removeprefix("datasett/"))


def test_a_wrong_data_set_is_withdrawn_with_its_reason(desk, editor):
    put_count()
    keep(desk)
    wrong = DataSet.objects.get()
    keep(desk, COUNTS.replace(b"289330", b"289331"), as_of="2024-02-29")
    assert "Nothing is computed from it any more" in text(desk.get(withdrawal_of(wrong)))

    done = text(desk.post(withdrawal_of(wrong), {"reason": "Feil fil."}, follow=True))

    assert "The data set is withdrawn. Its file stays." in done
    assert "The figures are computed." in done
    assert "Withdrawn: Feil fil." in done
    assert wrong.withdrawal.withdrawn_by == editor
    assert wrong.uid not in queries.standing(E1).result.data_sets
    assert "These figures were withdrawn: Feil fil." in text(keep(desk))


def test_a_withdrawal_needs_a_reason_and_a_data_set_of_the_indicator(desk):
    put_count()
    put_count("indikator/e2")
    keep(desk)
    data_set = DataSet.objects.get()

    assert desk.post(withdrawal_of(data_set), {"reason": " "}).status_code == 422
    elsewhere = withdrawal_of(data_set).replace("/e1/", "/e2/")
    assert desk.post(elsewhere, {"reason": "Feil."}).status_code == 404
    desk.post(withdrawal_of(data_set), {"reason": "Feil."})
    again = desk.post(withdrawal_of(data_set), {"reason": "Fortsatt feil."})
    assert again.status_code == 422
    assert "was withdrawn before: Feil." in text(again)


def test_only_editors_withdraw(client):
    put_count()
    data_set = take_in()
    assert client.get(withdrawal_of(data_set)).status_code == 302

    client.force_login(User.objects.create_user("reader", role=User.Role.READER))

    assert client.post(withdrawal_of(data_set), {"reason": "Feil."}).status_code == 403
    assert "Withdraw" not in text(client.get(at("indicator", "e1")))


def test_a_mapping_is_edited_and_looked_at_again(desk):
    put_count()
    response = upload(desk, table("år | kommunenr | antall | mer\n2023 | 0301 | 5 | 7"))
    sent = {
        **fields(response),
        "verb": "preview",
        "numerator": "mer",
        "times": "1000",
        "source": "X",
    }

    again = desk.post(response.redirect_chain[0][0], sent)

    assert again.status_code == 200
    assert again.context["preview"].after.rows[0][:3] == ("2023", "0301", "7000")
    assert fields(again)["numerator"] == "mer"
    assert fields(again)["source"] == "X"
    assert not DataSet.objects.exists()


def test_faults_are_told_by_what_they_are_capped_with_a_count(desk):
    put_count()
    rows = "\n".join(f"2023 | {9000 + number} | 5" for number in range(150))

    page = text(upload(desk, table("år | kommunenr | antall\n" + rows)))

    assert "150 faults keep the file out. Nothing is stored." in page
    assert "A code is no municipality, county or region. Correct the code." in page
    assert "150 places. The first 100 are shown." in page


def test_it_is_told_how_many_numbers_will_be_hidden(desk):
    put_count(smallest=5)
    few = table("år | kommunenr | antall\n2023 | 0301 | 4\n2023 | 4601 | 900")

    page = text(upload(desk, few))

    assert "Numbers below 5 are not shown: that is 1 of 2." in page
    assert "1 of them stands alone among the areas, and takes another with it." in page
    assert "are not shown" not in text(upload(desk))


def test_a_file_with_faults_is_not_stored_however_often_it_is_asked_for(desk):
    put_count()
    response = upload(desk, table("år | kommunenr | antall\n2025 | 1507 | 5"))
    sent = {**fields(response), "verb": "keep", "as_of": "2024-01-31", "source": "SSB"}

    done = desk.post(response.redirect_chain[0][0], sent)

    assert done.status_code == 422
    assert "A code was not in use in its period." in text(done)
    assert "In 2025 these were in use: 1508 Ålesund, 1580 Haram." in text(done)
    assert not DataSet.objects.exists()


def test_a_file_that_cannot_be_read_is_answered_with_why(desk):
    put_count()

    response = upload(desk, b"PAR1 and no more")

    assert response.status_code == 422
    assert "The file is kept. Nothing is stored." in text(response)


def test_what_lacks_a_day_or_speaks_of_the_same_is_told_at_the_field(desk):
    put_count()
    response = upload(desk)
    address = response.redirect_chain[0][0]
    sent = {**fields(response), "verb": "keep", "as_of": "", "source": "SSB"}
    assert desk.post(address, sent).status_code == 422
    desk.post(address, {**sent, "as_of": "2024-01-31"})

    other = upload(desk, COUNTS.replace(b"289330", b"1"))
    sent = {**fields(other), "verb": "keep", "as_of": "2024-01-31", "source": "SSB"}
    refused = desk.post(other.redirect_chain[0][0], sent)

    assert refused.status_code == 422
    assert "Expected a data set of another day" in text(refused)
    assert DataSet.objects.count() == 1


def test_no_file_is_answered_with_what_to_do(desk):
    put_count()

    response = desk.post(at("indicator", "e1"), {})

    assert response.status_code == 422
    assert "Choose a file first." in text(response)


def test_the_template_is_handed_out(desk):
    put_indicator(breakdowns=[], categories=[])

    response = desk.get(at("template", "1.4"), {"aar": "2024"})

    assert response["Content-Disposition"] == 'attachment; filename="1.4-2024.xlsx"'
    assert response.content.startswith(b"PK")
    assert desk.get(at("template", "1.4"), {"aar": "i år"}).status_code == 422
    refused = desk.get(at("template", "1.4"), {"aar": "1999"})
    assert refused.status_code == 422
    assert "from 2010; found 1999." in text(refused)


def test_a_file_for_an_indicator_without_a_kind_says_so(desk):
    put_indicator(kind=None)

    page = upload(desk, code="1.4")

    assert page.redirect_chain[-1][0] == at("indicator", "1.4")
    assert "Complete its definition first." in text(page)


def test_a_template_that_is_filled_in_needs_no_mapping(desk):
    put_indicator()

    page = text(desk.get(at("indicator", "1.4")))

    assert "Download the template" in page
    assert "No data are reported." in page


def test_figures_are_computed_when_asked_for(desk):
    put_count()
    take_in()

    done = desk.post(at("compute", "e1"), follow=True)

    assert "The figures are computed." in text(done)
    assert queries.standing(E1).result is not None
    assert "There is nothing to compute yet" in _computed(desk, "1.4")


def _computed(desk, code):
    put_indicator(f"indikator/{code}")
    return text(desk.post(at("compute", code), follow=True))


def test_readers_see_and_change_nothing_and_strangers_do_not_see(client):
    put_count()
    take_in()
    sha256 = Document.objects.get().sha256
    pages = [at("indicators"), at("indicator", "e1")]
    files = [at("figures", "e1", sha256), at("document", sha256)]
    assert [client.get(page).status_code for page in pages + files] == [302] * 4

    reader = User.objects.create_user("reader", password="r", role=User.Role.READER)
    client.force_login(reader)
    assert [client.get(page).status_code for page in pages + files] == [200, 200, 404, 404]
    assert client.post(pages[1], file()).status_code == 403
    assert client.post(files[0], {"verb": "keep"}).status_code == 404
    assert client.post(at("compute", "e1")).status_code == 403
    page = text(client.get(pages[1]))
    assert "Keep the file and look at it" not in page
    assert "The file it came from" not in page


def test_editors_read_the_file_that_figures_came_from(desk):
    put_count()
    take_in()
    sha256 = Document.objects.get().sha256

    assert "The file it came from" in text(desk.get(at("indicator", "e1")))
    assert desk.get(at("document", sha256)).content == COUNTS


def test_unknown_indicators_and_files_are_not_found(desk):
    put_count()

    assert desk.get(at("indicator", "9.9")).status_code == 404
    assert desk.get(at("figures", "e1", "0" * 64)).status_code == 404


@pytest.mark.parametrize("indicators", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(desk, indicators, django_assert_num_queries):
    for number in range(indicators):
        put_count(f"indikator/e{number}")
        take_in(COUNTS.replace(b"289330", str(number).encode()), f"indikator/e{number}")

    with django_assert_num_queries(18):
        desk.get(at("indicators"))


def test_a_file_that_is_lost_is_not_found(desk):
    put_count()
    upload(desk)
    document = Document.objects.get()
    documents.path(document).unlink()

    assert desk.get(at("figures", "e1", document.sha256)).status_code == 404
