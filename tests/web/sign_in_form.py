"""The form where staff sign in, and whether it worked."""

from werkzeug.test import TestResponse

from tests.web.conftest import PASSWORD
from tests.web.page_checks import PageClient

TESS = "tess@school.example"


def send(
    client: PageClient, email: str = TESS, password: str = PASSWORD, **more: str
) -> TestResponse:
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def is_signed_in(client: PageClient) -> bool:
    return client.get("/home").status_code == 200
