"""Two change the draft at the same time: the second is told, and nothing typed is lost."""

from flask import Flask

from tests.web.conftest import Cast, SignIn
from tests.web.living import words, words_in
from tests.web.page_checks import PageClient
from tests.web.structures import (
    DRAFT,
    fields_in,
    form_of,
    number_of,
    send,
    stored_draft,
)
from tests.web.test_structure_sections import cast, inge

__all__ = ["cast", "inge"]


def test_of_two_who_change_the_same_the_second_sees_both_and_chooses(
    app: Flask, cast: Cast, inge: PageClient, sign_in: SignIn
) -> None:
    hanna = sign_in("hanna")
    forms = [form_of(client, "vision") for client in (inge, hanna)]
    forms[0]["0-vision"], forms[1]["0-vision"] = ["Van Inge."], ["Van Hanna."]
    assert send(inge, "vision", forms[0]).status_code == 303
    answer = send(hanna, "vision", forms[1])
    assert answer.status_code == 409
    told = words_in(answer)
    assert "Inge changed this meanwhile." in told
    assert "It now reads: “Van Hanna.”. It read: “Van Inge.”." in told
    assert stored_draft(app, cast).vision == "Van Inge."
    again = fields_in(answer)
    assert again["0-vision"] == ["Van Hanna."]
    assert send(hanna, "vision", again).status_code == 303
    assert stored_draft(app, cast).vision == "Van Hanna."


def test_of_two_who_change_different_roles_both_are_kept_and_the_second_is_told(
    app: Flask, cast: Cast, inge: PageClient, sign_in: SignIn
) -> None:
    hanna, people = sign_in("hanna"), cast.people
    hers, mine = form_of(hanna, "roles"), form_of(inge, "roles")
    mine[f"{number_of(mine, 'aandacht')}-deputy"] = [str(people["tess"])]
    assert send(inge, "roles", mine).status_code == 303
    hers[f"{number_of(hers, 'okt')}-named"] = ["Karim"]
    hers[f"{number_of(hers, 'vertrouwen')}-remove"] = ["1"]
    assert send(hanna, "roles", hers).status_code == 303
    draft = stored_draft(app, cast)
    assert draft.role("aandacht").deputy == people["tess"]
    assert draft.role("okt").named == "Karim"
    assert draft.find_role("vertrouwen") is None
    assert "What Inge changed meanwhile is kept too." in words(hanna, DRAFT)


def test_of_two_who_change_the_same_role_the_second_chooses(
    app: Flask, cast: Cast, inge: PageClient, sign_in: SignIn
) -> None:
    hanna = sign_in("hanna")
    hers, mine = form_of(hanna, "roles"), form_of(inge, "roles")
    n = number_of(mine, "vertrouwen")
    mine[f"{n}-named"], hers[f"{n}-named_deputy"] = ["Sanne"], ["Wim"]
    assert send(inge, "roles", mine).status_code == 303
    answer = send(hanna, "roles", hers)
    assert answer.status_code == 409
    assert "without an account (names): no longer Sanne." in words_in(answer)
    assert stored_draft(app, cast).role("vertrouwen").named == "Sanne"
    assert send(hanna, "roles", fields_in(answer)).status_code == 303
    role = stored_draft(app, cast).role("vertrouwen")
    assert (role.named, role.named_deputy) == ("", "Wim")


def test_what_no_longer_holds_together_beside_another_change_is_told(
    app: Flask, cast: Cast, inge: PageClient, sign_in: SignIn
) -> None:
    hanna = sign_in("hanna")
    hers, mine = form_of(hanna, "levels"), form_of(inge, "levels")
    mine["0-label"] = ["In de groep"]
    assert send(inge, "levels", mine).status_code == 303
    answer = send(hanna, "levels", hers | {"3-remove": ["1"]})
    assert answer.status_code in (400, 409)
    assert "is still at a level that you remove." in words_in(answer)


def test_a_mistake_in_between_does_not_hide_that_somebody_changed_it(
    app: Flask, cast: Cast, inge: PageClient, sign_in: SignIn
) -> None:
    hanna = sign_in("hanna")
    form = form_of(hanna, "vision")
    mine = form_of(inge, "vision") | {"0-vision": ["Van Inge."]}
    assert send(inge, "vision", mine).status_code == 303
    wrong = send(hanna, "vision", form | {"0-vision": ["x" * 999]})
    assert wrong.status_code == 400
    mended = fields_in(wrong) | {"0-vision": ["Van Hanna."]}
    assert send(hanna, "vision", mended).status_code == 409


def test_what_was_typed_when_the_draft_went_is_saved_into_a_new_one(
    app: Flask, cast: Cast, inge: PageClient, sign_in: SignIn
) -> None:
    form = form_of(inge, "vision") | {"0-vision": ["Niet verloren."]}
    approval = {"valid_from": "2026-11-23", "edition": "0"}
    assert sign_in("hanna").post(f"{DRAFT}/approval", data=approval).status_code == 303
    answer = send(inge, "vision", form)
    assert answer.status_code == 409
    assert "The draft was approved or given up meanwhile." in words_in(answer)
    assert send(inge, "vision", fields_in(answer)).status_code == 303
    assert stored_draft(app, cast).vision == "Niet verloren."
