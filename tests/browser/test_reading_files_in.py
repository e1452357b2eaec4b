"""Files are read in with a real browser: boxes ticked at once, and codes that print on one A4."""

import re

from playwright.sync_api import Page

LIST = "groep;leerlingen;leerkracht;e-mail\r\n" + "".join(
    f"Klas {n};12;Juf Johanna van den Berg {n};johanna{n}@openbareschool.example\r\n"
    for n in range(8)
)
CALENDAR = "\r\n".join(
    [
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test",
        *(
            f"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:202704{day}\r\nSUMMARY:{name}\r\nEND:VEVENT"
            for day, name in (("05", "Studiedag"), ("06", "Sportdag"), ("07", "Toneel"))
        ),
        "END:VCALENDAR\r\n",
    ]
)


def choose(page: Page, path: str, name: str, content: str) -> None:
    page.goto(path)
    file = {"name": name, "mimeType": "text/plain", "buffer": content.encode()}
    page.get_by_label("A file").set_input_files(file)
    page.get_by_role("button", name="Show").click()


def test_all_days_of_a_calendar_are_ticked_or_none(alma: Page) -> None:
    choose(alma, "/calendar/import", "school.ics", CALENDAR)
    ticked = alma.locator("tbody input:checked")
    assert ticked.count() == 1
    alma.get_by_role("button", name="Tick all").click()
    assert ticked.count() == 3
    alma.get_by_role("button", name="Tick none").click()
    assert ticked.count() == 0


def test_the_codes_to_hand_over_are_one_sheet(alma: Page) -> None:
    choose(alma, "/import", "groepen.csv", LIST)
    alma.get_by_role("button", name="Do what is ticked").click()
    assert alma.locator(".slip").count() == 8
    paper = alma.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
