"""It reads classes and teachers out of other programs' files, and counts pupils without a word."""

import io
import zipfile

import pytest

from checkin.domain.imports import Fault, Found
from checkin.services.importing import LARGEST_FILE, TEMPLATE, Unreadable, Why, read_file
from tests.services.import_files import (
    CANARY,
    CLASS_LIST,
    EDEXML,
    ONEROSTER,
    PUPIL_LIST,
    packed,
)

ENTITY = '<!DOCTYPE EDEX [<!ENTITY a "x">]><EDEX><groepen/></EDEX>'
LAUGHS = "<!DOCTYPE EDEX [<!ENTITY a 'ha'>{}]><EDEX>&j;</EDEX>".format(
    "".join(
        f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
)
OUTSIDE = '<!DOCTYPE EDEX [<!ENTITY a SYSTEM "file:///etc/passwd">]><EDEX>&a;</EDEX>'


def sizes(found: Found) -> dict[str, int | None]:
    return {one.name: one.pupils for one in found.classes}


def teachers(found: Found) -> dict[str, tuple[str, ...]]:
    return {one.email: one.classes for one in found.people}


def why_not(data: bytes) -> Why:
    with pytest.raises(Unreadable) as caught:
        read_file(data)
    return caught.value.why


class TestCsv:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    def test_reads_what_spreadsheets_write(self, encoding: str, separator: str) -> None:
        found = read_file(CLASS_LIST.replace(";", separator).encode(encoding))
        assert sizes(found) == {"Ster": 11, "Zon": 12}
        assert found.people[0].name == "Juf Käthe"
        assert teachers(found)["bo@school.example"] == ("Ster",)
        assert not found.wrong

    def test_counts_a_list_of_pupils_and_takes_nothing_else(self) -> None:
        found = read_file(PUPIL_LIST.encode())
        assert sizes(found) == {"Ster": 9, "Zon": 12}
        assert found.people == ()
        assert CANARY not in repr(found)

    def test_takes_no_address_of_a_list_of_pupils_that_names_their_teacher(self) -> None:
        text = "groep;leerkracht;roepnaam;e-mail\nZon;Tess;Kind;ouder@thuis.example\n"
        assert read_file(text.encode()).people == ()

    def test_shows_nothing_when_pupils_are_where_the_class_should_be(self) -> None:
        text = "klas\n" + "".join(f"{CANARY} {n}\n" for n in range(12))
        assert why_not(text.encode()) is Why.PUPILS_AS_CLASSES

    def test_reads_its_own_template(self) -> None:
        text = "\n".join(";".join(row) for row in TEMPLATE)
        assert sizes(read_file(text.encode())) == {"Zon": 12, "Maan": 9}

    @pytest.mark.parametrize(
        ("line", "fault"),
        [
            (";12;;", Fault.NO_CLASS),
            ("=HYPERLINK(1);12;;", Fault.FORMULA),
            ("@x;12;;", Fault.FORMULA),
            ("Maan;twaalf;;", Fault.PUPILS),
            ("Maan;-3;;", Fault.PUPILS),
            (f"{'x' * 41};12;;", Fault.CLASS_NAME),
            ("Zon;12;Tess;", Fault.NO_ADDRESS),
            ("Zon;12;;x@y.example", Fault.NO_NAME),
            ("Zon;12;+31;x@y.example", Fault.FORMULA),
            ("Maan;0;;", Fault.NO_PUPILS),
            ("Maan;41;;", Fault.MANY_PUPILS),
        ],
    )
    def test_says_what_is_wrong_with_a_line(self, line: str, fault: Fault) -> None:
        found = read_file(f"groep;leerlingen;leerkracht;e-mail\n{line}\n".encode())
        assert [one.fault for one in found.wrong] == [fault]
        assert found.wrong[0].line in (0, 2)

    def test_counts_lines_as_the_file_does(self) -> None:
        text = 'sep=;\ngroep;leerlingen\n\n"Zon\n";12\nMaan;x\n'
        assert [(one.line, one.fault) for one in read_file(text.encode()).wrong] == [
            (6, Fault.PUPILS)
        ]

    def test_says_two_sizes(self) -> None:
        found = read_file(b"groep;leerlingen\nZon;12\nzon ;13\n")
        assert sizes(found) == {"Zon": 12}
        assert [one.fault for one in found.wrong] == [Fault.TWO_SIZES]

    def test_reads_ten_thousand_lines(self) -> None:
        text = "roepnaam;groep\n" + f"{CANARY};Zon\n" * 30 + f"{CANARY};Maan\n" * 9970
        found = read_file(text.encode())
        assert sizes(found) == {"Zon": 30}
        assert [one.fault for one in found.wrong] == [Fault.MANY_PUPILS]

    def test_tells_some_of_many_wrong_lines_and_how_many_more(self) -> None:
        found = read_file(b"groep;leerlingen\n" + b"Zon;x\n" * 1000)
        assert len(found.wrong) == 200
        assert found.more_wrong == 800

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"", Why.EMPTY),
            (b" \r\n", Why.EMPTY),
            (b"a;b\n1;2\n", Why.NO_HEADINGS),
            (b"groep;leerlingen\n", Why.NO_CLASSES),
            (b"\x00\x01\x02groep", Why.UNKNOWN),
            (b"groep\n\x81\x8d", Why.UNKNOWN),
            (b"\xff\xfe\x00", Why.UNKNOWN),
            (b"groep\n" + b"x" * LARGEST_FILE, Why.LARGE),
            (b"groep\n" + b"x" * 5000, Why.BROKEN),
            (b"groep;leerlingen\n" + b"Zon;1\n" * 20_001, Why.MANY_LINES),
            (
                b"groep;leerlingen\n" + b"".join(b"k%d;9\n" % n for n in range(151)),
                Why.MANY_CLASSES,
            ),
        ],
    )
    def test_says_why_it_reads_no_such_file(self, data: bytes, why: Why) -> None:
        assert why_not(data) is why


class TestEdexml:
    def test_counts_pupils_by_their_class(self) -> None:
        found = read_file(EDEXML.encode())
        assert sizes(found) == {"Ster": 8, "Zon": 12}
        assert CANARY not in repr(found)

    def test_reads_who_teaches(self) -> None:
        found = read_file(EDEXML.encode())
        assert [(one.name, one.classes) for one in found.people] == [
            ("Käthe van den Berg", ("Ster",))
        ]
        assert teachers(found).keys() == {"kathe@school.example"}

    def test_says_which_lines_are_wrong_and_no_name(self) -> None:
        wrong = read_file(EDEXML.encode()).wrong
        assert [(one.file, one.line, one.fault) for one in wrong] == [
            ("leerlingen", 21, Fault.UNKNOWN_CLASS),
            ("leerkrachten", 2, Fault.NO_ADDRESS),
        ]

    def test_reads_it_in_another_encoding_and_packed(self) -> None:
        latin = EDEXML.replace("utf-8", "iso-8859-1").encode("latin-1")
        assert read_file(latin) == read_file(packed({"EDEXML.xml": EDEXML}))

    @pytest.mark.parametrize("text", [ENTITY, LAUGHS, OUTSIDE])
    def test_reads_nothing_that_asks_for_other_text(self, text: str) -> None:
        assert why_not(text.encode()) is Why.UNSAFE

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("<EDEX><groepen>", Why.BROKEN),
            ("<?xml version='1.0' encoding='nonesuch'?><EDEX/>", Why.BROKEN),
            ("<html/>", Why.UNKNOWN),
            ("<EDEX/>", Why.NO_CLASSES),
        ],
    )
    def test_says_why_it_reads_no_such_file(self, text: str, why: Why) -> None:
        assert why_not(text.encode()) is why


class TestOneRoster:
    def test_counts_each_pupil_once_in_the_home_room(self) -> None:
        found = read_file(packed(ONEROSTER))
        assert sizes(found) == {"Ster": 8, "Zon": 12}
        assert CANARY not in repr(found)

    def test_reads_who_teaches_and_no_other_user(self) -> None:
        assert teachers(read_file(packed(ONEROSTER))) == {"kathe@school.example": ("Ster",)}

    def test_reads_a_folder_in_a_zip_file(self) -> None:
        inside = {f"export/{name}": text for name, text in ONEROSTER.items()}
        assert read_file(packed(inside)) == read_file(packed(ONEROSTER))

    def test_reads_one_school_alone(self) -> None:
        two = ONEROSTER | {"orgs.csv": "sourcedId,type\n1,school\n2,school\n"}
        assert why_not(packed(two)) is Why.SEVERAL_SCHOOLS

    def test_refuses_what_unpacks_to_too_much(self) -> None:
        assert why_not(packed({"users.csv": b"0" * 17_000_000})) is Why.UNPACKED

    def test_refuses_too_many_files(self) -> None:
        assert why_not(packed({f"{n}.txt": b"" for n in range(201)})) is Why.MANY_FILES

    @pytest.mark.parametrize("data", [b"PK", b"PK\x03\x04 no zip", packed(ONEROSTER)[:-40]])
    def test_refuses_a_damaged_one(self, data: bytes) -> None:
        assert why_not(data) is Why.BROKEN

    def test_refuses_one_that_is_locked(self) -> None:
        data = bytearray(packed(ONEROSTER))
        for begin in (b"PK\x03\x04", b"PK\x01\x02"):
            place = data.find(begin) + (6 if begin[2] == 3 else 8)
            data[place] |= 1
        assert zipfile.is_zipfile(io.BytesIO(bytes(data)))
        assert why_not(bytes(data)) is Why.LOCKED

    @pytest.mark.parametrize(
        "data",
        [
            packed({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}),
            packed({"mimetype": b"x", "META-INF/manifest.xml": b"<a/>", "content.xml": b"<a/>"}),
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        ],
        ids=["xlsx", "ods", "xls"],
    )
    def test_knows_a_workbook(self, data: bytes) -> None:
        assert why_not(data) is Why.WORKBOOK

    def test_refuses_another_zip_file(self) -> None:
        assert why_not(packed({"photo.jpg": b"x"})) is Why.OTHER_FILES


class TestPackedList:
    @pytest.mark.parametrize("name", ["klassen.csv", "map/Klassen 2026.CSV", "klassen.txt"])
    def test_one_list_in_a_zip_file_is_read_as_that_list(self, name: str) -> None:
        assert read_file(packed({name: CLASS_LIST})) == read_file(CLASS_LIST.encode())

    def test_what_a_mac_packs_beside_it_is_no_file(self) -> None:
        beside = {"__MACOSX/._klassen.csv": b"\0\5", "map/": b"", "map/.DS_Store": b"\0"}
        assert read_file(packed({"map/klassen.csv": CLASS_LIST, **beside})) == read_file(
            CLASS_LIST.encode()
        )

    def test_a_list_of_pupils_is_counted_likewise_and_nothing_else_is_taken(self) -> None:
        found = read_file(packed({"leerlingen.csv": PUPIL_LIST}))
        assert sizes(found) == {"Ster": 9, "Zon": 12}
        assert CANARY not in repr(found)

    def test_it_may_be_larger_than_an_unpacked_one(self) -> None:
        rows = "".join(f"Kind{n};{'x' * 3000};Groep {n % 10}\r\n" for n in range(200))
        many = "Roepnaam;Opmerking;Groep\r\n" + rows
        assert why_not(many.encode()) is Why.LARGE
        assert sizes(read_file(packed({"a.csv": many}))) == {f"Groep {n}": 20 for n in range(10)}

    def test_it_is_unpacked_no_further_than_it_fits(self) -> None:
        assert why_not(packed({"klassen.csv": b"groep\n" * 3_000_000})) is Why.UNPACKED

    def test_several_lists_are_not_chosen_from(self) -> None:
        assert why_not(packed({"a.csv": CLASS_LIST, "b.csv": CLASS_LIST})) is Why.OTHER_FILES

    def test_a_zip_file_in_a_zip_file_is_not_read(self) -> None:
        with pytest.raises(Unreadable):
            read_file(packed({"klassen.csv": packed({"klassen.csv": CLASS_LIST})}))
